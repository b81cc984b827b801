"""What could become of the dates of a series that cannot be as wished: other units, other times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cached_property

from equipment.models import Resource
from labbooking.bookings.availability.busy import Timeline
from labbooking.bookings.availability.slots import free_together
from labbooking.bookings.availability.start_times import start_windows, steps
from labbooking.bookings.demand.resolve import DemandLine, with_equals
from labbooking.bookings.demand.spec import BookingSpec, EqualUnits, OnClash
from labbooking.bookings.planning.planner import DatePlan, Plan, Planner
from labbooking.bookings.planning.unit_assignment import guarded
from labbooking.bookings.rules.capacity import over_capacity
from labbooking.bookings.rules.overrides import set_aside
from labbooking.period import Period, local_day
from residents.models import User

MOST_DATES = 60
"""For so many dates other units and times are looked for; every other can still be left out."""
MOST_TIMES = 3


class DateStatus(Enum):
    """What becomes of a date."""

    AS_WISHED = "as wished"
    ANOTHER_TIME = "another time"
    OTHER_UNITS = "other units"
    LEFT_OUT = "left out"
    OPEN = "open"


def date_status(planned: DatePlan, named: Collection[str]) -> DateStatus:
    """`named` are the slugs that were asked for by name."""
    if planned.left_out:
        return DateStatus.LEFT_OUT
    if not planned.ok:
        return DateStatus.OPEN
    if planned.period != planned.wished:
        return DateStatus.ANOTHER_TIME
    held = {unit.slug for unit in planned.named}
    return DateStatus.AS_WISHED if held.issuperset(named) else DateStatus.OTHER_UNITS


@dataclass(frozen=True, slots=True)
class Options:
    """What can be had on one date: the spec itself, `instead` of its units, or other times."""

    as_wished: bool = False
    equal: EqualUnits | None = None
    instead: tuple[Resource, ...] = ()
    times: tuple[Period, ...] = ()

    def __bool__(self) -> bool:
        return self.as_wished or self.equal is not None or bool(self.times)


def options_for(
    spec: BookingSpec, plan: Plan, *, person: User, by: User, at: datetime
) -> dict[date, Options]:
    """By local day, for the dates of a series that are not as wished or that were chosen.

    A few queries, however many dates. Empty where no date of the series can be had in any way.
    """
    asked = [
        each
        for each in plan.dates
        if each.choice or date_status(each, spec.resources) is not DateStatus.AS_WISHED
    ]
    if plan.recurrence is None or not asked:
        return {}
    looking = _Looking(spec, plan, person, by, at)
    found = {looking.day(each): looking.options(each) for each in asked[:MOST_DATES]}
    found |= {looking.day(each): Options() for each in asked[MOST_DATES:]}
    return found if len(asked) < len(plan.dates) or any(found.values()) else {}


@dataclass(frozen=True)
class _Looking:
    """With everything looked up once; other dates stay as they are planned."""

    spec: BookingSpec
    plan: Plan
    person: User
    by: User
    at: datetime

    @cached_property
    def planner(self) -> Planner:
        known = self.plan.demand
        demand = known if self.spec.on_clash is OnClash.OTHER else with_equals(known)
        wished = tuple(each.wished for each in self.plan.dates)
        return Planner(
            demand, wished, self.person, self.at,
            whole_days=True, party=self.spec.party_size, group=self.plan.group,
        )  # fmt: skip

    def day(self, planned: DatePlan) -> date:
        return planned.wished.local(self.plan.demand.zone)[0].date()

    def options(self, planned: DatePlan) -> Options:
        lines = self.planner.demand.lines
        wished = planned.wished
        equal, instead = self._equal(planned)
        return Options(
            as_wished=self._fits(lines, wished, planned),
            equal=equal,
            instead=instead,
            times=tuple(self._times(planned)),
        )

    def _fits(self, lines: Sequence[DemandLine], period: Period, planned: DatePlan) -> bool:
        """Whether all of it is free then, beside the other dates, and no rule says no."""
        picks, clashes = self.planner.assigner.assign(lines, period, ())
        things = [pick.resource for pick in picks if pick.whole is None]
        fit = not clashes and not over_capacity(things, self.spec.party_size)
        return fit and self._allowed(lines, period, planned)

    def _allowed(self, lines: Sequence[DemandLine], period: Period, planned: DatePlan) -> bool:
        others = [each.period for each in self._booked if each is not planned]
        if any(
            guarded(line.rules, period).overlaps(guarded(line.rules, other))
            for line in lines
            for other in self._neighbours(period, others)
        ):
            return False
        earlier = others[: bisect_left(others, period)]
        said = self.planner.refusals(lines, period, earlier)
        return not set_aside(said, self.by, self.spec.override_reason)[0]

    def _neighbours(self, period: Period, others: Sequence[Period]) -> Sequence[Period]:
        index = bisect_left(others, period)
        return others[max(index - 1, 0) : index + 1]

    def _equal(self, planned: DatePlan) -> tuple[EqualUnits | None, tuple[Resource, ...]]:
        """Units that stand in for those that are taken: those it has already, or free ones."""
        lines = self.planner.demand.lines
        picks = planned.picks
        if not planned.ok or planned.left_out or planned.period != planned.wished:
            wide = [line.with_equals for line in lines]
            picks, clashes = self.planner.assigner.assign(wide, planned.wished, self._chosen)
            picks = () if clashes else picks
        units = [pick.resource for pick in picks if pick.whole is None]
        pairs = [(line, unit) for line, unit in self._served(units) if unit.slug != line.slug]
        equal = EqualUnits(tuple((line.slug, unit.slug) for line, unit in pairs))
        instead = dict(equal.instead)
        stood_in = [line.instead(instead.get(line.slug, "")) for line in lines]
        if not pairs or not self._fits(stood_in, planned.wished, planned):
            return None, ()
        return equal, tuple(unit for _line, unit in pairs)

    def _served(self, units: Sequence[Resource]) -> Iterator[tuple[DemandLine, Resource]]:
        """The named lines, which come first, each with its unit."""
        named = [line for line in self.planner.demand.lines if line.slug in self.spec.resources]
        return zip(named, units, strict=False)

    @cached_property
    def _booked(self) -> tuple[DatePlan, ...]:
        return self.plan.booked

    @cached_property
    def _chosen(self) -> set[int]:
        return {unit.pk for each in self._booked for unit in each.named}

    def _times(self, planned: DatePlan) -> list[Period]:
        """The nearest times of that day, none over another; the one that is chosen among them."""
        wished, found = planned.wished, list[Period]()
        starts = sorted(self._starts(planned), key=lambda each: abs(each.start - wished.start))
        for period in starts:
            apart = period != wished and not any(period.overlaps(each) for each in found)
            if apart and self._allowed(self.planner.demand.lines, period, planned):
                found.append(period)
            if len(found) == MOST_TIMES:
                break
        chosen = {planned.period} - {wished} if planned.ok and not planned.left_out else set()
        return sorted(chosen.union(found))

    def _starts(self, planned: DatePlan) -> Iterator[Period]:
        """Every free start of that local day, for as long as wished."""
        demand, wished = self.planner.demand, planned.wished
        if any(line.rules.by_night for line in demand.lines):
            return
        day = local_day(self.day(planned), demand.zone)
        overnight = wished.length if wished.end > day.end else timedelta()
        within = Period(day.start, day.end + overnight)
        taken = self._taken(within)
        for window in start_windows(demand, within, wished.length, self.at, taken):
            for period in steps(demand.lines, window, wished.length):
                if period.start < day.end and free_together(demand, period, taken):
                    yield period

    def _taken(self, within: Period) -> Mapping[int, Timeline]:
        """What is taken of each resource around a day, and no more than that."""
        around = within.widened(within.length, within.length)
        known = self.planner.assigner.timelines
        return {key: _part(timeline, around) for key, timeline in known.items()}


def _part(timeline: Timeline, within: Period) -> Timeline:
    first, last = (
        bisect_left(timeline.taken, instant, key=lambda each: each.period.start)
        for instant in (within.start, within.end)
    )
    return Timeline(timeline.taken[max(first - 1, 0) : last])
