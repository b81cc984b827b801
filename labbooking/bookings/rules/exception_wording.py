"""What an exception is one from, in a few words each."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from labbooking.bookings.models import Booking

WORDS: dict[str, Promise] = {
    "too_soon": _("at shorter notice than allowed"),
    "too_far_ahead": _("further ahead than allowed"),
    "beyond_account_end": _("beyond the end of the account"),
    "too_short": _("shorter than allowed"),
    "too_long": _("longer than allowed"),
    "off_the_step": _("off the steps of the clock"),
    "outside_opening_hours": _("outside opening hours"),
    "not_by_the_night": _("with other times of arrival or departure"),
    "too_few_nights": _("for fewer nights than allowed"),
    "too_many_nights": _("for more nights than allowed"),
    "induction_required": _("without the induction"),
    "quota_at_once": _("more at once than allowed"),
    "quota_hours_a_week": _("more hours in a week than allowed"),
}


def exceptions_in_words(booking: Booking) -> str:
    """ "outside opening hours and longer than allowed"; empty for a booking by the rules."""
    words = [str(WORDS[code]) for code in booking.exception_from if code in WORDS]
    return str(get_text_list(words, pgettext("Seat 1 and Seat 2", "and")))
