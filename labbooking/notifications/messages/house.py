"""Mails to staff about the house itself: that it was down, and what waits for them since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking import when as say
from labbooking.bookings.undecided import undecided
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import staff
from labbooking.period import Period
from labbooking.when import lab_zone

KINDS = frozenset({"house.was_down"})


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """All staff hear of it, if it left something for them to settle."""
    if entries and undecided(at).exists():
        for entry in entries:
            yield from (Planned(entry, each, "was_down", at) for each in staff())


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where nothing is left to settle."""
    left = undecided(at).count()
    if not left or not notification.recipient.is_lab_staff:
        return None
    data = notification.entry.data
    down = Period(datetime.fromisoformat(data["from"]), datetime.fromisoformat(data["to"]))
    words = ngettext(
        "Meanwhile {count} booking fell due that nobody could answer. Nothing is decided yet.",
        "Meanwhile {count} bookings fell due that nobody could answer. Nothing is decided yet.",
        left,
    )
    said = Said(
        _("The house could not be reached: {when}").format(when=say.when(down, lab_zone(), at=at)),
        (
            words.format(count=left),
            _("Please say what is to come of it: who had come, and what is still answered."),
        ),
        _("Settle it"),
    )
    return Written(said, reverse("after_outage"))
