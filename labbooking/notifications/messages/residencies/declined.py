"""The mail to whoever applied and is not taken: without a grade, a place or a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import people_of, subjects
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState

DECLINED = "application.declined"
KINDS = frozenset({DECLINED})
TEMPLATE = "application_declined"
_NEVER_HANDED_IN = (ApplicationState.DRAFT,)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    if not entries:
        return
    people = people_of(subjects(entries))
    for entry in entries:
        if person := people.get(entry.pk):
            yield Planned(entry, person, TEMPLATE, at)


def written(notification: Notification, _at: datetime) -> Written | None:
    """The mail in the language that is active; none where it is no longer so."""
    data = notification.entry.data
    found = Application.objects.filter(
        call__slug=data["call"], code=data["code"], person=notification.person
    ).select_related("call")
    application = found.filter(state=ApplicationState.DECLINED).first()
    return _declined(application) if application else None


def _declined(application: Application) -> Written:
    handed_in = Application.objects.filter(call=application.call).exclude(
        state__in=_NEVER_HANDED_IN
    )
    count = handed_in.count()
    words = ngettext(
        "{count} person applied, and there are not enough places for everybody.",
        "{count} people applied, and there are not enough places for everybody.",
        count,
    )
    said = Said(
        _("Your application: {call}").format(call=application.call.name),
        (
            _("Thank you for your application. This time we cannot offer you a stay."),
            words.format(count=count),
            _("You may apply again: the next call will be on our page of calls."),
        ),
        _("Calls for applications"),
    )
    return Written(said, reverse("calls"), is_private=True)
