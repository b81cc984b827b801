"""Mails about what is kept no longer: a week before it goes, and once it has gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import subjects
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.wording import last_day_kept
from labbooking.residencies.calls.models import Call
from labbooking.residencies.retention.actions.stays import moment_of_stay
from labbooking.residencies.retention.due import COUNTED
from labbooking.residencies.retention.queries import moment_of
from labbooking.residencies.stays.models import Stay
from residents.models import Role, User

SOON = "data.about_to_go"
TEMPLATES = {SOON: "data_about_to_go", "data.gone": "data_gone"}
KINDS = frozenset(TEMPLATES)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Where it was of many, nobody is told."""
    if not entries:
        return
    keys = subjects(entries)
    found = User.objects.filter(subject_key__in=set(keys.values()), is_active=True)
    known = {str(each.subject_key): each for each in found}
    for entry in entries:
        if person := known.get(keys.get(entry.pk, "")):
            yield Planned(entry, person, TEMPLATES[entry.kind], at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active; none where it is no longer so."""
    data, person = notification.entry.data, notification.person
    if notification.entry.kind == SOON:
        if "stay" in data:
            return _stay_goes(data, person, at)
        return _application_goes(data, person, at)
    return _stay_gone(data, person) if "stay" in data else _application_gone(data, person)


def _application_goes(data: dict[str, Any], person: User, at: datetime) -> Written | None:
    rows = Application.objects.filter(pk=data["number"], person=person)
    found = rows.select_related("call", "person").first()
    moment = moment_of(found) if found else None
    if found is None or not _is_true(data, moment, at):
        return None
    words = _("The house deletes what it has of this application after {day}.")
    page = reverse("apply", args=[found.call.slug])
    return _soon(found.call.name, words.format(day=last_day_kept(moment)), page)


def _stay_goes(data: dict[str, Any], person: User, at: datetime) -> Written | None:
    stay = Stay.objects.filter(pk=data["stay"], person=person).select_related("terms").first()
    moment = moment_of_stay(stay) if stay else None
    if stay is None or not _is_true(data, moment, at):
        return None
    words = _(
        "After {day} the house deletes photos of your studio, whom you had as guests and why you"
        " were away."
    )
    page = reverse("stay", args=[stay.pk])
    return _soon(_("your stay"), words.format(day=last_day_kept(moment)), page)


def _is_true(data: dict[str, Any], moment: datetime | None, at: datetime) -> bool:
    return moment is not None and at < moment and moment.isoformat() == data["goes_at"]


def _soon(what: str, sentence: str, page: str) -> Written:
    said = Said(
        _("Deleted soon: {what}").format(what=what),
        (sentence, _("If you want to keep something of it, take it along before that.")),
        _("Look at it"),
    )
    return Written(said, page, is_private=True)


def _application_gone(data: dict[str, Any], person: User) -> Written | None:
    """A lab that was restored from before may have it again, until it goes once more."""
    call = Call.objects.filter(slug=data["call"]).first()
    if call is None or Application.objects.filter(pk=data["number"], person=person).exists():
        return None
    sentences = [_("What the house had of this application is deleted: words, works and files.")]
    if data["state"] in {each.value for each in COUNTED}:
        sentences.append(_("A number stays, of how many have applied; it says nothing of you."))
    others = Application.objects.filter(person=person).exists()
    if person.role == Role.APPLICANT and not others:
        sentences.append(_("Your account goes too, a week from now, unless you apply again."))
    said = Said(
        _("Deleted: {what}").format(what=call.name), tuple(sentences), _("Calls for applications")
    )
    return Written(said, reverse("calls"), is_private=True)


def _stay_gone(data: dict[str, Any], person: User) -> Written | None:
    stay = Stay.objects.filter(pk=data["stay"], person=person).first()
    if stay is None:
        return None
    said = Said(
        _("Deleted: {what}").format(what=_("your stay")),
        (
            _("Photos of your studio, whom you had as guests and why you were away are deleted."),
            _("The rest of the file stays, as bookings do."),
        ),
        _("Look at it"),
    )
    return Written(said, reverse("stay", args=[stay.pk]), is_private=True)
