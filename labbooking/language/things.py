"""Things as people call them: by the names, plurals and slugs the lab's data give them. Pure.

Small slips are forgiven. “Headset” finds the AR headsets as long as nothing else is called so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from labbooking.language.grammar import FILLERS, NUMBERS, plain

LONGEST_NAME = 4
SHORTEST_PART = 4
SHORTEST_SLIP = 5
LIKE_ENOUGH = 0.82
MOST_LETTERS_OFF = 3
MOST_OF_ANYTHING = 99
NONE_OF = frozenset({"no", "not", "without", "ohne", "kein", "keine", "keinen", "keiner"})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be named: a type (`is_type`), or one unit.

    `names` mean it for certain. `nicknames` are parts of names, and count only where no other
    thing has the same one.
    """

    slug: str
    is_type: bool
    names: tuple[str, ...]
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    slug: str
    is_type: bool
    count: int = 1


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit of a type that is called by a number which none of them has."""

    slug: str
    number: str


def find_things(
    text: str, things: Sequence[Thing]
) -> tuple[str, tuple[Named, ...], tuple[Missing, ...]]:
    """What a plain text names, and the text without it; and what may be a number after a type, or
    still a day: it stays in the text."""
    meanings = _meanings(things)
    counts: Counter[tuple[str, bool]] = Counter()
    left: list[str] = []
    missing: list[Missing] = []
    for part in text.split("¦"):
        rest, found, numbered = _things_in(part.split(), meanings)
        missing += numbered
        left.append(" ".join(rest))
        for each in found:
            counts[each.slug, each.is_type] += each.count
    named = [
        Named(slug, is_type, min(count, MOST_OF_ANYTHING))
        for (slug, is_type), count in counts.items()
    ]
    return " ¦ ".join(left), tuple(named), tuple(missing)


def nicknames_of(names: Iterable[str]) -> tuple[str, ...]:
    """The longer words of names of several words, and names without their number."""
    found: list[str] = []
    for name in names:
        parts = plain(name, LONGEST_NAME).split()
        letters = [each for each in parts if not each.isdigit()]
        if len(letters) < len(parts):
            found.append("".join(letters))
        found += [each for each in letters if len(each) >= SHORTEST_PART]
    return tuple(dict.fromkeys(found))


def _meanings(things: Sequence[Thing]) -> dict[str, Thing]:
    """From a name without spaces to the thing it means."""
    meant: dict[str, set[Thing]] = {}
    for thing in things:
        for nickname in thing.nicknames:
            meant.setdefault(_joined(nickname), set()).add(thing)
    clear = {name: next(iter(of)) for name, of in meant.items() if len(of) == 1}
    for thing in things:
        clear |= {_joined(name): thing for name in thing.names}
    clear.pop("", None)
    return clear


def _joined(name: str) -> str:
    return plain(name, 2 * LONGEST_NAME).replace(" ", "").replace("-", "")


def _things_in(
    tokens: list[str], meanings: Mapping[str, Thing]
) -> tuple[list[str], list[Named], list[Missing]]:
    rest: list[str] = []
    found: list[Named] = []
    missing: list[Missing] = []
    # What is said again costs nothing, whoever says it a hundred times.
    like = cache(lambda phrase: _like(phrase, meanings))
    index = 0
    while index < len(tokens):
        size, thing = _at(tokens, index, meanings, like)
        if thing is None:
            rest.append(tokens[index])
            index += 1
            continue
        count = _count_before(rest) or _count_after(tokens, index + size)
        index += size if count.said_before else size + count.tokens
        if rest[-1:] and rest[-1] in NONE_OF:
            rest.pop()
        else:
            found.append(Named(thing.slug, thing.is_type, count.number))
            if thing.is_type and tokens[index : index + 1] and tokens[index].isdecimal():
                missing.append(Missing(thing.slug, tokens[index]))
    return rest, found, missing


@dataclass(frozen=True, slots=True)
class _Count:
    number: int
    said_before: bool
    tokens: int = 0


def _count_before(rest: list[str]) -> _Count | None:
    """The number at the end of what came before, taken away from there."""
    at = -2 if rest[-1:] in (["x"], ["×"]) else -1
    amount = number(rest[at]) if len(rest) >= -at else None
    if amount is None or amount < 1 or amount != int(amount):
        return None
    del rest[at:]
    return _Count(int(amount), said_before=True)


def _count_after(tokens: list[str], index: int) -> _Count:
    if tokens[index : index + 1] in (["x"], ["×"]) and index + 1 < len(tokens):
        amount = number(tokens[index + 1])
        if amount and amount == int(amount):
            return _Count(int(amount), said_before=False, tokens=2)
    return _Count(1, said_before=False)


Likeness = tuple[float, str] | None


def _at(
    tokens: list[str],
    index: int,
    meanings: Mapping[str, Thing],
    like_of: Callable[[str], Likeness],
) -> tuple[int, Thing | None]:
    """The longest name that begins at a token; with slips only where none fits exactly."""
    phrases = list(_phrases(tokens, index))
    for size, phrase in phrases:
        if phrase in meanings:
            return size, meanings[phrase]
    slips = [
        (*like, size)
        for size, phrase in phrases
        if _could_be_a_name(tokens[index : index + size]) and (like := like_of(phrase))
    ]
    if not slips:
        return 0, None
    _likeness, name, size = max(slips)
    return size, meanings[name]


def _could_be_a_name(tokens: Sequence[str]) -> bool:
    return not any(each in FILLERS or (len(each) == 1 and not each.isdigit()) for each in tokens)


def _phrases(tokens: list[str], index: int) -> Iterator[tuple[int, str]]:
    for size in range(min(LONGEST_NAME, len(tokens) - index), 0, -1):
        yield size, "".join(tokens[index : index + size])


def _like(phrase: str, meanings: Mapping[str, Thing]) -> Likeness:
    """The name nearest to a phrase and how near; it must have the same figures."""
    if len(phrase) < SHORTEST_SLIP or phrase.isdigit():
        return None
    figures = re.sub(r"\D", "", phrase)
    near = [
        (_likeness(name, phrase), name)
        for name in meanings
        if abs(len(name) - len(phrase)) <= MOST_LETTERS_OFF
        and phrase[0] == name[0]
        and re.sub(r"\D", "", name) == figures
    ]
    best = max(near, default=(0.0, ""))
    return best if best[0] > LIKE_ENOUGH else None


def _likeness(name: str, phrase: str) -> float:
    """Asked exactly only where it could be enough at all: that is the dear part."""
    match = SequenceMatcher(None, name, phrase, autojunk=False)
    return match.ratio() if match.quick_ratio() > LIKE_ENOUGH else 0.0


def number(text: str) -> float | None:
    """A number in figures or words; Nan is somebody and no number."""
    if text in NUMBERS:
        return NUMBERS[text]
    try:
        return float(text) if len(text) <= 4 and text[:1].isdecimal() else None
    except ValueError:
        return None
