"""What stands against a guest or a night away; pure, and all of it is told at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.errors import Refusal
from labbooking.residencies.stays.models import StayTerms
from labbooking.residencies.stays.presence.arithmetic import Nights, nights_in


def outside(span: Nights, stay: Nights) -> list[Refusal]:
    """It has nights, all of them within the stay."""
    if span[0] >= span[1]:
        message = _("The last day has to be after the first.")
        return [Refusal("no_nights", message)]
    if span[0] < stay[0] or span[1] > stay[1]:
        return [Refusal("outside_the_stay", _("These days are not all within the stay."))]
    return []


def guest_limits(span: Nights, others: Iterable[Nights], terms: StayTerms) -> list[Refusal]:
    """`others` are the guests who come as well; what they have together is limited too."""
    others = list(others)
    found: list[Refusal] = []
    nights = (span[1] - span[0]).days + sum((until - first).days for first, until in others)
    if nights > terms.guest_nights:
        message = ngettext(
            "Guests may stay for {count} night in all.",
            "Guests may stay for {count} nights in all.",
            terms.guest_nights,
        )
        found.append(Refusal("guest_nights", message.format(count=terms.guest_nights)))
    if most_at_once(span, others) > terms.guests_at_once:
        message = ngettext(
            "Only {count} guest at a time.",
            "Only {count} guests at a time.",
            terms.guests_at_once,
        )
        found.append(Refusal("too_many_guests", message.format(count=terms.guests_at_once)))
    return found


def most_at_once(span: Nights, others: Iterable[Nights]) -> int:
    """How many there are, with this one, in the night of it with the most."""
    others = list(others)
    first_nights = [span[0], *(first for first, _until in others)]
    return max(
        (
            sum(nights_in((night, _next(night)), [each]) for each in (span, *others))
            for night in first_nights
            if span[0] <= night < span[1]
        ),
        default=0,
    )


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
