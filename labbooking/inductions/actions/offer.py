"""Staff offer a time for an induction, change it, and call it off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.errors import Malformed, Refused, WrongState
from labbooking.inductions.actions.locked import (
    locked_slot,
    only_staff,
    places_of,
    refuse_what_is_over,
)
from labbooking.inductions.entries import tell
from labbooking.inductions.models import MOST_PEOPLE, InductionSlot
from labbooking.inductions.validity import topics
from labbooking.period import DAY, Period
from residents.models import User

LONGEST = DAY


@dataclass(frozen=True, slots=True)
class Offering:
    """What staff say of a slot."""

    period: Period
    location: str
    people: int
    given_by: User


@transaction.atomic
def offer(topic: str, offering: Offering, *, by: User, at: datetime) -> InductionSlot:
    """Raises `NotAllowed`, and `Malformed` or `Refused` for what cannot be offered."""
    only_staff(by)
    if topic not in topics():
        raise Refused(_("No house rule asks for this induction."))
    _refuse_impossible(offering, at)
    slot = InductionSlot.objects.create(topic=topic, offered_at=at, **_fields(offering))
    tell("induction.offered", slot, by=by, at=at)
    return slot


@transaction.atomic
def change(pk: int, offering: Offering, *, by: User, at: datetime) -> InductionSlot:
    """Everybody who has a place keeps it, and hears of another time or place.

    Raises as `offer` does, `NotThere`, and `WrongState` for what has begun or is called off.
    """
    only_staff(by)
    slot = locked_slot(pk)
    refuse_what_is_over(slot, at)
    _refuse_impossible(offering, at)
    before = (slot.period, slot.location), (slot.people, slot.given_by_id)
    _make_room(slot, offering.people)
    for name, value in _fields(offering).items():
        setattr(slot, name, value)
    new_giver = slot.given_by_id != before[1][1]
    if (slot.period, slot.location) != before[0]:
        slot.moved_at = at
        slot.taken.update(reminded_at=None)
        tell("induction.moved", slot, by=by, at=at, new_giver=new_giver)
    elif (slot.people, slot.given_by_id) != before[1]:
        tell("induction.changed", slot, by=by, at=at, new_giver=new_giver)
    slot.save()
    return slot


@transaction.atomic
def call_off(pk: int, *, by: User, at: datetime, reason: str = "") -> InductionSlot:
    """Whoever has a place is told, with the reason. Raises `NotAllowed`, `NotThere`, and
    `WrongState` for what has begun or is called off already."""
    only_staff(by)
    slot = locked_slot(pk)
    refuse_what_is_over(slot, at)
    slot.called_off_at, slot.reason = at, reason
    slot.save(update_fields=["called_off_at", "reason"])
    tell("induction.called_off", slot, by=by, at=at)
    return slot


def _fields(offering: Offering) -> dict[str, object]:
    return {
        "starts_at": offering.period.start,
        "ends_at": offering.period.end,
        "location": offering.location,
        "people": offering.people,
        "given_by": offering.given_by,
        "giver_missed_at": None,
    }


def _refuse_impossible(offering: Offering, at: datetime) -> None:
    if offering.period.start <= at:
        raise Refused(_("The appointment must begin in the future."))
    if offering.period.length > LONGEST:
        raise Refused(_("An induction lasts at most a day."))
    if not 1 <= offering.people <= MOST_PEOPLE:
        message = _("Between 1 and {most} people can come to one induction.")
        raise Refused(message.format(most=MOST_PEOPLE))
    if not offering.location:
        raise Malformed(_("Say where it takes place."))
    if not (offering.given_by.is_active and offering.given_by.is_lab_staff):
        raise Refused(_("Only lab staff give inductions."))


def _make_room(slot: InductionSlot, people: int) -> None:
    """Where fewer may come, the places taken move together; the lowest numbers stay.

    Raises `WrongState` where more have a place than may come.
    """
    places = places_of(slot)
    if len(places) > people:
        message = ngettext(
            "{count} person has a place already: it cannot be for fewer.",
            "{count} people have a place already: it cannot be for fewer.",
            len(places),
        )
        raise WrongState(message.format(count=len(places)))
    for number, place in enumerate(places, start=1):
        if place.number != number:
            place.number = number
            place.save(update_fields=["number"])
