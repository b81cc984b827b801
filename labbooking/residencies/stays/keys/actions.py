"""Keys are handed out and come back. Staff do."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.residencies.stays.actions.locked import locked_stay, refuse_over
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.keys.models import LONGEST_TAG, KeyHandout
from residents.models import User


@transaction.atomic
def hand_out_key(stay_id: int, *, tag: str, by: User, at: datetime) -> KeyHandout:
    """Raises `NotAllowed`, `NotThere`, `Malformed`, and `WrongState` where the stay is over or
    somebody has this key: the database has the last word."""
    only_staff(by)
    stay = locked_stay(stay_id, by)
    tag = " ".join(tag.split())
    if not tag or len(tag) > LONGEST_TAG or not tag.isprintable():
        raise Malformed(_("Say what is written on the key’s tag."))
    refuse_over(stay)
    try:
        with transaction.atomic():
            key = KeyHandout.objects.create(stay=stay, tag=tag, out_at=at, out_by=by)
    except IntegrityError as error:
        raise WrongState(_with_whom(tag)) from error
    tell("stay.key_out", stay, by=by, at=at, tag=tag)
    return key


def _with_whom(tag: str) -> str:
    known = KeyHandout.objects.filter(tag__iexact=tag, back_at=None)
    found = known.select_related("stay__booking__person").first()
    if found is None:
        return _("Something has changed meanwhile. Please look again.")
    return _("Key {tag} is with {name}.").format(tag=tag, name=found.stay.booking.person)


@transaction.atomic
def take_back_key(stay_id: int, key_id: int, *, by: User, at: datetime) -> KeyHandout:
    """Raises `NotAllowed`, `NotThere`, and `WrongState` where it is back already."""
    only_staff(by)
    stay = locked_stay(stay_id, by)
    key = KeyHandout.objects.filter(stay=stay, pk=key_id).first()
    if key is None:
        raise NotThere(_("There is no such key."))
    if key.back_at:
        raise WrongState(_("This key is back already."))
    key.back_at, key.back_by = at, by
    key.save(update_fields=["back_at", "back_by"])
    tell("stay.key_back", stay, by=by, at=at, tag=key.tag)
    return key
