"""What staff do for people, and people for themselves. An induction is an entry in the journal."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking import pictures
from labbooking.journal.record import Happening, Touched, record
from residents.induction_requests import asked_at
from residents.models import Induction, User
from residents.signin.entries import tell

A_YEAR = timedelta(days=365)


@transaction.atomic
def give_induction(
    person: User, topic: str, *, by: User, at: datetime, valid_until: datetime | None = None
) -> Induction:
    """Staff inducted somebody on a topic; it holds for a year unless said otherwise.

    Giving it again renews it. Raises `PermissionDenied` and `ValidationError`.
    """
    _only_staff(by)
    valid_until = valid_until or at + A_YEAR
    if valid_until <= at:
        raise ValidationError(_("An induction must be valid for some time."), code="over_at_once")
    if not person.may_book:
        message = _("{name} cannot book, so an induction would be of no use.")
        raise ValidationError(message.format(name=person), code="cannot_book")
    induction = Induction(
        person=person, topic=topic, given_by=by, given_at=at, valid_until=valid_until
    )
    induction.full_clean()
    induction.save()
    _tell("induction.given", induction, by, at)
    return induction


@transaction.atomic
def request_induction(topic: str, *, by: User, at: datetime) -> None:
    """Somebody asks the desk for an induction. Raises `ValidationError` where that is of no use:
    for who has one, has just asked, or cannot book.
    """
    by = User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if not by.may_book:
        raise ValidationError(_("This account cannot book."), code="cannot_book")
    if any(each.holds_at(at) for each in by.inductions.filter(topic=topic)):
        raise ValidationError(_("You have this induction already."), code="has_one")
    if asked_at(by, topic, at):
        raise ValidationError(_("You have asked already, and staff know."), code="asked")
    key = str(by.subject_key)
    touched = (Touched("subject", key, "person"), Touched("subject", key, "actor"))
    record(Happening("induction.requested", at, touched, {"topic": topic}))


@transaction.atomic
def withdraw_induction(induction_id: int, *, by: User, at: datetime) -> Induction:
    """Staff end an induction before its time; bookings already made stay as they are.

    Raises `PermissionDenied`, `Induction.DoesNotExist`, and `ValidationError` if it is over.
    """
    _only_staff(by)
    rows = Induction.objects.select_related("person").select_for_update(of=("self",), no_key=True)
    induction = rows.get(pk=induction_id)
    if not induction.holds_at(at):
        raise ValidationError(_("This induction is no longer valid."), code="over")
    induction.withdrawn_at = at
    induction.save(update_fields=["withdrawn_at"])
    _tell("induction.withdrawn", induction, by, at)
    return induction


def change_profile(
    person: User,
    *,
    name: str,
    about: str,
    language: str,
    time_zone: str,
    shown_in_house: bool = False,
    seeks: str = "",
    offers: str = "",
    shown_to_people: bool = False,
    portrait: pictures.Picture | None = None,
    remove_portrait: bool = False,
) -> User:
    """What people say about themselves. A new portrait takes the old one's place.

    Raises `ValidationError`.
    """
    with pictures.kept(portrait) as key, transaction.atomic():
        person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        person.name, person.about = name, about
        person.language, person.time_zone = language, time_zone
        person.shown_in_house, person.shown_to_people = shown_in_house, shown_to_people
        person.seeks, person.offers = seeks, offers
        before = person.portrait
        if key or remove_portrait:
            person.portrait = key
        _keep_profile(person, before)
    return person


def _keep_profile(person: User, portrait_before: str) -> None:
    person.full_clean(exclude=["password"])
    said = ["name", "about", "seeks", "offers", "language", "time_zone", "portrait"]
    person.save(update_fields=[*said, "shown_in_house", "shown_to_people"])
    if portrait_before and portrait_before != person.portrait:
        # One that cannot be deleted is logged: what takes its place is there already.
        transaction.on_commit(lambda: pictures.delete(portrait_before), robust=True)


@transaction.atomic
def renew_feed(person: User, *, at: datetime) -> uuid.UUID:
    """A new key for one's calendar; what has the old one sees nothing from now on."""
    key = uuid.uuid4()
    User.objects.filter(pk=person.pk).update(feed_key=key)
    tell("feed.renewed", person, by=person, at=at)
    return key


def _only_staff(by: User) -> None:
    if not by.is_lab_staff:
        raise PermissionDenied(_("Only lab staff can do that."))


def _tell(kind: str, induction: Induction, by: User, at: datetime) -> None:
    touched = (
        Touched("subject", str(induction.person.subject_key), "person"),
        Touched("subject", str(by.subject_key), "actor"),
    )
    until = induction.valid_until.isoformat() if induction.valid_until else None
    record(Happening(kind, at, touched, {"topic": induction.topic, "valid_until": until}))
