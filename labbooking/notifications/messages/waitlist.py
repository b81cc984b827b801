"""Mails about the waiting list that no booking stands for: a time that passed without freeing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking import when as say
from labbooking.bookings.availability.slots import LOOK_AHEAD
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.pages.waitlist.finder_link import finder_url
from labbooking.bookings.waitlist.alternatives import have_it_after_all, next_free
from labbooking.bookings.waitlist.positions import places
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.period import WEEK
from labbooking.when import lab_zone
from residents.profile.time_zones import elsewhere

KINDS = frozenset({"waiting.passed"})
TEMPLATE = "waited_in_vain"


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Who waited is told, unless they have the time after all."""
    waits = _told(entries)
    for entry in entries:
        if wait := waits.get(entry.data["waiting"]):
            yield Planned(entry, wait.person, TEMPLATE, at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    return next((_written(each, at) for each in _told([notification.entry]).values()), None)


def _told(entries: Sequence[Entry]) -> dict[int, Waiting]:
    """The places by their keys, as far as it is still true of them; two queries, if any."""
    if not entries:
        return {}
    lapsed = Waiting.objects.filter(state=Waiting.Status.LAPSED).select_related("person")
    waits = lapsed.in_bulk([entry.data["waiting"] for entry in entries])
    have_it = have_it_after_all(list(waits.values()))
    return {key: wait for key, wait in waits.items() if key not in have_it}


def _written(wait: Waiting, at: datetime) -> Written:
    (place,) = places([wait])
    zone = lab_zone()
    when = say.when(wait.period, zone, at=at)
    fact = _("{what}, {when}").format(what=place.what, when=when)
    said = Said(
        _("Not free this time: {fact}").format(fact=fact),
        (
            _("You were waiting for this time. It has begun without becoming free; we are sorry."),
            _next(wait, zone, at),
        ),
        _("Find another time"),
    )
    facts = [
        (_("What"), place.what),
        (_("When"), when),
        (_("How long"), say.length(wait.period, zone)),
    ]
    theirs = elsewhere(wait.period, wait.person)
    facts += [(_("Where you are"), theirs)] if theirs else []
    facts += [(_("What for"), wait.purpose)] if wait.purpose else []
    return Written(said, finder_url(wait), facts)


def _next(wait: Waiting, zone: ZoneInfo, at: datetime) -> str:
    free = next_free(wait, at)
    if free is None:
        words = ngettext(
            "Nothing as long is free in the next week; you can look further ahead.",
            "Nothing as long is free in the next {count} weeks; you can look further ahead.",
            LOOK_AHEAD // WEEK,
        )
        return words.format(count=LOOK_AHEAD // WEEK)
    when = say.when(free, zone, at=at)
    return _("The next time that is free for as long: {when}.").format(when=when)
