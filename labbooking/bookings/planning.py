"""What a wish comes to: for each date the units chosen, the clashes and the refusals.

Planning only reads. The request action plans under locks and then writes; the preview plans
without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import HouseRules, Resource, ResourceType
from labbooking.bookings import rules
from labbooking.bookings.availability import Timeline, timelines
from labbooking.bookings.demand import Demand, Line, demand_for
from labbooking.bookings.errors import Malformed, Refusal
from labbooking.bookings.models import Allocation
from labbooking.bookings.recurrence import Recurrence, dates, parse
from labbooking.bookings.wish import Wish
from labbooking.period import DAY, HOUR, Period, week_start
from residents.models import Induction, User


@dataclass(frozen=True, slots=True)
class Pick:
    """A resource chosen for a date; `whole` where it is taken along as part of a whole."""

    resource: Resource
    rules: HouseRules
    whole: Resource | None = None

    def guarded(self, period: Period) -> Period:
        return period.widened(self.rules.turnaround_before, self.rules.turnaround_after)


@dataclass(frozen=True, slots=True)
class Clash:
    """A line that cannot be had: its slug, and a sentence that says why."""

    slug: str
    message: str


@dataclass(frozen=True, slots=True)
class DatePlan:
    period: Period
    picks: tuple[Pick, ...]
    clashes: tuple[Clash, ...]
    refusals: tuple[Refusal, ...]

    @property
    def named(self) -> tuple[Resource, ...]:
        return tuple(pick.resource for pick in self.picks if pick.whole is None)


@dataclass(frozen=True)
class Holding:
    """What the person holds already of one type."""

    type_id: int
    period: Period


@dataclass(frozen=True)
class Planner:
    """Plans the dates of one demand for one person, with everything looked up once.

    What the bookings in `ignoring` (primary keys) hold does not count: they would give it up.
    """

    demand: Demand
    dates: tuple[Period, ...]
    person: User
    at: datetime
    ignoring: frozenset[int] = frozenset()

    def plan(self) -> list[DatePlan]:
        self._refuse_overlapping_dates()
        chosen: set[int] = set()
        plans = []
        for period in self.dates:
            picks, clashes = self._assign(period, chosen)
            chosen |= {pick.resource.pk for pick in picks}
            said = rules.refusals(self._case(line, period) for line in self.demand.lines)
            plans.append(DatePlan(period, tuple(picks), tuple(clashes), tuple(said)))
        return plans

    @cached_property
    def timelines(self) -> dict[int, Timeline]:
        """With units to choose from, a day more on each side, to see how well each fits."""
        span = Period(self.dates[0].start, max(date.end for date in self.dates))
        lines = self.demand.lines
        margin = max(
            max(line.rules.turnaround_before, line.rules.turnaround_after) for line in lines
        )
        if any(line.count < len(line.units) for line in lines):
            margin += DAY
        return timelines(
            self.demand.resources, span.widened(margin, margin), ignoring=self.ignoring
        )

    def _assign(self, period: Period, chosen: set[int]) -> tuple[list[Pick], list[Clash]]:
        picks: list[Pick] = []
        clashes = []
        used: set[int] = set()
        for line in self.demand.lines:
            units = self._fitting(line, period, chosen, used)[: line.count]
            if len(units) < min(line.count, len(line.units)):
                clashes.append(self._clash(line, period, len(units)))
            for unit in units:
                taken = self._picks(line, unit)
                used |= {pick.resource.pk for pick in taken}
                picks += taken
        return picks, clashes

    def _picks(self, line: Line, unit: Resource) -> list[Pick]:
        parts = self.demand.parts.get(unit.pk, ())
        return [Pick(unit, line.rules), *(Pick(part, line.rules, unit) for part in parts)]

    def _fitting(
        self, line: Line, period: Period, chosen: set[int], used: set[int]
    ) -> list[Resource]:
        """The free units, best first: the one named, those of earlier dates, the tightest gap."""
        guarded = Pick(line.units[0], line.rules).guarded(period)
        free = [
            unit
            for unit in (line.usable or line.units)
            if not any(
                part.pk in used or self.timelines[part.pk].clash(guarded)
                for part in (unit, *self.demand.parts.get(unit.pk, ()))
            )
        ]
        return sorted(
            free,
            key=lambda unit: (
                unit.slug != line.slug,
                unit.pk not in chosen,
                self.timelines[unit.pk].gap(guarded),
                unit.order,
                unit.pk,
            ),
        )

    def _clash(self, line: Line, period: Period, free: int) -> Clash:
        if len(line.units) > 1:
            message = ngettext(
                "Only {free} of the {count} you asked for is free then: {name}.",
                "Only {free} of the {count} you asked for are free then: {name}.",
                free,
            )
            words = message.format(free=free, count=line.count, name=line.name)
            return Clash(line.slug, words)
        return Clash(line.slug, self._why_taken(line, period))

    def _why_taken(self, line: Line, period: Period) -> str:
        guarded = Pick(line.units[0], line.rules).guarded(period)
        for unit in self.demand.with_parts(line):
            blocker = self.timelines[unit.pk].clash(guarded)
            if blocker and blocker.closed_for:
                closed = _("{name} is closed then: {reason}.")
                return closed.format(name=unit.name, reason=blocker.closed_for)
            if blocker and unit.slug != line.slug:
                part = _("{name} is not free then, because {part} is taken.")
                return part.format(name=line.name, part=unit.name)
        return _("{name} is taken then.").format(name=line.name)

    def _case(self, line: Line, period: Period) -> rules.Case:
        return rules.Case(
            slug=line.slug,
            name=line.name,
            zone=line.zone,
            rules=line.rules,
            period=period,
            at=self.at,
            in_service=bool(line.usable),
            wanted=line.count,
            units=len(line.usable) or 1,
            topics=self._topics(period.start),
            held_at_once=self._held_at_once(line.type, period),
            hours_that_week=self._hours_that_week(line, period),
        )

    def _held_at_once(self, of_type: ResourceType, period: Period) -> int:
        """The most that the person would hold of a type at any moment of a period."""
        held = [each.period for each in self._holdings if each.type_id == of_type.pk]
        later = [each.start for each in held if period.start < each.start < period.end]
        moments = [period.start, *later]
        most = max(sum(each.start <= moment < each.end for each in held) for moment in moments)
        return self.demand.wanted(of_type) + most

    def _hours_that_week(self, line: Line, period: Period) -> float:
        if line.rules.hours_a_week is None:
            return 0.0
        week = week_start(period.start.astimezone(line.zone).date())
        wanted = [date for date in self.dates if date <= period]
        held = [each.period for each in self._holdings if each.type_id == line.type.pk]
        periods = wanted * self.demand.wanted(line.type) + held
        in_week = (
            each.length
            for each in periods
            if week_start(each.start.astimezone(line.zone).date()) == week
        )
        return sum(in_week, timedelta()) / HOUR

    def _topics(self, at: datetime) -> frozenset[str]:
        return frozenset(each.topic for each in self._inductions if each.holds_at(at))

    @cached_property
    def _inductions(self) -> list[Induction]:
        topics = {line.rules.induction for line in self.demand.lines} - {""}
        if not topics:
            return []
        return list(Induction.objects.filter(person=self.person, topic__in=topics))

    @cached_property
    def _holdings(self) -> list[Holding]:
        limited = [line for line in self.demand.lines if _has_quota(line.rules)]
        if not limited:
            return []
        span = Period(self.dates[0].start, max(date.end for date in self.dates))
        span = span.widened(7 * DAY, 7 * DAY)
        longest = max(_longest(line.rules) for line in limited)
        rows = Allocation.objects.filter(
            booking__person=self.person,
            booking__starts_at__gt=span.start - longest,
            booking__starts_at__lt=span.end,
            active=True,
            whole=None,
            resource__type__in={line.type for line in limited},
        ).exclude(booking__in=self.ignoring)
        return [
            Holding(type_id, Period(starts_at, ends_at))
            for type_id, starts_at, ends_at in rows.order_by().values_list(
                "resource__type_id", "starts_at", "ends_at"
            )
        ]

    def _refuse_overlapping_dates(self) -> None:
        guards = [Pick(line.units[0], line.rules).guarded for line in self.demand.lines]
        for earlier, later in pairwise(self.dates):
            if any(guard(earlier).overlaps(guard(later)) for guard in guards):
                raise Malformed(_("The dates of this series overlap each other."))


def _has_quota(house_rules: HouseRules) -> bool:
    return house_rules.at_once is not None or house_rules.hours_a_week is not None


def _longest(house_rules: HouseRules) -> timedelta:
    nights = house_rules.largest_nights * DAY if house_rules.by_night else timedelta()
    return max(house_rules.largest, nights)


@dataclass(frozen=True, slots=True)
class Plan:
    """A wish thought through: its dates, and the recurrence if it is a series."""

    demand: Demand
    dates: tuple[DatePlan, ...]
    recurrence: Recurrence | None

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        return tuple(dict.fromkeys(each for date in self.dates for each in date.refusals))

    @property
    def clashes(self) -> tuple[Clash, ...]:
        return tuple(dict.fromkeys(each for date in self.dates for each in date.clashes))

    @property
    def needs_staff(self) -> bool:
        return any(line.rules.needs_staff for line in self.demand.lines)


def plan_for(wish: Wish, *, person: User, at: datetime, lock: bool = False) -> Plan:
    """Think a wish through without writing. Raises `Malformed` where it makes no sense.

    With `lock` the resources stay locked until the transaction ends.
    """
    _refuse_absurd_time(wish.period, at)
    demand = demand_for(wish, lock=lock)
    recurrence = parse(wish.rrule, demand.zone) if wish.rrule else None
    periods = dates(recurrence, wish.period, demand.zone) if recurrence else (wish.period,)
    return Plan(demand, tuple(Planner(demand, periods, person, at).plan()), recurrence)


def _refuse_absurd_time(period: Period, at: datetime) -> None:
    if abs(period.start - at) > _FURTHEST or period.length > _LONGEST:
        raise Malformed(_("That time cannot be meant: it is too far away or too long."))


_FURTHEST = 10 * 366 * DAY
_LONGEST = 400 * DAY
