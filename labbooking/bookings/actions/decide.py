"""Staff decide on a request: yes, or no with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.approved_time import UNGRANTED
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.states import State
from labbooking.bookings.transaction.answers import answer_step, theirs_to_answer
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import allocations_of
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import (
    only_staff,
    open_dates,
    refuse_what_is_gone,
)
from labbooking.bookings.transaction.state_changes import change_state
from labbooking.errors import Malformed
from residents.models import User


def approve(
    booking_id: int,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    scope: Scope = Scope.ALL,
    step: int | None = None,
) -> list[Booking]:
    """Staff say yes; of a series to all dates that wait, unless the scope is narrower.

    Where it is decided on in steps, it goes on to the next one, and the last yes confirms it. Dates
    at another step stay there. `step` is the number of the one that is answered. Raises
    `NotAllowed` where it is somebody else's, and `WrongState` where it has been answered meanwhile,
    its person has left or a thing of it is out of service by now.
    """
    booking = visible_booking(by, booking_id)
    only_staff(by)
    with transaction.atomic():
        return _decide(booking, State.APPROVED, by, at, reason, scope, step)


def decline(
    booking_id: int,
    *,
    by: User,
    at: datetime,
    reason: str,
    scope: Scope = Scope.ALL,
    step: int | None = None,
) -> list[Booking]:
    """Staff say no and say why, at whichever step it is; the time is free again. Steps are gone
    through as by `approve`."""
    if not reason.strip():
        raise Malformed(_("Say why, so that the person knows what to do next."))
    booking = visible_booking(by, booking_id)
    only_staff(by)
    with passing_on(allocations_of(booking, scope), at, may_be_undone=True):
        return _decide(booking, State.DECLINED, by, at, reason, scope, step)


def _decide(
    booking: Booking,
    decision: State,
    by: User,
    at: datetime,
    reason: str,
    scope: Scope,
    step: int | None,
) -> list[Booking]:
    is_yes = decision is State.APPROVED
    dates = open_dates(booking, decision, at, scope)
    bookings = theirs_to_answer(dates, booking, by, at, step=step, is_yes=is_yes)
    if is_yes:
        refuse_what_is_gone(bookings)
    last = answer_step(bookings, is_yes=is_yes, by=by, at=at, words=reason)
    if last:
        said = {"decided_by": by, "decided_at": at, "reason": reason.strip()}
        change_state(last, decision, **said, **UNGRANTED)
        record_entries(f"booking.{decision}", last, by=by, at=at)
    return bookings
