"""Whoever is put on the reserve list hears of it, and until when it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.when import full_day

TEMPLATE = "on_reserve"
KINDS = frozenset({"application.reserve"})


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    if not entries:
        return
    rows = Application.objects.filter(code__in={each.data["code"] for each in entries})
    known = {(each.call.slug, each.code): each for each in rows.select_related("person", "call")}
    for entry in entries:
        application = known.get((entry.data["call"], entry.data["code"]))
        if application and _still_true(application, entry):
            yield Planned(entry, application.person, TEMPLATE, at)


def _still_true(application: Application, entry: Entry) -> bool:
    is_on = application.state == ApplicationState.RESERVE
    return is_on and application.decided_at == entry.at


def written(notification: Notification, _at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    entry = notification.entry
    rows = Application.objects.filter(call__slug=entry.data["call"], code=entry.data["code"])
    application = rows.select_related("call", "person").first()
    if application is None or not _still_true(application, entry):
        return None
    if notification.person != application.person:
        return None
    call = application.call
    said = Said(
        _("You are on the reserve list: {call}").format(call=call.name),
        (
            _("We cannot offer you a stay yet. If a place becomes free, we may."),
            _("The list holds until {day}. There is nothing you have to do.").format(
                day=full_day(call.season_last)
            ),
        ),
        _("See the call"),
    )
    return Written(said, reverse("call", args=[call.slug]), is_private=True)
