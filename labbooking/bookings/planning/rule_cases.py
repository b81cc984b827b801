"""What the house rules judge: each line of a spec with what the person holds already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from equipment.models import HouseRules, ResourceType
from labbooking.bookings.demand.resolve import Demand, DemandLine
from labbooking.bookings.planning.current_use import Holding, holdings
from labbooking.bookings.rules.booking_rules import Case
from labbooking.period import DAY, HOUR, Period, week_start
from residents.models import Induction, User


@dataclass(frozen=True)
class Cases:
    """One person's cases within `span`, with everything looked up once.

    What the bookings in `ignoring` (primary keys) hold does not count: they would give it up.
    """

    demand: Demand
    person: User
    at: datetime
    span: Period
    ignoring: frozenset[int] = frozenset()
    group: int | None = None

    def case(self, line: DemandLine, period: Period, beside: Sequence[Period]) -> Case:
        """`beside` are the earlier dates of the same spec."""
        return Case(
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
            hours_that_week=self._hours_that_week(line, period, beside),
            stays_until=self.person.stays_until,
            of_group=self._of_group,
        )

    @property
    def _of_group(self) -> bool:
        return self.group is not None

    def _held_at_once(self, of_type: ResourceType, period: Period) -> int:
        """The most that the person would hold of a type at any moment of a period."""
        held = [each.period for each in self._holdings if each.type_id == of_type.pk]
        later = [each.start for each in held if period.start < each.start < period.end]
        moments = [period.start, *later]
        most = max(sum(each.start <= moment < each.end for each in held) for moment in moments)
        return self.demand.wanted(of_type) + most

    def _hours_that_week(self, line: DemandLine, period: Period, beside: Sequence[Period]) -> float:
        if line.rules.most_hours_a_week(of_group=self._of_group) is None:
            return 0.0
        week = week_start(period.start.astimezone(line.zone).date())
        held = [each.period for each in self._holdings if each.type_id == line.type.pk]
        periods = [*beside, period] * self.demand.wanted(line.type) + held
        in_week = (
            each.length
            for each in periods
            if week_start(each.start.astimezone(line.zone).date()) == week
        )
        return sum(in_week, timedelta()) / HOUR

    def _has_quota(self, rules: HouseRules) -> bool:
        of_group = self._of_group
        limits = (rules.most_at_once(of_group=of_group), rules.most_hours_a_week(of_group=of_group))
        return limits != (None, None)

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
        limited = [line for line in self.demand.lines if self._has_quota(line.rules)]
        if not limited:
            return []
        longest = max(_longest(line.rules) for line in limited)
        starts = self.span.widened(longest + 7 * DAY, 7 * DAY)
        types = sorted({line.type.pk for line in limited})
        return holdings(self.person, types, starts, ignoring=self.ignoring, group=self.group)


def _longest(house_rules: HouseRules) -> timedelta:
    nights = house_rules.largest_nights * DAY if house_rules.by_night else timedelta()
    return max(house_rules.largest, nights)
