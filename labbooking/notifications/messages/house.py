"""Mails to staff about the house itself: that it was down, and what could not be delivered."""

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
from labbooking.notifications.models import UNDELIVERED, Notification
from labbooking.notifications.queries import staff
from labbooking.period import Period
from labbooking.when import lab_zone

WAS_DOWN, LAID_ASIDE = "house.was_down", "mail.laid_aside"
KINDS = frozenset({WAS_DOWN, LAID_ASIDE})
TEMPLATES = {WAS_DOWN: "was_down", LAID_ASIDE: UNDELIVERED}


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """All staff hear of it, if there is something for them to do."""
    for entry in entries:
        if _left(entry.kind, at):
            template = TEMPLATES[entry.kind]
            yield from (Planned(entry, each, template, at) for each in staff())


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where nothing is left to do."""
    left = _left(notification.entry.kind, at)
    if not left or not notification.person.is_lab_staff:
        return None
    if notification.entry.kind == LAID_ASIDE:
        return _undelivered(left)
    return _was_down(notification.entry, left, at)


def _left(kind: str, at: datetime) -> int:
    if kind == LAID_ASIDE:
        return Notification.objects.filter(laid_aside_at__isnull=False).count()
    return undecided(at).count()


def _was_down(entry: Entry, left: int, at: datetime) -> Written:
    down = Period(*(datetime.fromisoformat(entry.data[name]) for name in ("from", "to")))
    words = ngettext(
        "{count} booking fell due meanwhile, and nobody could do anything about it."
        " Nothing is decided yet.",
        "{count} bookings fell due meanwhile, and nobody could do anything about them."
        " Nothing is decided yet.",
        left,
    )
    said = Said(
        _("The house could not be reached: {when}").format(when=say.when(down, lab_zone(), at=at)),
        (
            words.format(count=left),
            _("Please settle who was here, and which requests are still open."),
        ),
        _("Settle it"),
    )
    return Written(said, reverse("after_outage"))


def _undelivered(left: int) -> Written:
    headline = ngettext(
        "{count} e-mail could not be delivered", "{count} e-mails could not be delivered", left
    )
    said = Said(
        headline.format(count=left),
        (_("The house no longer tries to send these. Send them again, or drop them."),),
        _("See the e-mails"),
    )
    return Written(said, reverse("lab_mail"))
