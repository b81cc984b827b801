"""What is left of the quotas of a person, or a group, if they get what they ask for. Pure: no
database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from equipment.models import HouseRules, ResourceType
from labbooking.bookings.models import Allocation, Booking
from labbooking.period import HOUR, Period, week_start


@dataclass(frozen=True, slots=True)
class Quota:
    """How much of a limit is used with this request; `by_week` counts hours, else things."""

    name: str
    used: float
    limit: int
    by_week: bool

    @property
    def is_over(self) -> bool:
        return self.used > self.limit


def quotas(wanted: Sequence[Booking], held: Sequence[Booking]) -> list[Quota]:
    """The fullest of each quota over some dates. `held` is what else the person, or the group they
    belong to, has by then."""
    of_group = any(each.group_id for each in wanted)
    ruled: dict[int, tuple[ResourceType, HouseRules]] = {}
    for each in _named(wanted):
        if each.rules:
            ruled[each.resource.type_id] = (each.resource.type, each.rules)
    found: list[Quota] = []
    for key, (of_type, rules) in sorted(ruled.items()):
        mine = [each for each in _named([*wanted, *held]) if each.resource.type_id == key]
        asked = [each for each in _named(wanted) if each.resource.type_id == key]
        if (most := rules.most_at_once(of_group=of_group)) is not None:
            found.append(Quota(of_type.plural, _at_once(asked, mine), most, False))
        if (most := rules.most_hours_a_week(of_group=of_group)) is not None:
            found.append(Quota(of_type.plural, _in_a_week(asked, mine), most, True))
    return found


def _named(bookings: Iterable[Booking]) -> list[Allocation]:
    return [each for booking in bookings for each in booking.named]


def _at_once(asked: Sequence[Allocation], mine: Sequence[Allocation]) -> int:
    """The most held at any moment of what is asked for: it can only grow where one begins."""
    periods = [each.period for each in mine]
    starts = [each.start for each in periods if any(_within(each, one.period) for one in asked)]
    return max(sum(each.start <= start < each.end for each in periods) for start in starts)


def _within(one: Period, other: Period) -> bool:
    return other.start <= one.start < other.end


def _in_a_week(asked: Sequence[Allocation], mine: Sequence[Allocation]) -> float:
    weeks = {_week(each) for each in asked}
    lengths = {week: timedelta() for week in weeks}
    for each in mine:
        if _week(each) in weeks:
            lengths[_week(each)] += each.period.length
    return max(lengths.values()) / HOUR


def _week(allocation: Allocation) -> date:
    local = allocation.starts_at.astimezone(allocation.resource.zone)
    return week_start(local.date())
