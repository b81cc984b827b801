"""A slot as it is now, locked: whoever acts on the same one waits."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, NotThere, WrongState
from labbooking.inductions.models import InductionPlace, InductionSlot
from residents.models import User


def locked_slot(pk: int) -> InductionSlot:
    """Raises `NotThere`."""
    rows = InductionSlot.objects.select_for_update(of=("self",), no_key=True)
    slot = rows.filter(pk=pk).first()
    if slot is None:
        raise NotThere(_("There is no such appointment."))
    return slot


def places_of(slot: InductionSlot) -> list[InductionPlace]:
    """The places of a slot that is locked: nobody takes one or gives one back meanwhile."""
    return list(slot.taken.select_related("person").order_by("number"))


def only_staff(by: User) -> None:
    """Raises `NotAllowed`."""
    if not (by.is_active and by.is_lab_staff):
        raise NotAllowed(_("Only lab staff can do that."))


def refuse_what_is_over(slot: InductionSlot, at: datetime) -> None:
    """Raises `WrongState`."""
    if slot.called_off_at:
        raise WrongState(_("This appointment has been called off."))
    if slot.has_begun(at):
        raise WrongState(_("This appointment has begun already."))
