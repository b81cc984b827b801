"""Somebody takes a place in a slot, and gives it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, NotThere, Refused, SlotTaken, WrongState
from labbooking.inductions.actions.locked import locked_slot, places_of, refuse_what_is_over
from labbooking.inductions.entries import tell
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.inductions.queries import places_ahead
from labbooking.inductions.validity import valid_until
from labbooking.period import DAY
from residents.models import User

WORTH_RENEWING = 30 * DAY
"""Who has the induction may have it renewed where it is valid for so much longer afterwards."""


@transaction.atomic
def take_place(pk: int, *, by: User, at: datetime) -> InductionPlace:
    """The person first, then the slot: two presses of one person follow each other.

    Raises `NotAllowed`, `NotThere`, `Refused` where it would be of no use, `SlotTaken` where it is
    full, and `WrongState` where it has begun, is called off, or is theirs already.
    """
    rows = User.objects.select_for_update(of=("self",), no_key=True)
    person = rows.get(pk=by.pk)
    if not person.may_book:
        raise NotAllowed(_("This account cannot book."))
    slot = locked_slot(pk)
    refuse_what_is_over(slot, at)
    _refuse_useless(person, slot, at)
    place = InductionPlace.objects.create(
        slot=slot, person=person, number=_free_number(slot), taken_at=at
    )
    tell("induction.place_taken", slot, by=person, at=at, person=person)
    return place


def _refuse_useless(person: User, slot: InductionSlot, at: datetime) -> None:
    if slot.taken.filter(person=person).exists():
        raise WrongState(_("You have a place there already."))
    if person.stays_until and person.stays_until < slot.ends_at:
        raise Refused(_("Your account ends before that."))
    if places_ahead(person, at).filter(slot__topic=slot.topic).exists():
        raise Refused(_("You have a place at another time. Give that one back first."))
    enough = valid_until(slot.topic, slot.ends_at) - WORTH_RENEWING
    given = person.inductions.filter(topic=slot.topic)
    if any(each.holds_at(at) and each.holds_at(enough) for each in given):
        raise Refused(_("You have this induction already."))


def _free_number(slot: InductionSlot) -> int:
    """Of a slot that is locked. Raises `SlotTaken`."""
    taken = {each.number for each in places_of(slot)}
    for number in range(1, slot.people + 1):
        if number not in taken:
            return number
    raise SlotTaken(_("All places are taken."))


@transaction.atomic
def give_back(pk: int, person: User, *, by: User, at: datetime) -> InductionSlot:
    """One's own place, or staff somebody's, until it begins.

    Raises `NotAllowed`, `NotThere`, and `WrongState` for what has begun or is called off.
    """
    if by != person and not by.is_lab_staff:
        raise NotAllowed(_("Only lab staff can do that."))
    slot = locked_slot(pk)
    place = slot.taken.filter(person=person).first()
    if place is None:
        raise NotThere(_("There is no such place."))
    refuse_what_is_over(slot, at)
    place.delete()
    tell("induction.place_given_back", slot, by=by, at=at, person=person)
    return slot


@transaction.atomic
def give_all_back(
    person: User, *, by: User | None, at: datetime, after: datetime | None = None
) -> int:
    """Whoever leaves keeps no place in what ends after that; how many they were."""
    places = InductionPlace.objects.filter(
        Q(slot__ends_at__gt=after or at), person=person, slot__starts_at__gt=at
    )
    keys = list(places.order_by("slot_id").values_list("slot_id", flat=True))
    for key in keys:
        slot = locked_slot(key)
        slot.taken.filter(person=person).delete()
        tell("induction.place_given_back", slot, by=by, at=at, person=person)
    return len(keys)


@transaction.atomic
def take_places_along(goes: User, stays: User) -> int:
    """What the one account had is the other's; in a slot where both had one, a place is free."""
    places = InductionPlace.objects.filter(person=goes)
    keys = list(places.order_by("slot_id").values_list("slot_id", flat=True))
    for key in keys:
        slot = locked_slot(key)
        if slot.taken.filter(person=stays).exists():
            slot.taken.filter(person=goes).delete()
        else:
            slot.taken.filter(person=goes).update(person=stays)
    return len(keys)
