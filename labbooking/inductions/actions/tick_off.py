"""Who was there is ticked off, and has the induction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import Refused, WrongState
from labbooking.inductions.actions.locked import locked_slot, only_staff, places_of
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.inductions.validity import valid_until
from residents.actions import give_induction
from residents.models import User


@transaction.atomic
def tick_off(pk: int, people: Collection[int], *, by: User, at: datetime) -> list[User]:
    """Those of `people` (primary keys) who were not ticked off before; each has the induction from
    now on, for as long as the house rules say. All of them or nobody.

    Raises `NotAllowed`, `NotThere`, `WrongState` where it has not begun or was called off, and
    `Refused` for somebody without a place, or who could not book.
    """
    only_staff(by)
    slot = locked_slot(pk)
    if slot.called_off_at:
        raise WrongState(_("This appointment has been called off."))
    if not slot.has_begun(at):
        raise WrongState(_("This appointment has not begun yet."))
    places = {each.person_id: each for each in places_of(slot)}
    if not people or not places.keys() >= set(people):
        raise Refused(_("Choose those who were there from those who have a place."))
    there = [places[key] for key in sorted(people) if places[key].inducted_at is None]
    for place in there:
        _give(slot, place, by, at)
    return [each.person for each in there]


def _give(slot: InductionSlot, place: InductionPlace, by: User, at: datetime) -> None:
    until = valid_until(slot.topic, at)
    try:
        give_induction(place.person, slot.topic, by=by, at=at, valid_until=until)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    place.inducted_at = at
    place.save(update_fields=["inducted_at"])
