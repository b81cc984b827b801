"""What the Federal Registration Act (BMG) asks of somebody who stays; computed, and no advice.

Section 27(2): who is registered elsewhere in Germany need not register for up to six months, who
otherwise lives abroad for up to three; after that within two weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from labbooking.when import full_day

MONTHS_OF_RESIDENTS, MONTHS_FROM_ABROAD = 6, 3
WEEKS_TO_REGISTER = 2


@dataclass(frozen=True, slots=True)
class Duty:
    """`months` is what one may stay without registering; `by` is until when one registers, where
    the stay is longer."""

    months: int
    by: date | None


def duty(first: date, last: date, *, lives_in_germany: bool) -> Duty:
    months = MONTHS_OF_RESIDENTS if lives_in_germany else MONTHS_FROM_ABROAD
    free_until = first + relativedelta(months=months)
    if last <= free_until:
        return Duty(months, None)
    return Duty(months, free_until + relativedelta(weeks=WEEKS_TO_REGISTER))


def in_words(first: date, last: date, lives_in_germany: bool | None) -> str:
    """What somebody is told; where they have not said where they live, both where they differ."""
    if lives_in_germany is None:
        return _before_they_say(first, last)
    found = duty(first, last, lives_in_germany=lives_in_germany)
    if found.by is None and lives_in_germany:
        return _(
            "You need not register: you are registered elsewhere in Germany, and stay no longer "
            "than {months} months."
        ).format(months=found.months)
    if found.by is None:
        return _(
            "You need not register: you live abroad, and stay no longer than {months} months."
        ).format(months=found.months)
    words = _(
        "You stay longer than {months} months: register with the city by {day}. The house gives "
        "you the confirmation that the office asks for."
    )
    return words.format(months=found.months, day=full_day(found.by))


def _before_they_say(first: date, last: date) -> str:
    if duty(first, last, lives_in_germany=False).by is None:
        return _("You need not register: you stay no longer than {months} months.").format(
            months=MONTHS_FROM_ABROAD
        )
    return _("Whether you have to register depends on where you live. Please say so.")
