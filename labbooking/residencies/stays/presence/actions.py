"""Nights away are noted, guests announced and decided on."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import NotThere, Refusal, Refused, WrongState
from labbooking.lengths import LONGEST_LINE
from labbooking.residencies.stays.actions.locked import locked_stay, refuse_over
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.presence.models import (
    STILL_COMES,
    Absence,
    AbsenceReason,
    Guest,
    GuestState,
)
from labbooking.residencies.stays.presence.queries import presence_of
from labbooking.residencies.stays.presence.rules import guest_limits, outside
from residents.models import User

MOST_ROWS = 100


@transaction.atomic
def note_absence(
    stay_id: int, *, from_on: date, until_on: date, reason: str, by: User, at: datetime
) -> Absence:
    """The nights from `from_on` on; too many of them are no reason to refuse it, but it is told.

    Raises `NotThere`, `WrongState`, `Refused` and `ValidationError`.
    """
    stay = locked_stay(stay_id, by)
    refuse_over(stay)
    if reason not in AbsenceReason.values:
        raise ValidationError({"reason": _("Choose one of the reasons.")})
    _refuse(outside((from_on, until_on), (stay.first, stay.last)))
    _refuse_more(stay.absences.count())
    was_enough = presence_of(stay, stay.absences.all()).is_enough
    absence = Absence.objects.create(
        stay=stay, from_on=from_on, until_on=until_on, reason=reason, noted_at=at
    )
    tell("stay.absence_noted", stay, by=by, at=at, nights=absence.nights)
    if was_enough and not presence_of(stay, stay.absences.all()).is_enough:
        tell("stay.presence_low", stay, by=None, at=at)
    return absence


@transaction.atomic
def change_absence(stay_id: int, absence_id: int, *, do: str, by: User, at: datetime) -> Stay:
    """`do` is `remove`, or, by staff, `excuse`. Nights that have come are on record: from then on
    staff alone remove them. Raises `NotAllowed`, `NotThere` and `WrongState`."""
    stay = locked_stay(stay_id, by)
    absence = Absence.objects.filter(stay=stay, pk=absence_id).first()
    if absence is None:
        raise NotThere
    if do == "excuse":
        only_staff(by)
        absence.excused = True
        absence.save(update_fields=["excused"])
        tell("stay.absence_excused", stay, by=by, at=at, nights=absence.nights)
        return stay
    if absence.excused:
        only_staff(by)
    if absence.from_on <= at.astimezone(stay.studio.zone).date() and not by.is_lab_staff:
        raise WrongState(_("These nights have begun. Please speak with staff."))
    tell("stay.absence_removed", stay, by=by, at=at, nights=absence.nights)
    absence.delete()
    return stay


@transaction.atomic
def announce_guest(
    stay_id: int, *, name: str, from_on: date, until_on: date, by: User, at: datetime
) -> Guest:
    """Staff agree, or do not. Raises `NotThere`, `WrongState`, `Refused` with every limit of the
    terms that stands against it, and `ValidationError`."""
    stay = locked_stay(stay_id, by)
    refuse_over(stay)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_LINE or not name.isprintable():
        raise ValidationError({"name": _("Say who comes.")})
    span = (from_on, until_on)
    _refuse(outside(span, (stay.first, stay.last)))
    others = stay.guests.exclude(state=GuestState.REFUSED)
    taken = list(others.values_list("from_on", "until_on"))
    _refuse(guest_limits(span, taken, stay.rules))
    _refuse_more(stay.guests.count())
    guest = Guest.objects.create(
        stay=stay, name=name, from_on=from_on, until_on=until_on, announced_at=at
    )
    tell("stay.guest_announced", stay, by=by, at=at, nights=guest.nights)
    return guest


@transaction.atomic
def decide_guest(
    stay_id: int, guest_id: int, *, agreed: bool, reason: str = "", by: User, at: datetime
) -> Guest:
    """Raises `NotAllowed`, `NotThere`, and `WrongState` where it is decided, or they are gone."""
    only_staff(by)
    stay = locked_stay(stay_id, by)
    guest = _guest(stay, guest_id)
    if guest.state != GuestState.ANNOUNCED:
        raise WrongState(_("That has been decided already."))
    if len(reason) > LONGEST_LINE or "\0" in reason:
        raise ValidationError({"reason": _("Say it in fewer words.")})
    guest.state = GuestState.AGREED if agreed else GuestState.REFUSED
    guest.reason, guest.decided_at = reason, at
    guest.save(update_fields=["state", "reason", "decided_at"])
    tell("stay.guest_decided", stay, by=by, at=at, guest=guest.pk, agreed=agreed)
    return guest


@transaction.atomic
def guest_is_gone(stay_id: int, guest_id: int, *, by: User, at: datetime) -> Stay:
    """They have left; or they do not come after all, then nothing is left of it."""
    stay = locked_stay(stay_id, by)
    guest = _guest(stay, guest_id)
    if guest.state not in STILL_COMES:
        raise WrongState(_("This guest does not come, or has left already."))
    today = at.astimezone(stay.studio.zone).date()
    if today <= guest.from_on:
        guest.delete()
    else:
        guest.state, guest.until_on = GuestState.GONE, min(guest.until_on, today)
        guest.save(update_fields=["state", "until_on"])
    tell("stay.guest_gone", stay, by=by, at=at)
    return stay


def _guest(stay: Stay, guest_id: int) -> Guest:
    guest = Guest.objects.filter(stay=stay, pk=guest_id).first()
    if guest is None:
        raise NotThere
    return guest


def _refuse_more(count: int) -> None:
    if count >= MOST_ROWS:
        raise WrongState(_("There are too many already. Please speak with staff."))


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(" ".join(each.message for each in refusals), refusals=tuple(refusals))
