"""What a spec comes to: for each date the units chosen, the clashes and the refusals.

Planning only reads. The request action plans under locks and then writes; the preview plans
without them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from itertools import pairwise

from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.availability.busy import timelines
from labbooking.bookings.demand.resolve import Demand, DemandLine, demand_for
from labbooking.bookings.demand.spec import (
    AnotherTime,
    BookingSpec,
    Choice,
    EqualUnits,
    LeaveOut,
    OnClash,
)
from labbooking.bookings.planning.rule_cases import Cases
from labbooking.bookings.planning.unit_assignment import Assigner, Clash, Kept, Pick, Room
from labbooking.bookings.rules import booking_rules, what_is_added
from labbooking.bookings.rules.capacity import over_capacity
from labbooking.bookings.rules.what_is_added import Addition
from labbooking.bookings.series.recurrence import Recurrence, dates, parse
from labbooking.errors import Malformed, Refusal
from labbooking.period import DAY, Period
from residents.models import User


@dataclass(frozen=True, slots=True)
class DatePlan:
    """One date: `period` is what would be booked, `wished` what the series asks for."""

    period: Period
    picks: tuple[Pick, ...]
    clashes: tuple[Clash, ...]
    refusals: tuple[Refusal, ...]
    wished: Period
    choice: Choice | None = None
    left_out: bool = False

    @property
    def named(self) -> tuple[Resource, ...]:
        return tuple(pick.resource for pick in self.picks if pick.whole is None)

    @property
    def ok(self) -> bool:
        return not self.refusals and not self.clashes


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a spec, and what stands in the way of those that would be booked."""

    dates: tuple[DatePlan, ...]

    @property
    def booked(self) -> tuple[DatePlan, ...]:
        return tuple(each for each in self.dates if not each.left_out)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return tuple(dict.fromkeys(no for each in self._judged for no in each.refusals))

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(dict.fromkeys(clash for each in self._judged for clash in each.clashes))

    @property
    def _judged(self) -> tuple[DatePlan, ...]:
        """Where no date is left, all of them say why."""
        return self.booked or self.dates


