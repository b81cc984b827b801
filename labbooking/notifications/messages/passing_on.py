"""What somebody reads who takes over what another person has booked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.bookings.states import State
from labbooking.notifications.messages.message import About, Said


def passed_on(about: About) -> Said:
    confirmed = about.booking.state == State.APPROVED
    return Said(
        _("Yours from now on: {fact}").format(fact=about.fact),
        (
            _("Somebody who leaves the house had booked this, and staff passed it on to you."),
            _("It is confirmed.") if confirmed else _("Staff have not answered it yet."),
            _("If you do not need it, please cancel it, so that others can have it."),
        ),
        _("See the booking"),
    )
