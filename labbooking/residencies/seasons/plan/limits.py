"""The rows that every question about a season has: what a plan may not do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from labbooking.residencies.seasons.plan.instance import Instance
from labbooking.residencies.seasons.plan.linear import Question
from labbooking.residencies.seasons.plan.stays import PossibleStay

MOST_SETS = 256
"""Of studios in one week. Fewer rows than there could be leave the bound a little higher, and what
does not fit is found where the studios are named."""
Cut = frozenset[str]
"""People of whom at least one cannot be there."""


@dataclass(frozen=True)
class Option:
    """A column: a stay, in a studio where these are named."""

    stay: PossibleStay
    studio: str = ""


@dataclass(frozen=True)
class Asked:
    """A question, and what its columns stand for."""

    instance: Instance
    options: Sequence[Option]
    question: Question

    def of(self, wishes: Collection[str]) -> list[int]:
        return [n for n, each in enumerate(self.options) if each.stay.wish in wishes]

    def chosen(self, columns: Iterable[int]) -> list[Option]:
        return [self.options[number] for number in sorted(columns)]


def ask(
    instance: Instance,
    options: Sequence[Option],
    worth: Callable[[Option], int],
    *,
    must: Collection[str] = (),
    cuts: Collection[Cut] = (),
) -> Asked:
    """Without any row about room. `must` are in it, whatever it costs."""
    question = Question()
    for each in options:
        question.column(worth(each))
    asked = Asked(instance, options, question)
    _once(asked, frozenset(must) | demanded(instance))
    _pairs(asked)
    _disciplines(asked)
    _headsets(asked)
    for number, cut in enumerate(sorted(cuts, key=sorted)):
        question.at_most(f"not all {number}", len(cut) - 1, asked.of(cut))
    return asked


def demanded(instance: Instance) -> frozenset[str]:
    return frozenset(each.wish for each in instance.fixings if each.how != "out")


def with_unnamed_studios(asked: Asked) -> None:
    """Hall's condition: of those who can live only in some studios, no more than these."""
    cushion = asked.instance.cushion
    for week in _weeks_of_arrival(asked.options):
        there = [(n, o.stay) for n, o in enumerate(asked.options) if o.stay.covers(week, cushion)]
        for hosts in _unions({stay.hosts for _, stay in there}):
            inside = [(number, stay.wish) for number, stay in there if stay.hosts <= hosts]
            if len({wish for _, wish in inside}) > len(hosts):
                name = f"room {week} {'+'.join(sorted(hosts))}"
                asked.question.at_most(name, len(hosts), (number for number, _ in inside))


def with_named_studios(asked: Asked) -> None:
    cushion = asked.instance.cushion
    for week in _weeks_of_arrival(asked.options):
        there: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(asked.options):
            if each.stay.covers(week, cushion):
                there[each.studio].append(number)
        for studio, columns in sorted(there.items()):
            asked.question.at_most(f"room {week} {studio}", 1, columns)


def _once(asked: Asked, must: frozenset[str]) -> None:
    columns = _by_wish(asked.options)
    for wish in asked.instance.wishes:
        own = columns.get(wish.code, [])
        if own or wish.code in must:
            low = 1 if wish.code in must else None
            asked.question.weighed(f"once {wish.code}", dict.fromkeys(own, 1), low, 1)


def _pairs(asked: Asked) -> None:
    """Same arrival and length, both or none."""
    columns = _by_wish(asked.options)
    for wish in asked.instance.wishes:
        if not wish.code < wish.partner:
            continue
        together: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for code, sign in ((wish.code, 1), (wish.partner, -1)):
            for number in columns.get(code, ()):
                together[asked.options[number].stay.when][number] = sign
        for (arrival, weeks), parts in sorted(together.items()):
            asked.question.weighed(f"pair {wish.code} {arrival} {weeks}", parts, 0, 0)


def _disciplines(asked: Asked) -> None:
    """How many at once; arrivals alone make it more."""
    of = {each.code: each.discipline for each in asked.instance.wishes}
    for each in asked.instance.disciplines:
        own = [n for n, o in enumerate(asked.options) if of[o.stay.wish] == each.name]
        if each.floor:
            asked.question.at_least(f"floor {each.name}", each.floor, own)
        if each.at_once_max is None:
            continue
        for week in _weeks_of_arrival(asked.options[number] for number in own):
            there = [number for number in own if asked.options[number].stay.covers(week)]
            asked.question.at_most(f"at once {each.name} {week}", each.at_once_max, there)


def _headsets(asked: Asked) -> None:
    needs = {each.code: each.headsets for each in asked.instance.wishes if each.headsets}
    own = [n for n, each in enumerate(asked.options) if each.stay.wish in needs]
    for week, pool in enumerate(asked.instance.headsets):
        there = [number for number in own if asked.options[number].stay.covers(week)]
        parts = {number: needs[asked.options[number].stay.wish] for number in there}
        if parts:
            asked.question.weighed(f"headsets {week}", parts, None, pool)


def _by_wish(options: Sequence[Option]) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(options):
        columns[each.stay.wish].append(number)
    return columns


def _weeks_of_arrival(options: Iterable[Option]) -> list[int]:
    """In between people only leave, and what held in the week before holds."""
    return sorted({each.stay.arrival for each in options})


def _unions(sets: set[frozenset[str]]) -> Iterator[frozenset[str]]:
    found = set(sets)
    for each in sorted(sets, key=sorted):
        if len(found) > MOST_SETS:
            break
        found |= {each | other for other in found}
    return iter(sorted(found, key=lambda each: (len(each), sorted(each))))
