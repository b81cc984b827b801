"""The common free times of everything named, over pools and wholes too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import islice

from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.availability.busy import Timeline
from labbooking.bookings.availability.spans import Spans, Window, in_both, spans_of
from labbooking.bookings.availability.start_times import Grid, starts_by_night, windows_beside
from labbooking.bookings.demand.resolve import Demand, DemandLine, demand_for, of_any_units
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.errors import Malformed, Suggestion
from labbooking.period import DAY, Period

LOOK_AHEAD = 14 * DAY
NEAREST = 9 * DAY
LONGEST_SEARCH = 400 * DAY


def free_slots(
    *,
    resources: tuple[str, ...] = (),
    types: Mapping[str, int] | None = None,
    within: Period,
    length: timedelta,
    at: datetime,
    limit: int = 50,
) -> list[Suggestion]:
    """The periods of a length in which everything named is free, nearest first.

    They keep to opening hours, steps and the horizon, and are not in the past. For what is
    booked by the night, `length` is rounded to nights. Raises `Malformed` for unknown slugs.
    """
    if within.length > LONGEST_SEARCH:
        raise Malformed(_("Search at most {days} days at a time.").format(days=400))
    demand = demand_for(BookingSpec(within, resources, types or {}))
    return list(islice(Search(demand, within, length, at).slots(), limit))


def suggestions_for(
    demand: Demand, period: Period, *, at: datetime, party: int = 1
) -> tuple[Suggestion, ...]:
    """Ways on after a clash: equal units at the same time, in which so many people fit, then the
    next common free times."""
    search = Search(demand, _ahead(period), period.length, at)
    later = islice((slot for slot in search.spread() if slot.period != period), 3)
    return (*equal_units(demand, period, party), *later)


def _ahead(period: Period) -> Period:
    return Period(period.start, period.start + LOOK_AHEAD)


@dataclass(frozen=True)
class Search:
    """One search, with every timeline looked up once."""

    demand: Demand
    within: Period
    length: timedelta
    at: datetime

    def slots(self) -> Iterator[Suggestion]:
        """Every start the steps allow, nearest first."""
        last: Period | None = None
        for look in self._looks():
            for slot in look.slots_in(look.windows, timedelta()):
                if last is None or slot.period.start > last.start:
                    last = slot.period
                    yield slot

    def spread(self, between: Sequence[Window] | None = None) -> Iterator[Suggestion]:
        """Times that do not overlap each other: one after the other in every free stretch.

        With `between`, ordered, they start within one of those.
        """
        last: Period | None = None
        for look in self._looks():
            windows = look.windows if between is None else in_both(look.windows, between)
            for slot in look.slots_in(windows, self.length):
                if last is None or slot.period.start >= last.end:
                    last = slot.period
                    yield slot

    def _looks(self) -> Iterator[Search]:
        """The nearest days first, the rest only if they are asked for: seldom does one need it."""
        near = self.within.start + NEAREST
        if near + self.length >= self.within.end:
            yield self
            return
        yield replace(self, within=Period(self.within.start, near + self.length))
        yield replace(self, within=Period(near, self.within.end))

    def slots_in(self, windows: Iterable[Window], apart: timedelta) -> Iterator[Suggestion]:
        for window in windows:
            yield from self._slots_from(window, apart)

    def _slots_from(self, window: Window, apart: timedelta) -> Iterator[Suggestion]:
        earliest = window[0]
        for period in self._periods(window):
            if period.start < earliest:
                continue
            units = self._only_units or free_together(self.demand, period, self._taken)
            if units is not None:
                earliest = period.start + apart
                yield Suggestion(period, tuple(unit.slug for unit in units))

    def _periods(self, window: Window) -> Iterable[Period]:
        if self._nightly:
            return starts_by_night(self._nightly, window, self.length)
        return (Period(start, start + self.length) for start in self._grid.within(window))

    @cached_property
    def _grid(self) -> Grid:
        return Grid.of(self.demand.lines)

    @cached_property
    def _nightly(self) -> DemandLine | None:
        return next((line for line in self.demand.lines if line.rules.by_night), None)

    @cached_property
    def _only_units(self) -> list[Resource]:
        """The units, where there is nothing to choose: then every start in the windows is free."""
        units = [unit for line in self.demand.lines for unit in line.usable]
        keys = [part.pk for line in self.demand.lines for part in self.demand.with_parts(line)]
        every_one = all(line.count == len(line.units) for line in self.demand.lines)
        return units if every_one and len(set(keys)) == len(keys) and not self._nightly else []

    @cached_property
    def windows(self) -> list[Window]:
        """The stretches of possible starts in which, line by line, enough units are free."""
        if not self._nightly:
            taken = {key: spans.taken for key, spans in self._taken.items()}
            return windows_beside(taken, self.demand, self.within, self.length, self.at)
        lines, at = self.demand.lines, self.at.astimezone(UTC)
        first = max(self.within.start, at + max(line.rules.lead_time for line in lines))
        last = min(self.within.end, at + min(line.rules.horizon for line in lines))
        return [(first, last)] if first <= last else []

    @cached_property
    def _taken(self) -> dict[int, Spans]:
        return _spans(self.demand, self.within, self.length + 2 * DAY)


def equal_units(demand: Demand, period: Period, party: int = 1) -> Iterator[Suggestion]:
    """The same time with other units of the same types, if enough of them are free."""
    alike = _that_hold(party, of_any_units(demand))
    found = free_together(alike, period, _spans(alike, period))
    named = {unit.slug for line in demand.lines for unit in line.units[:1]}
    if found is not None and {unit.slug for unit in found} != named:
        yield Suggestion(period, tuple(unit.slug for unit in found))


def _that_hold(party: int, demand: Demand) -> Demand:
    lines = (
        replace(line, units=tuple(unit for unit in line.units if line.holds(unit, party)))
        for line in demand.lines
    )
    return replace(demand, lines=tuple(lines))


def _spans(demand: Demand, within: Period, beyond: timedelta = timedelta()) -> dict[int, Spans]:
    rules = [line.rules for line in demand.lines]
    before = max(each.turnaround_before for each in rules)
    after = max(each.turnaround_after for each in rules)
    return spans_of(demand.resources, within.widened(before, after + beyond))


def free_together(
    demand: Demand, period: Period, taken: Mapping[int, Timeline | Spans]
) -> list[Resource] | None:
    """Units for every line that are free together, or None."""
    chosen: list[Resource] = []
    used: set[int] = set()
    for line in demand.lines:
        guarded = period.widened(line.rules.turnaround_before, line.rules.turnaround_after)
        free = [
            unit
            for unit in line.usable
            if all(
                each.pk not in used and taken[each.pk].clash(guarded) is None
                for each in (unit, *demand.parts.get(unit.pk, ()))
            )
        ][: line.count]
        if len(free) < line.count:
            return None
        chosen += free
        used |= {each.pk for unit in free for each in (unit, *demand.parts.get(unit.pk, ()))}
    return chosen
