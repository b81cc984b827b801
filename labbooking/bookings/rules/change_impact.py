"""Which bookings ahead new house rules would refuse, told before anybody makes them rules.

They keep the rules they were made under: this is for staff to know, not to undo anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from equipment.models import HouseRules
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed
from labbooking.bookings.rules import booking_rules as house
from labbooking.bookings.rules.booking_rules import Case
from labbooking.bookings.states import HOLDING
from labbooking.errors import Refusal

ABOUT_THE_TIME = (
    house.too_short,
    house.too_long,
    house.off_the_step,
    house.outside_opening_hours,
    house.not_from_arrival_to_departure,
    house.wrong_number_of_nights,
)
"""The rules that judge the time itself, whoever asks and whenever."""


@dataclass(frozen=True, slots=True)
class Misfit:
    booking: Booking
    refusals: tuple[Refusal, ...]


def misfits(rules: HouseRules, *, at: datetime) -> list[Misfit]:
    """The bookings ahead of a type that these rules, saved or not, would refuse; two queries."""
    ahead = Booking.objects.filter(
        allocations__resource__type=rules.type_id,
        allocations__whole=None,
        allocations__let_go_at=None,
        state__in=HOLDING,
        starts_at__gt=at,
    )
    found = detailed(ahead.distinct()).order_by("starts_at", "pk")
    told = (Misfit(each, tuple(dict.fromkeys(_refusals(each, rules, at)))) for each in found)
    return [each for each in told if each.refusals]


def _refusals(booking: Booking, rules: HouseRules, at: datetime) -> Iterator[Refusal]:
    for each in booking.named:
        if each.resource.type_id == rules.type_id:
            unit = each.resource
            case = Case(unit.slug, unit.name, unit.zone, rules, booking.period, at)
            yield from (no for rule in ABOUT_THE_TIME if (no := rule(case)))
