"""The file of a stay is written, whoever's act makes it: staff open it, or an offer is accepted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.errors import WrongState
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.queries import newest_terms, of_studios
from labbooking.residencies.stays.states import WITH_A_FILE
from residents.models import User


def write_stay(booking: Booking, *, by: User, at: datetime) -> Stay:
    """In the caller's transaction, the booking locked and as it is by now; who may is the caller's
    to ask. What has a file keeps it. Raises `WrongState` unless a studio is confirmed."""
    if known := Stay.objects.filter(booking=booking).first():
        return known
    is_studio = of_studios(Booking.objects.filter(pk=booking.pk)).exists()
    if booking.state not in WITH_A_FILE or not is_studio:
        raise WrongState(_("Only a confirmed booking of a studio can have the file of a stay."))
    stay = Stay.objects.create(
        booking=booking, person=booking.person, opened_at=at, terms=newest_terms()
    )
    tell("stay.opened", stay, by=by, at=at)
    return stay
