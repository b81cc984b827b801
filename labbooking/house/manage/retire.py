"""A thing, or a whole kind, goes out of use: what becomes of each booking that is ahead.

First nobody can book it any more; then each booking is settled by an act of its own, so that one
that cannot be done keeps none of the others. What is left stands on the page again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _

from equipment import actions as things
from equipment.actor import only_staff
from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.queries import detailed
from labbooking.bookings.rules.capacity import over_capacity
from labbooking.bookings.states import HOLDING, MOVABLE, State
from labbooking.bookings.transaction.offers import passing_on
from labbooking.errors import DomainError, Malformed, SlotTaken, WrongState
from residents.models import User

Fate = Literal["swap", "cancel", "keep"]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A booking that is ahead of a thing; `equal` could stand in for it, at the same time."""

    booking: Booking
    unit: Resource
    equal: Resource | None

    @property
    def is_settled_by_the_desk(self) -> bool:
        """Somebody has it: it is brought back, not cancelled."""
        return self.booking.state == State.IN_USE

    @property
    def ends_by_itself(self) -> bool:
        """It is only offered or held: nobody decides on it, and nobody can confirm it any more."""
        return self.booking.state == State.HELD


def bookings_ahead(units: Sequence[Resource], at: datetime) -> list[Ahead]:
    """The earliest first, each with an equal that is free then and not proposed twice."""
    keys = [each.pk for each in units]
    held = Allocation.objects.filter(
        resource__in=keys, active=True, booking__state__in=HOLDING, ends_at__gt=at
    )
    rows = held.select_related("resource__type").order_by("starts_at", "pk")
    bookings = detailed(Booking.objects.filter(pk__in=rows.values("booking"))).in_bulk()
    proposals = _Equals(units, at)
    return [
        Ahead(booking, each.resource, proposals.take(each, booking))
        for each in rows
        if (booking := bookings.get(each.booking_id))
    ]


class _Equals:
    """The other units of the same kinds, and what each has taken or been proposed for."""

    def __init__(self, units: Sequence[Resource], at: datetime) -> None:
        types = {each.type_id for each in units}
        gone = [each.pk for each in units]
        equals = Resource.objects.filter(type__in=types, is_bookable=True, parts=None)
        self.units = list(equals.exclude(pk__in=gone).order_by("order", "pk"))
        taken = Allocation.objects.filter(
            resource__in=self.units, active=True, guarded_until__gt=at
        )
        spans = taken.values_list("resource", "guarded_from", "guarded_until")
        self.taken: dict[int, list[tuple[datetime, datetime]]] = {}
        for key, start, end in spans:
            self.taken.setdefault(key, []).append((start, end))

    def take(self, held: Allocation, booking: Booking) -> Resource | None:
        """None where it is only a part of what somebody booked, and what is too small for all who
        take part is no equal."""
        start, end = held.guarded_from, held.guarded_until
        can_be = booking.state in MOVABLE and held.whole_id is None
        others = [each.resource for each in booking.named if each.resource_id != held.resource_id]
        for unit in self.units if can_be else ():
            spans = self.taken.setdefault(unit.pk, [])
            fits = not over_capacity([*others, unit], booking.party_size)
            same_kind = unit.type_id == held.resource.type_id and fits
            if same_kind and all(until <= start or since >= end for since, until in spans):
                spans.append((start, end))
                return unit
        return None


@dataclass(frozen=True, slots=True)
class Unsettled:
    booking: int
    why: str


def retire(
    units: Sequence[Resource], fates: Mapping[int, Fate], reason: str, *, by: User, at: datetime
) -> list[Unsettled]:
    """Take units out of use; `fates` are by the booking's key, and what is not named is kept.

    Answers with what is not settled, and why: also what nobody has named, such as a booking made
    only just before. Raises `PermissionDenied`, and `Malformed` where it cancels without a reason.
    """
    only_staff(by)
    if "cancel" in fates.values() and not reason.strip():
        raise Malformed(_("Say why, so that the person knows what to do next."))
    things.retire(units, by=by, at=at)
    ahead = bookings_ahead(units, at)  # Only now: nobody books it any more.
    left = []
    for each in {one.booking.pk: one for one in ahead}.values():
        try:
            _settle(each, fates.get(each.booking.pk), reason, by, at)
        except DomainError as error:
            left.append(Unsettled(each.booking.pk, error.detail))
    return left


def _settle(each: Ahead, fate: Fate | None, reason: str, by: User, at: datetime) -> None:
    booking = each.booking
    if fate is None:
        raise WrongState(_("Nobody has decided about this booking yet."))
    if fate == "swap":
        if each.equal is None:
            raise SlotTaken(_("Nothing of the same kind is free then."))
        instead = each.equal.slug
        actions.swap_unit(booking.pk, slug=each.unit.slug, instead=instead, by=by, at=at)
    elif fate == "cancel" and booking.state == State.REQUESTED:
        actions.decline(booking.pk, by=by, at=at, reason=reason, scope=Scope.ONE)
    elif fate == "cancel":
        actions.cancel(booking.pk, by=by, at=at, reason=reason, scope=Scope.ONE)


def bring_back(units: Sequence[Resource], *, by: User, at: datetime) -> list[str]:
    """They can be booked again, and who waits for them is served. Raises `PermissionDenied`."""
    only_staff(by)
    with passing_on(Allocation.objects.none(), at, opens=units):
        return things.bring_back(units, by=by, at=at)
