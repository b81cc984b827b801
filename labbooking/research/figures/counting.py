"""The figures of a week, counted from what was booked in it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypedDict
from zoneinfo import ZoneInfo

from labbooking.period import HOUR, Period

FEWEST = 5
"""Below so many people nothing is told: it would tell on somebody."""

# Studios are lived in around the clock and would drown everything else in the hours of the day.
_AROUND_THE_CLOCK = "studio"


@dataclass(frozen=True, slots=True)
class Use:
    """One booking, cut to a week. `kinds` has one kind for each resource it is of."""

    person: int
    kinds: tuple[str, ...]
    planned: Period | None
    used: Period | None
    no_show: bool = False
    not_used: bool = False


class KindHours(TypedDict, total=False):
    planned: float
    used: float


class Figures(TypedDict, total=False):
    """Cells to which fewer than five people contributed are absent, or None among the hours.

    `by_hour`: hours taken in each of the 24 hours of the local day, studios left out.
    `not_used`: their time passed and nobody had checked in, which is not to say that nobody came.
    """

    bookings: int
    no_shows: int
    not_used: int
    kinds: dict[str, KindHours]
    by_hour: list[float | None]


@dataclass(slots=True)
class Cell:
    """One number and who contributed to it."""

    amount: int = 0
    people: set[int] = field(default_factory=set)

    def add(self, person: int, amount: int) -> None:
        if amount:
            self.amount += amount
            self.people.add(person)

    @property
    def can_be_told(self) -> bool:
        return len(self.people) >= FEWEST


Cells = dict[str, Cell]


def too_few(uses: Sequence[Use]) -> bool:
    return len({use.person for use in uses}) < FEWEST


def count(uses: Sequence[Use], zone: ZoneInfo) -> Figures:
    """What can be told. Hours are elapsed time; three resources for one hour count three hours.

    Hours of the day and hours of the kinds are two tables of one sum, but for what nobody came to:
    where their difference would be that of fewer than five people, one hour more is held back.
    """
    planned, used, hours = _by_kind(uses, "planned"), _by_kind(uses, "used"), _by_hour(uses, zone)
    day = {kind: cell for kind, cell in planned.items() if kind != _AROUND_THE_CLOCK}
    told_by_hour = _told(hours) - _held_back(hours, day, _missed(uses))
    return {
        **_bookings(uses),
        "kinds": _told_kinds(planned, used),
        "by_hour": [
            _hours(hours[str(hour)].amount) if str(hour) in told_by_hour else None
            for hour in range(24)
        ],
    }


def _told(cells: Cells) -> set[str]:
    return {name for name, cell in cells.items() if cell.can_be_told}


def _held_back(hours: Cells, kinds: Cells, missed: Cell) -> set[str]:
    """The told hour of fewest people, where too few of them are behind what the tables differ by.

    Where cells of both are hidden, neither can be had from it.
    """
    hidden_hours, hidden_kinds = _hidden(hours), _hidden(kinds)
    people = _people(hidden_hours + hidden_kinds) or missed.people
    if (hidden_hours and hidden_kinds) or not _are_too_few(people):
        return set()
    return set(sorted(_told(hours), key=lambda hour: (len(hours[hour].people), hour))[:1])


def _hidden(cells: Cells) -> list[Cell]:
    return [cell for cell in cells.values() if not cell.can_be_told]


def _people(cells: Iterable[Cell]) -> set[int]:
    return set[int]().union(*(cell.people for cell in cells))


def _are_too_few(people: set[int]) -> bool:
    return 0 < len(people) < FEWEST


def _bookings(uses: Sequence[Use]) -> Figures:
    """The total is absent where exactly one of its parts is, or where all that are not told are of
    too few people together: the others would give it away. How many came is never told.
    """
    all_of_them, parts = Cell(), (Cell(), Cell(), Cell())
    came, no_shows, not_used = parts
    for use in uses:
        part = no_shows if use.no_show else not_used if use.not_used else came
        part.add(use.person, 1)
        all_of_them.add(use.person, 1)
    hidden = [part for part in parts if not part.can_be_told]
    too_few_are_left = _are_too_few(_people([came, *hidden]))
    told: Figures = {}
    if all_of_them.can_be_told and len(hidden) != 1 and not too_few_are_left:
        told["bookings"] = all_of_them.amount
    if no_shows.can_be_told:
        told["no_shows"] = no_shows.amount
    if not_used.can_be_told:
        told["not_used"] = not_used.amount
    return told


def _by_kind(uses: Sequence[Use], which: Literal["planned", "used"]) -> Cells:
    cells: Cells = defaultdict(Cell)
    for use in uses:
        for kind in use.kinds:
            seconds = _seconds(use.planned if which == "planned" else use.used)
            if seconds:
                cells[kind].add(use.person, seconds)
    return dict(cells)


def _told_kinds(planned: Cells, used: Cells) -> dict[str, KindHours]:
    kinds: dict[str, KindHours] = {kind: {} for kind in sorted(_told(planned) | _told(used))}
    for kind in _told(planned):
        kinds[kind]["planned"] = _hours(planned[kind].amount)
    for kind in _told(used):
        kinds[kind]["used"] = _hours(used[kind].amount)
    return kinds


def _by_hour(uses: Iterable[Use], zone: ZoneInfo) -> Cells:
    """Where nobody came, or nobody is known to have come, nothing was taken."""
    cells: Cells = defaultdict(Cell)
    for use in uses:
        if not use.planned or use.no_show or use.not_used:
            continue
        for hour, elapsed in _local_hours(use.planned, zone):
            cells[str(hour)].add(use.person, _by_day(use) * int(elapsed.total_seconds()))
    return {hour: cell for hour, cell in cells.items() if cell.people}


def _missed(uses: Iterable[Use]) -> Cell:
    """What the hours of the kinds have and the hours of the day have not."""
    cell = Cell()
    for use in uses:
        if use.no_show or use.not_used:
            cell.add(use.person, _by_day(use) * _seconds(use.planned))
    return cell


def _by_day(use: Use) -> int:
    """Of how many resources it is that are not taken around the clock."""
    return sum(kind != _AROUND_THE_CLOCK for kind in use.kinds)


def nothing_told(figures: Figures) -> bool:
    counts = {"bookings", "no_shows", "not_used"} & set(figures)
    return not (counts or figures["kinds"] or any(hour is not None for hour in figures["by_hour"]))


def _local_hours(period: Period, zone: ZoneInfo) -> Iterator[tuple[int, timedelta]]:
    """A period in pieces, each within one hour of the clocks in `zone`."""
    cursor = period.start
    while cursor < period.end:
        local = cursor.astimezone(zone)
        since = timedelta(minutes=local.minute, seconds=local.second)
        upto = min(cursor + HOUR - since, period.end)
        yield local.hour, upto - cursor
        cursor = upto


def _seconds(period: Period | None) -> int:
    return int(period.length.total_seconds()) if period else 0


def _hours(seconds: int) -> float:
    return round(seconds / HOUR.total_seconds(), 2)