@dataclass(frozen=True)
class Planner:
    """Plans the dates of one demand for one person, with everything looked up once.

    What the bookings in `ignoring` (primary keys) hold does not count: they would give it up.
    `kept` is what the booking that would get a date has of it already. `party` is how many people
    come; what belongs to a `group` counts to its quotas.
    """

    demand: Demand
    dates: tuple[Period, ...]
    person: User
    at: datetime
    ignoring: frozenset[int] = frozenset()
    on_clash: OnClash = OnClash.REFUSE
    choices: Mapping[date, Choice] = field(default_factory=dict)
    whole_days: bool = False
    kept: Mapping[Period, Kept] = field(default_factory=dict)
    party: int = 1
    group: int | None = None

    def plan(self) -> list[DatePlan]:
        self._refuse_overlapping_dates()
        chosen: set[int] = set()
        booked: list[Period] = []
        plans = []
        for wished in self.dates:
            planned = self._plan(wished, booked, chosen)
            plans.append(planned)
            if not planned.left_out:
                chosen |= {pick.resource.pk for pick in planned.picks}
                booked.append(planned.period)
        return plans

    def _plan(self, wished: Period, booked: Sequence[Period], chosen: Collection[int]) -> DatePlan:
        choice = self.choice_for(wished)
        if isinstance(choice, LeaveOut):
            return DatePlan(wished, (), (), (), wished, choice, left_out=True)
        period = self._period(wished)
        lines = self._lines(choice)
        picks, clashes = self.assigner.assign(lines, period, chosen, self.kept.get(wished))
        said = self.refusals(lines, period, booked) + self._too_many(picks, clashes)
        left_out = bool(clashes) and choice is None and self.on_clash is OnClash.SKIP
        return DatePlan(period, picks, clashes, said, wished, choice, left_out)

    def _too_many(self, picks: Sequence[Pick], clashes: Sequence[Clash]) -> tuple[Refusal, ...]:
        """Only where it is known what they would be in."""
        if self.party == 1 or clashes:
            return ()
        things = [pick.resource for pick in picks if pick.whole is None]
        return tuple(over_capacity(things, self.party))

    def choice_for(self, wished: Period) -> Choice | None:
        return self.choices.get(self._day(wished.start)) if self.choices else None

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self.demand.zone).date()

    def _period(self, wished: Period) -> Period:
        choice = self.choice_for(wished)
        if not isinstance(choice, AnotherTime):
            return wished
        if self._day(choice.start) != self._day(wished.start):
            raise Malformed(_("Another time for a date begins on the same day."))
        return Period(choice.start, choice.start + wished.length)

    def _lines(self, choice: Choice | None) -> Sequence[DemandLine]:
        lines = self.demand.lines
        if isinstance(choice, EqualUnits):
            instead = dict(choice.instead)
            return [line.instead(instead.get(line.slug, "")) for line in lines]
        if choice is None and self.on_clash is OnClash.OTHER:
            return [line.with_equals for line in lines]
        return lines

    def refusals(
        self, lines: Sequence[DemandLine], period: Period, booked: Sequence[Period]
    ) -> tuple[Refusal, ...]:
        """What the house rules say where the dates in `booked` come first."""
        cases = [self._cases.case(line, period, booked) for line in lines]
        kept = self.kept.get(period)
        if kept is None:
            return tuple(booking_rules.refusals(cases))
        additions = [
            Addition(case, kept.period, partial(self._cases.case, line, beside=booked))
            for case, line in zip(cases, lines, strict=True)
        ]
        return tuple(what_is_added.refusals(additions))

    @cached_property
    def _cases(self) -> Cases:
        return Cases(self.demand, self.person, self.at, self._span, self.ignoring, self.group)

    @cached_property
    def assigner(self) -> Assigner:
        """With units to choose from, a day more each side, to see how each fits; with times to
        choose from, more than a local day."""
        lines = self.demand.lines
        margin = max(
            max(line.rules.turnaround_before, line.rules.turnaround_after) for line in lines
        )
        if self.choices or self.whole_days:
            margin += 2 * DAY
        elif any(line.count < len(line.with_equals.units) for line in lines):
            margin += DAY
        span = self._span.widened(margin, margin)
        taken = timelines(self.demand.resources, span, ignoring=self.ignoring)
        return Assigner(self.demand, taken, self.party)

    @property
    def _span(self) -> Period:
        return Period(self.dates[0].start, max(date.end for date in self.dates))

    def _refuse_overlapping_dates(self) -> None:
        periods = [
            self._period(wished)
            for wished in self.dates
            if not isinstance(self.choice_for(wished), LeaveOut)
        ]
        for earlier, later in pairwise(periods):
            for line in self.demand.lines:
                first, second = (
                    Room(each, self.kept.get(each)).for_unit(line, line.units[0])
                    for each in (earlier, later)
                )
                if first.overlaps(second):
                    raise Malformed(_("The dates of this series overlap each other."))


@dataclass(frozen=True, slots=True)
class Plan(Dates):
    """What a spec comes to when it is judged: its dates, the recurrence if it is a series, and the
    group whose quotas it counts to, if it does."""

    demand: Demand
    recurrence: Recurrence | None
    at: datetime
    group: int | None = None

    @property
    def needs_staff(self) -> bool:
        return any(line.rules.needs_staff for line in self.demand.lines)


def plan_for(
    spec: BookingSpec,
    *,
    person: User,
    at: datetime,
    lock: bool = False,
    group: int | None = None,
) -> Plan:
    """Plan a spec without writing. Raises `Malformed` where it makes no sense.

    With `lock` the resources stay locked until the transaction ends.
    """
    refuse_absurd_time(spec.period, at)
    return planned(spec, demand_for(spec, lock=lock), person=person, at=at, group=group)


def planned(
    spec: BookingSpec, demand: Demand, *, person: User, at: datetime, group: int | None = None
) -> Plan:
    """As `plan_for`, where it is looked up already what the spec is about."""
    recurrence = parse(spec.rrule, demand.zone) if spec.rrule else None
    periods = dates(recurrence, spec.period, demand.zone) if recurrence else (spec.period,)
    planner = Planner(
        demand, periods, person, at,
        on_clash=spec.on_clash, choices=spec.choices, party=spec.party_size, group=group,
    )  # fmt: skip
    return Plan(tuple(planner.plan()), demand, recurrence, at, group)


def refuse_absurd_time(period: Period, at: datetime) -> None:
    """Raises `Malformed`; no rule is asked then, and none can be set aside."""
    if abs(period.start - at) > _FURTHEST or period.length > _LONGEST:
        raise Malformed(_("That cannot be right: it is too far away or too long."))


_FURTHEST = 10 * 366 * DAY
_LONGEST = 400 * DAY
