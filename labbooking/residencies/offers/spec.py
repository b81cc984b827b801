"""What staff want to offer, and what its days mean by the rules of the studio."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.period import Period, UnclearLocalTime, is_within_reach, local_instant
from labbooking.when import years_that_can_be_named


@dataclass(frozen=True, slots=True)
class OfferSaid:
    """`arrive` and `depart` are days by the clocks of the house."""

    application: int
    studio: str
    arrive: date
    depart: date
    answer_by: datetime
    words: str = ""


def stay_in(studio: Resource, arrive: date, depart: date) -> Period:
    """From arrival to departure as its house rules have it. Raises `ValidationError`."""
    rules = studio.type.rules
    if rules is None or not rules.by_night or not rules.arrival or not rules.departure:
        raise ValidationError({"studio": _("Nobody can stay there overnight.")})
    if not (is_within_reach(arrive) and is_within_reach(depart)):
        raise ValidationError({"arrive": years_that_can_be_named()})
    if depart <= arrive:
        raise ValidationError({"depart": _("The stay has to end after it begins.")})
    try:
        first = local_instant(datetime.combine(arrive, rules.arrival), studio.zone)
        last = local_instant(datetime.combine(depart, rules.departure), studio.zone)
    except (UnclearLocalTime, OverflowError):
        raise ValidationError({"arrive": _("Choose another day, please.")}) from None
    return Period(first, last)
