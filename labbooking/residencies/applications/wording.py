"""An application in words: for who wrote it, for staff, and for the mail that says it is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import Feature
from labbooking import when as say
from labbooking.period import HOUR
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pairs import Partner
from labbooking.residencies.applications.rules import LANGUAGES
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.wording import Fact, by_two_clocks
from labbooking.residencies.questions.queries import in_words
from labbooking.when import full_day, lab_zone
from residents.models import User
from residents.profile.time_zones import shows_house_time, zone_of

SHORT_RECEIPT = 12
NIGHT = 4 * HOUR
"""By then what is due on a day has gone (labbooking/celery.py)."""


def short_receipt(application: Application) -> str:
    return application.receipt[:SHORT_RECEIPT]


def in_short(application: Application) -> list[Fact]:
    """Everything but the long texts; what was not said is left out."""
    told = [
        (_("Discipline"), application.discipline_name),
        (_("Language of the application"), LANGUAGES.get(application.language, "")),
        (_("First possible day"), _day(application.earliest)),
        (_("Last possible day"), _day(application.last_day)),
        (_("How long"), weeks(application)),
        (_("Wished day of arrival"), _day(application.arrival_wished)),
        (_("Comes with"), application.partner_code),
        (_("Children and companions"), _number(application.companions)),
        (_("Headsets"), _number(application.headsets)),
        (_("What the studio must have"), application.features_in_words),
        (_("Lives in Germany"), _yes_or_no(application.lives_in_germany)),
    ]
    return [each for each in told if each[1]]


def texts(application: Application) -> list[Fact]:
    said = [
        (_("What you want to do"), application.project),
        (_("About you"), application.about),
        (_("What you need"), application.needs),
        *in_words(application),
    ]
    return [each for each in said if each[1]]


def last_day_kept(moment: datetime | None) -> str:
    """The day after which it is deleted; nothing where nobody can tell yet."""
    return date_format((moment - NIGHT).astimezone(lab_zone())) if moment else ""


def weeks(application: Application) -> str:
    least, wished, most = application.weeks_min, application.weeks_wished, application.weeks_max
    if not (least and wished and most):
        return ""
    if least == most:
        return ngettext("{most} week", "{most} weeks", most).format(most=most)
    words = _("{wished} weeks; from {least} to {most} weeks are possible")
    return words.format(wished=wished, least=least, most=most)


def partner(found: Partner, code: str) -> str:
    """What to do about the partner, who may not have written yet; nothing where all is well."""
    if found is Partner.NOT_MUTUAL:
        words = _("{code} does not name your code yet: you come together once both do.")
        return words.format(code=code)
    if found is Partner.APART:
        words = _("You and {code} name each other, and have no days in common for both stays.")
        return words.format(code=code)
    return ""


def nowhere(features: Sequence[Feature]) -> str:
    """What nobody can be given, which keeps nobody from applying; nothing where all is well."""
    if not features:
        return ""
    names = ", ".join(each.name for each in features)
    return _("No studio of this call has all of this: {features}.").format(features=names)


def deadline(call: Call, person: User) -> str:
    """By the clocks of the house, in UTC, and where the reader is."""
    told = by_two_clocks(call.closes_at)
    zone = zone_of(person)
    if zone is None or shows_house_time(call.closes_at, zone):
        return told
    theirs = say.moment(call.closes_at, zone)
    return _("{told}; by your clock {theirs} ({zone})").format(
        told=told, theirs=theirs, zone=person.time_zone
    )


def _day(day: date | None) -> str:
    return full_day(day) if day else ""


def _number(count: int) -> str:
    return str(count) if count else ""


def _yes_or_no(said: bool | None) -> str:
    return "" if said is None else _("yes") if said else _("no")
