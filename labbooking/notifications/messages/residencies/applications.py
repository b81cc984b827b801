"""Mails to who applies: that it is here, that a draft lies there, and who is admitted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.residencies.applications import wording
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.when import full_day

TEMPLATES = {
    "application.submitted": "application_received",
    "application.late": "application_received",
    "application.reminded": "application_draft",
    "application.closing_soon": "call_closing_soon",
    "application.ineligible": "application_checked",
    "application.eligible": "application_checked",
}
KINDS = frozenset(TEMPLATES)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Who is admitted at once hears nothing of it: that is what they expect."""
    for entry in entries:
        if entry.kind == "application.eligible" and not entry.data.get("upheld"):
            continue
        if application := _of(entry):
            yield Planned(entry, application.person, TEMPLATES[entry.kind], at)


def _of(entry: Entry) -> Application | None:
    rows = Application.objects.filter(call__slug=entry.data["call"], code=entry.data["code"])
    return rows.select_related("call", "person", "terms").first()


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    application, kind = _of(notification.entry), notification.entry.kind
    if application is None or application.person_id != notification.recipient_id:
        return None
    if kind in ("application.submitted", "application.late"):
        return _received(application, notification.entry.at)
    if kind in ("application.reminded", "application.closing_soon"):
        return _draft(application, at, soon=kind == "application.closing_soon")
    return _checked(application, kind)


def _received(application: Application, told_at: datetime) -> Written | None:
    """With a copy of what was handed in; not where it was taken back or handed in anew since."""
    if application.submitted_at != told_at or not application.receipt:
        return None
    call = application.call
    sentences = [
        _("Thank you. Your application is here, and this is what you handed in."),
        _("Your code is {code}; it stands for you wherever the jury reads.").format(
            code=application.code
        ),
        _("You hear from us by {day}.").format(day=full_day(call.decision_on)),
        _("Until the deadline you can take it back and change it."),
    ]
    if application.late:
        sentences.pop()
    facts = [
        (_("Title"), application.title),
        *wording.in_short(application),
        *wording.texts(application),
        (_("Receipt"), wording.short_receipt(application)),
    ]
    said = Said(
        _("Your application is here: {call}").format(call=call.name),
        tuple(sentences),
        _("See my application"),
    )
    return Written(said, _page(application), facts, is_private=True)


def _draft(application: Application, at: datetime, *, soon: bool) -> Written | None:
    call = application.call
    if application.state != ApplicationState.DRAFT or at >= call.closes_at:
        return None
    headline = _("The call closes soon: {call}") if soon else _("Your draft is waiting: {call}")
    said = Said(
        headline.format(call=call.name),
        (
            _("You have begun an application and not handed it in."),
            _("The deadline: {moment}.").format(moment=wording.deadline(call, application.person)),
            _("If you no longer want to apply, there is nothing to do: drafts are deleted later."),
        ),
        _("Go on with my application"),
    )
    return Written(said, _page(application), is_private=True)


def _checked(application: Application, kind: str) -> Written | None:
    call = application.call
    if kind != f"application.{application.state}":
        return None
    if application.state == ApplicationState.ELIGIBLE:
        sentence = _("We have looked at it again: your application takes part after all.")
    else:
        sentence = _("Your application cannot take part in this call. The reason is below.")
    said = Said(
        _("Your application: {call}").format(call=call.name),
        (
            sentence,
            _("If you think that this is wrong, write to {email} before {day}.").format(
                email=call.email, day=full_day(call.decision_on)
            ),
        )
        if application.state == ApplicationState.INELIGIBLE
        else (sentence,),
        _("See my application"),
        reason=application.check_reason,
    )
    return Written(said, _page(application), is_private=True)


def _page(application: Application) -> str:
    """Who has no password comes to the page that sends them a link."""
    return reverse("apply", args=[application.call.slug])
