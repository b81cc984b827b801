"""Staff call a call off, close it before its time, and put it away."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import WrongState
from labbooking.residencies.calls.actions.locked import locked_call, turned
from labbooking.residencies.calls.announcing import take_away
from labbooking.residencies.calls.entries import tell
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CAN_BE_ARCHIVED, CAN_BE_CALLED_OFF, CallState
from residents.models import User


@transaction.atomic
def call_off(slug: str, reason: tuple[str, str] = ("", ""), *, by: User, at: datetime) -> Call:
    """It does not take place; its page says so, with the reason in German and English.

    Raises `NotAllowed`, `NotThere`, `ValidationError` for a reason in one language only, and
    `WrongState` where it is not published, or over.
    """
    only_staff(by)
    call = locked_call(slug, at)
    if call.state not in CAN_BE_CALLED_OFF:
        raise WrongState(_("Only what is published and has not closed can be called off."))
    call.reason_de, call.reason_en = reason
    _refuse_half(call)
    turned(call, at)
    call.state, call.called_off_at = CallState.CALLED_OFF, at
    call.full_clean(validate_constraints=False)
    call.save()
    take_away(call, by=by, at=at)
    tell("call.called_off", call, by=by, at=at)
    return call


def _refuse_half(call: Call) -> None:
    if bool(call.reason_de) != bool(call.reason_en):
        missing = "reason_en" if call.reason_de else "reason_de"
        raise ValidationError({missing: _("Say it in both languages, or in none.")})


@transaction.atomic
def close_now(slug: str, *, by: User, at: datetime) -> Call:
    """The deadline is now. Raises `NotAllowed`, `NotThere`, and `WrongState` unless it is open."""
    only_staff(by)
    call = locked_call(slug, at)
    if call.state != CallState.OPEN or at <= call.opens_at:
        raise WrongState(_("Only a call that is open can be closed."))
    was_to_close_at, call.closes_at = call.closes_at, at
    turned(call, at)
    call.state = CallState.CLOSED
    call.save()
    take_away(call, by=by, at=at)
    tell("call.closed", call, by=by, at=at, was_to_close_at=was_to_close_at.isoformat())
    return call


@transaction.atomic
def archive(slug: str, *, by: User, at: datetime) -> Call:
    """Off every list; who has the address of one that was published still reads it.

    Raises `NotAllowed`, `NotThere`, and `WrongState` for what is announced or open.
    """
    only_staff(by)
    call = locked_call(slug, at)
    if call.state not in CAN_BE_ARCHIVED:
        raise WrongState(_("What is announced or open is called off or closed first."))
    turned(call, at)
    call.state = CallState.ARCHIVED
    call.save()
    take_away(call, by=by, at=at)
    tell("call.archived", call, by=by, at=at)
    return call
