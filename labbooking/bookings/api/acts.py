"""What is done with a booking by API: decided, taken back, handed over."""

from __future__ import annotations

from django.utils import timezone
from ninja import Body, Router

from labbooking.bookings import actions
from labbooking.bookings.api.schemas.acts import ActIn, ActOnSeriesIn
from labbooking.bookings.api.schemas.bookings import BookingDetail
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.bookings.demand.spec import Scope
from labbooking.wire.problems import problems
from residents.authentication import SignedInRequest

router = Router(tags=["bookings"])

NOTHING_SAID, NOTHING_SAID_OF_SERIES = ActIn(), ActOnSeriesIn()
ACTED = {200: BookingDetail, **problems(400, 401, 403, 404, 409, 413, 415, 422, 429)}


@router.post("bookings/{int:booking_id}/approve", response=ACTED)
def approve(
    request: SignedInRequest, booking_id: int, said: Body[ActOnSeriesIn] = NOTHING_SAID_OF_SERIES
) -> BookingDetail:
    """Staff say yes; of a series to all dates that wait, unless `scope` says otherwise."""
    by, at, scope = request.auth, timezone.now(), said.scope or Scope.ALL
    acted = actions.approve(booking_id, by=by, at=at, reason=said.reason, scope=scope)
    return booking_detail(acted[0], by, at)


@router.post("bookings/{int:booking_id}/decline", response=ACTED)
def decline(
    request: SignedInRequest, booking_id: int, said: Body[ActOnSeriesIn] = NOTHING_SAID_OF_SERIES
) -> BookingDetail:
    """Staff say no, with a `reason`."""
    by, at, scope = request.auth, timezone.now(), said.scope or Scope.ALL
    acted = actions.decline(booking_id, by=by, at=at, reason=said.reason, scope=scope)
    return booking_detail(acted[0], by, at)


@router.post("bookings/{int:booking_id}/confirm", response=ACTED)
def confirm(request: SignedInRequest, booking_id: int) -> BookingDetail:
    """Ask for a time that is held for you, as after a wait for it."""
    by, at = request.auth, timezone.now()
    return booking_detail(actions.confirm(booking_id, by=by, at=at), by, at)


@router.post("bookings/{int:booking_id}/withdraw", response=ACTED)
def withdraw(
    request: SignedInRequest, booking_id: int, said: Body[ActOnSeriesIn] = NOTHING_SAID_OF_SERIES
) -> BookingDetail:
    """Take a request back before it is decided, or let a held time go."""
    by, at, scope = request.auth, timezone.now(), said.scope or Scope.ALL
    acted = actions.withdraw(booking_id, by=by, at=at, scope=scope)
    return booking_detail(acted[0], by, at)


@router.post("bookings/{int:booking_id}/cancel", response=ACTED)
def cancel(
    request: SignedInRequest, booking_id: int, said: Body[ActOnSeriesIn] = NOTHING_SAID_OF_SERIES
) -> BookingDetail:
    """Give up a confirmed booking; too late for the house rules only staff can, with a `reason`."""
    by, at, scope = request.auth, timezone.now(), said.scope or Scope.ONE
    acted = actions.cancel(booking_id, by=by, at=at, reason=said.reason, scope=scope)
    return booking_detail(acted[0], by, at)


@router.post("bookings/{int:booking_id}/check-in", response=ACTED)
def check_in(
    request: SignedInRequest, booking_id: int, said: Body[ActIn] = NOTHING_SAID
) -> BookingDetail:
    """Hand over; where the house rules let people help themselves, they do it alone."""
    by, at = request.auth, timezone.now()
    acted = actions.check_in(booking_id, by=by, at=at, reason=said.reason)
    return booking_detail(acted[0], by, at)


@router.post("bookings/{int:booking_id}/check-out", response=ACTED)
def check_out(
    request: SignedInRequest, booking_id: int, said: Body[ActIn] = NOTHING_SAID
) -> BookingDetail:
    """Take back; what is left of the time is free again."""
    by, at = request.auth, timezone.now()
    acted = actions.check_out(booking_id, by=by, at=at)
    return booking_detail(acted[0], by, at)
