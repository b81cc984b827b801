"""Staff give somebody an equal thing instead of one that goes out of use, at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.queries import find_booking, visible_booking
from labbooking.bookings.rules.capacity import over_capacity
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.states import MOVABLE
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import allocations_of, locked_bookings
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import it_is_over, only_staff, what_became_of
from labbooking.errors import Malformed, SlotTaken, WrongState
from labbooking.rows import insert
from residents.models import User


def swap_unit(booking_id: int, *, slug: str, instead: str, by: User, at: datetime) -> Booking:
    """One thing of a booking becomes another of the same kind; time, state and rules stay.

    Raises `Malformed` where it is none of its things or no equal, `SlotTaken` where the other is
    not free, and `WrongState` where nothing can be swapped any more.
    """
    booking = visible_booking(by, booking_id)
    only_staff(by)
    both = Resource.objects.filter(slug__in=[slug, instead])
    parts = Resource.objects.filter(wholes__in=both)
    with passing_on(allocations_of(booking), at, also=[*both.all(), *parts]):
        (locked,) = locked_bookings(booking)
        _refuse_what_is_settled(locked, at)
        held = next((each for each in locked.named if each.resource.slug == slug), None)
        other = next((each for each in both.all() if each.slug == instead), None)
        if held is None or other is None or not _is_equal(held.resource, other):
            message = _("“{other}” cannot stand in for “{slug}”.")
            raise Malformed(message.format(slug=slug, other=instead))
        _refuse_where_they_do_not_fit(locked, held, other)
        _swap(locked, held, other)
        swapped = find_booking(by, booking_id)
        record_entries("booking.swapped", [swapped], by=by, at=at, instead_of=slug)
    return swapped


def _refuse_what_is_settled(booking: Booking, at: datetime) -> None:
    if booking.is_over(at):
        raise WrongState(it_is_over())
    if booking.state not in MOVABLE:
        raise WrongState(what_became_of(booking))


def _refuse_where_they_do_not_fit(booking: Booking, held: Allocation, other: Resource) -> None:
    """Who comes along came for a room that holds them."""
    others = [each.resource for each in booking.named if each != held]
    refuse(over_capacity([*others, other], booking.party_size))


def _is_equal(held: Resource, other: Resource) -> bool:
    return other.pk != held.pk and other.type_id == held.type_id and other.is_bookable


def _swap(booking: Booking, held: Allocation, other: Resource) -> None:
    """What is asked of the other is what was kept of the one: its time with its turnaround."""
    taken = [other, *other.parts.all()]
    _refuse_taken(held, taken)
    rows = Allocation.objects.filter(booking=booking, let_go_at=None)
    rows.filter(resource=held.resource_id, whole=None).delete()
    rows.filter(whole=held.resource_id).delete()
    insert(_instead(held, each, None if each is other else other) for each in taken)


def _refuse_taken(held: Allocation, taken: Sequence[Resource]) -> None:
    in_the_way = Allocation.objects.filter(
        resource__in=taken,
        active=True,
        guarded_from__lt=held.guarded_until,
        guarded_until__gt=held.guarded_from,
    )
    if in_the_way.exists():
        raise SlotTaken(_("{name} is taken then.").format(name=taken[0].name))


def _instead(held: Allocation, resource: Resource, whole: Resource | None) -> Allocation:
    return Allocation(
        resource=resource,
        booking_id=held.booking_id,
        whole=whole,
        rules_id=held.rules_id,
        starts_at=held.starts_at,
        ends_at=held.ends_at,
        guarded_from=held.guarded_from,
        guarded_until=held.guarded_until,
    )
