"""What waits for somebody who sits on a jury. Pure."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking import when as say
from labbooking.today.queries import Reading
from labbooking.today.team import ToDo
from labbooking.when import lab_zone


def to_read(found: Reading, at: datetime) -> list[ToDo]:
    """Juries one by one stand on the page it leads to."""
    rows = [_asked(found)] if found.asked else []
    return [*rows, _reading(found, at)] if found.left else rows


def _asked(found: Reading) -> ToDo:
    words = ngettext(
        "You are asked onto the jury of a call.",
        "You are asked onto the juries of {count} calls.",
        found.asked,
    )
    return ToDo(words.format(count=found.asked), reverse("jury"), _("Read what applies"))


def _reading(found: Reading, at: datetime) -> ToDo:
    words = ngettext(
        "{count} application waits for your review.",
        "{count} applications wait for your review.",
        found.left,
    )
    until = _("The decision is on {day}.")
    if found.decision_on and found.decision_on < at.astimezone(lab_zone()).date():
        until = _("The decision was due on {day}.")
    day = say.day(found.decision_on, lab_zone(), at=at) if found.decision_on else ""
    told = f"{words.format(count=found.left)} {until.format(day=day)}"
    return ToDo(told, reverse("jury"), _("Read"))
