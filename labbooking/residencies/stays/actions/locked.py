"""A stay as it is now, locked, and who may do what with it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, WrongState
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.queries import find_stay, no_such_stay
from labbooking.residencies.stays.states import TAKES_PLACE, WITH_A_FILE
from residents.models import User


def locked_stay(pk: int, by: User, *, even_closed: bool = False) -> Stay:
    """Whoever acts on the same one waits. Raises `NotThere`, and `WrongState` for a closed file."""
    rows = Stay.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk)
    if not rows.values("pk").first():
        raise no_such_stay()
    stay = find_stay(by, pk)
    if stay.is_closed and not even_closed:
        raise WrongState(_("The file of this stay is closed. Staff can open it again."))
    return stay


def refuse_over(stay: Stay) -> None:
    """Raises `WrongState` unless it lies ahead or somebody is here."""
    if stay.booking.state not in TAKES_PLACE:
        raise WrongState(_("This stay is over, or does not take place."))


def refuse_called_off(stay: Stay) -> None:
    """Raises `WrongState` where it never takes place; what is over may be written up."""
    if stay.booking.state not in WITH_A_FILE:
        raise WrongState(_("This stay does not take place."))


def only_the_resident(stay: Stay, by: User) -> None:
    if by.pk != stay.booking.person_id:
        raise NotAllowed(_("Only the person who stays can do that."))
