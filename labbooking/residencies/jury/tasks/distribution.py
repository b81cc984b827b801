"""Who reads what. Pure: the same question and seed give the same answer on every machine.

Every application gets as many jurors as wanted, as far as conflicts and quotas leave any. Loads are
as even as they can be: an exchange goes on as long as one would make them more even, and where none
does, no other distribution is (semi-matching: Harvey, Ladner, Lovász, Tamir 2006). At last jurors
who have read nothing in common, not even by way of others, are linked, so that all grades can be
compared.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations, pairwise, product

Pair = tuple[int, int]
"""A juror and an application."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`barred` are pairs that may not be, `kept` pairs that stay: begun, or done. `most` is how
    many a juror reads at most, none named where there is no limit."""

    applications: Sequence[int]
    jurors: Sequence[int]
    each: int
    barred: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()
    most: Mapping[int, int] = field(default_factory=dict)
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Distributed:
    """`short` are applications that too few may read; `groups` are jurors who are linked, one
    group where all can be compared."""

    pairs: frozenset[Pair]
    short: tuple[int, ...]
    groups: tuple[frozenset[int], ...]


def drawn(seed: str, *what: object) -> str:
    """A lot: no order that anybody could have wished for."""
    return sha256("/".join([seed, *map(str, what)]).encode()).hexdigest()


def distributed(wanted: Reading) -> Distributed:
    desk = _Desk(wanted)
    for application in sorted(
        wanted.applications, key=lambda each: (len(desk.free(each)), drawn(wanted.seed, each))
    ):
        while len(desk.readers[application]) < wanted.each and desk.give(application):
            pass
    desk.even_out()
    desk.link()
    short = [each for each in wanted.applications if len(desk.readers[each]) < wanted.each]
    return Distributed(desk.pairs(), tuple(short), tuple(desk.groups()))


def linked(pairs: Iterable[Pair], jurors: Iterable[int]) -> list[frozenset[int]]:
    """Jurors in groups within which each has read something with another."""
    reads: dict[int, set[int]] = defaultdict(set)
    of: dict[int, set[int]] = defaultdict(set)
    for juror, application in pairs:
        reads[juror].add(application)
        of[application].add(juror)
    left, found = set(jurors), []
    while left:
        group: set[int] = set()
        ahead = {min(left)}
        while ahead:
            juror = ahead.pop()
            group.add(juror)
            ahead |= set().union(*(of[each] for each in reads[juror])) - group
        found.append(frozenset(group))
        left -= group
    return found


class _Desk:
    """The heaps on the table while they are being made."""

    def __init__(self, wanted: Reading) -> None:
        self.wanted = wanted
        self.readers: dict[int, set[int]] = {each: set() for each in wanted.applications}
        self.heap: dict[int, set[int]] = {each: set() for each in wanted.jurors}
        self.together: dict[Pair, int] = defaultdict(int)
        for juror, application in sorted(wanted.kept):
            if juror in self.heap and application in self.readers:
                self._put(juror, application)

    def pairs(self) -> frozenset[Pair]:
        return frozenset((juror, each) for juror, heap in self.heap.items() for each in heap)

    def groups(self) -> list[frozenset[int]]:
        return linked(self.pairs(), [juror for juror, heap in self.heap.items() if heap])

    def free(self, application: int) -> list[int]:
        """Who may read it and does not yet."""
        return [each for each in self.heap if self._may(each, application)]

    def give(self, application: int) -> bool:
        """One more reader; where all who may have their fill, another heap makes room."""
        free = self.free(application)
        if with_room := [each for each in free if self._has_room(each)]:
            self._put(min(with_room, key=lambda each: self._price(each, application)), application)
            return True
        for juror in sorted(free, key=lambda each: self._price(each, application)):
            path = self._path(juror, self._has_room)
            if path:
                self._pass_on(path)
                self._put(juror, application)
                return True
        return False

    def even_out(self) -> None:
        """As long as somebody can hand one on, over however many others, to who has two less."""
        moved = True
        while moved:
            moved = False
            for juror in sorted(self.heap, key=lambda each: (-len(self.heap[each]), each)):
                if path := self._path(juror, self._is_lower(len(self.heap[juror]) - 2)):
                    self._pass_on(path)
                    moved = True
                    break

    def link(self) -> None:
        """Two of different groups swap one each; heaps stay as high as they are."""
        groups = self.groups()
        while len(groups) > 1:
            if not self._swap(groups):
                return
            after = self.groups()
            if len(after) >= len(groups):
                return
            groups = after

    def _swap(self, groups: Sequence[frozenset[int]]) -> bool:
        before = len(groups)
        for ours, theirs in combinations(groups, 2):
            for one in sorted(ours):
                for other in sorted(theirs):
                    if self._any_exchange(one, other, before):
                        return True
        return False

    def _any_exchange(self, one: int, other: int, before: int) -> bool:
        pairs = product(sorted(self.heap[one]), sorted(self.heap[other]))
        return any(self._exchange(one, mine, other, yours, before) for mine, yours in pairs)

    def _exchange(self, one: int, mine: int, other: int, yours: int, before: int) -> bool:
        if {(one, mine), (other, yours)} & self.wanted.kept:
            return False
        if not (self._may(one, yours) and self._may(other, mine)):
            return False
        self._swapped(one, mine, other, yours)
        if len(self.groups()) < before:
            return True
        self._swapped(one, yours, other, mine)
        return False

    def _swapped(self, one: int, mine: int, other: int, yours: int) -> None:
        self._take(one, mine)
        self._take(other, yours)
        self._put(one, yours)
        self._put(other, mine)

    def _path(self, start: int, fits: Callable[[int], bool]) -> list[Pair]:
        """What is handed on by whom until it lies with somebody who `fits`; nothing if nobody."""
        came: dict[int, tuple[int, int]] = {}
        ahead = deque([start])
        while ahead:
            juror = ahead.popleft()
            for application in sorted(self.heap[juror]):
                if (juror, application) in self.wanted.kept:
                    continue
                for other in sorted(self.free(application), key=lambda each: len(self.heap[each])):
                    if other in came or other == start:
                        continue
                    came[other] = (juror, application)
                    if fits(other):
                        return self._back(came, other, start)
                    ahead.append(other)
        return []

    @staticmethod
    def _back(came: Mapping[int, tuple[int, int]], end: int, start: int) -> list[Pair]:
        path, at = [], end
        while at != start:
            giver, application = came[at]
            path.append((at, application))
            at = giver
        return [*path, (start, -1)]

    def _pass_on(self, path: Sequence[Pair]) -> None:
        """From the end: whoever takes one has just given one, or has room."""
        for (taker, application), (giver, _next) in pairwise(path):
            self._take(giver, application)
            self._put(taker, application)

    def _may(self, juror: int, application: int) -> bool:
        barred = (juror, application) in self.wanted.barred
        return not barred and juror not in self.readers[application]

    def _is_lower(self, most: int) -> Callable[[int], bool]:
        return lambda juror: len(self.heap[juror]) <= most and self._has_room(juror)

    def _has_room(self, juror: int) -> bool:
        return len(self.heap[juror]) < self.wanted.most.get(juror, len(self.readers) + 1)

    def _price(self, juror: int, application: int) -> tuple[int, int, str]:
        """The lower heap first; then who has read the least with those who read it already."""
        met = sum(self.together[_both(juror, each)] for each in self.readers[application])
        return len(self.heap[juror]), met, drawn(self.wanted.seed, juror, application)

    def _put(self, juror: int, application: int) -> None:
        for each in self.readers[application]:
            self.together[_both(juror, each)] += 1
        self.readers[application].add(juror)
        self.heap[juror].add(application)

    def _take(self, juror: int, application: int) -> None:
        self.readers[application].discard(juror)
        self.heap[juror].discard(application)
        for each in self.readers[application]:
            self.together[_both(juror, each)] -= 1


def _both(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
