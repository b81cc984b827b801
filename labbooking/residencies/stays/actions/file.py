"""The file of a stay is opened, closed and opened again. Staff do."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.bookings.queries import no_such_booking
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Refusal, Refused, WrongState
from labbooking.residencies.stays.actions.locked import locked_stay, only_the_resident
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.opening import write_stay
from labbooking.residencies.stays.states import TAKES_PLACE
from residents.models import User


@transaction.atomic
def open_stay(booking_id: int, *, by: User, at: datetime) -> Stay:
    """Asked twice, it is the same file.

    Raises `NotAllowed`, `NotThere`, and `WrongState` unless a studio is confirmed.
    """
    only_staff(by)
    rows = Booking.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=booking_id).first()
    if found is None:
        raise no_such_booking()
    return write_stay(found, by=by, at=at)


@transaction.atomic
def close_file(stay_id: int, *, by: User, at: datetime) -> Stay:
    """Raises `NotAllowed`, `NotThere`, `WrongState`, and `Refused` with all that is still open."""
    only_staff(by)
    stay = locked_stay(stay_id, by)
    if standing := still_open(stay):
        raise Refused(" ".join(each.message for each in standing), refusals=tuple(standing))
    stay.closed_at = at
    stay.save(update_fields=["closed_at"])
    tell("stay.file_closed", stay, by=by, at=at)
    return stay


def still_open(stay: Stay) -> list[Refusal]:
    found: list[Refusal] = []
    if stay.booking.state in TAKES_PLACE:
        found.append(Refusal("still_here", _("The stay is not over.")))
    if tags := list(stay.keys.filter(back_at=None).values_list("tag", flat=True)):
        message = _("A key is still out: {tags}.")
        found.append(Refusal("keys_out", message.format(tags=", ".join(tags))))
    if stay.deposit_in_at and not stay.deposit_back_at:
        found.append(Refusal("deposit_kept", _("The deposit has not been settled.")))
    return found


@transaction.atomic
def reopen_file(stay_id: int, *, by: User, at: datetime) -> Stay:
    """Raises `NotAllowed`, `NotThere`, and `WrongState` where it is open."""
    only_staff(by)
    stay = locked_stay(stay_id, by, even_closed=True)
    if not stay.is_closed:
        raise WrongState(_("The file of this stay is open."))
    stay.closed_at, stay.reopened_at = None, at
    stay.save(update_fields=["closed_at", "reopened_at"])
    tell("stay.file_reopened", stay, by=by, at=at)
    return stay


@transaction.atomic
def say_where_one_lives(stay_id: int, in_germany: bool, *, by: User, at: datetime) -> Stay:
    """For what the resident is told of registering; nobody but them says it."""
    stay = locked_stay(stay_id, by)
    only_the_resident(stay, by)
    if stay.lives_in_germany is not in_germany:
        stay.lives_in_germany = in_germany
        stay.save(update_fields=["lives_in_germany"])
        tell("stay.home_said", stay, by=by, at=at)
    return stay
