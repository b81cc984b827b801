"""Who takes part in another person's booking does so no longer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.models.party import Participant
from labbooking.bookings.participants import party_of, takes_part
from labbooking.bookings.queries import no_such_booking
from labbooking.bookings.transaction.party import tell_party
from labbooking.bookings.transaction.preconditions import dates_with_a_party
from residents.models import User


def leave_party(
    booking_id: int, *, by: User, at: datetime, scope: Scope = Scope.ONE
) -> list[Booking]:
    """Raises `NotThere` for who takes part in no such booking, and `WrongState` once it is over."""
    booking = Booking.objects.filter(pk=booking_id).first()
    if booking is None or not takes_part(by, booking_id):
        raise no_such_booking()
    with transaction.atomic():
        dates = dates_with_a_party(booking, at, scope)
        mine = [each for each in dates if by.pk in {row.person_id for row in party_of(each)}]
        if not mine:
            raise no_such_booking()
        Participant.objects.filter(booking__in=mine, person=by).delete()
        tell_party("party.left", mine, by, by=by, at=at)
        return mine
