"""Mails to jurors. They name a call and a number, and never anything of an application."""

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
from labbooking.residencies.jury.models import Juror
from labbooking.residencies.jury.queries import progress, seats_of

TEMPLATES = {
    "juror.invited": "jury_invited",
    "juror.tasks_given": "jury_tasks",
    "juror.reminded": "jury_reminder",
}
KINDS = frozenset(TEMPLATES)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Whoever has no account yet gets the invitation to the house, and reads of it there."""
    if not entries:
        return
    people = people_of(subjects(entries))
    for entry in entries:
        if person := people.get(entry.pk):
            yield Planned(entry, person, TEMPLATES[entry.kind], at)


def written(notification: Notification, _at: datetime) -> Written | None:
    """The mail in the language that is active, or None where nothing is left to do."""
    entry = notification.entry
    seat = seats_of(notification.person).filter(jury__call__slug=entry.data["call"]).first()
    if seat is None:
        return None
    if entry.kind == "juror.invited":
        return None if seat.accepted_terms_at else _invited(seat)
    done, given = progress(seat.jury)[seat.pk]
    return _to_read(seat, given - done) if done < given else None


def _invited(seat: Juror) -> Written:
    said = Said(
        _("Will you sit on the jury? {call}").format(call=seat.call_name),
        (
            _("The house asks you to read applications and to grade them."),
            _("First you read what applies to everybody on a jury, and say that you agree."),
            _("If you cannot, tell the desk."),
        ),
        _("Read what applies"),
    )
    return Written(said, reverse("jury_terms", args=[seat.jury.call.slug]), is_private=True)


def _to_read(seat: Juror, left: int) -> Written:
    words = ngettext(
        "{count} application waits for you to read it.",
        "{count} applications wait for you to read them.",
        left,
    )
    said = Said(
        _("For you to read: {call}").format(call=seat.call_name),
        (
            words.format(count=left),
            _("What you have typed is kept, so that you can stop and go on at any time."),
            _("If you recognise somebody, say so with one press and read on."),
        ),
        _("Start reading"),
    )
    return Written(said, reverse("jury"), is_private=True)
