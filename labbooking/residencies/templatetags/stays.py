"""`{% stay_of booking user as stay %}`: the file of a booking's stay, for who may see it;
`{% with stay=booking|stay_in:stays %}`: the same of those that a page has looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import template

from equipment.models import Kind
from labbooking.bookings.models import Booking
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.states import WITH_A_FILE
from residents.models import User

register = template.Library()


@dataclass(frozen=True, slots=True)
class StayLink:
    """`pk` of the stay, or that it `may_be_opened`."""

    pk: int | None
    may_be_opened: bool


@register.simple_tag
def stay_of(booking: Booking, user: User) -> StayLink | None:
    """No query where it is no studio."""
    if not any(each.resource.type.kind == Kind.STUDIO for each in booking.named):
        return None
    row = Stay.objects.filter(booking=booking).values_list("pk", flat=True).first()
    if row and (user.is_lab_staff or user.pk == booking.person_id):
        return StayLink(row, may_be_opened=False)
    may = row is None and user.is_lab_staff and booking.state in WITH_A_FILE
    return StayLink(None, may_be_opened=True) if may else None


@register.filter
def stay_in(booking: Booking, stays: Mapping[int, int]) -> int | None:
    """Its stay among those looked up for a whole page."""
    return stays.get(booking.pk)
