"""What is done with a booking by API: decided, taken back, handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from ninja import Body

from labbooking.bookings import actions
from labbooking.bookings.api.schemas.acts import (
    ActIn,
    ActOnSeriesIn,
    ConfirmIn,
    DecisionIn,
)
from labbooking.bookings.api.schemas.bookings import BookingDetail
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.bookings.models import Booking
from labbooking.bookings.states import UNDO_WITHIN
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import (
    OF_A_ROLE,
    OWN_BOOKINGS,
    BearerToken,
    BrowserSession,
    SignedInRequest,
)

router = Router(tags=["bookings"])

NOTHING_SAID, NOTHING_SAID_OF_SERIES = ActIn(), ActOnSeriesIn()
NOT_APPROVED, NOT_DECIDED = ConfirmIn(), DecisionIn()
ACTED = {200: BookingDetail, **problems(400, 401, 403, 404, 409, 413, 415, 422, 429)}


def _acted(
    request: SignedInRequest, booking_id: int, act: Callable[..., list[Booking]], **said: Any
) -> BookingDetail:
    by, at = request.auth, timezone.now()
    return booking_detail(act(booking_id, by=by, at=at, **said)[0], by, at)


def _on_series(
    name: str,
    act: Callable[..., list[Booking]],
    words: str,
    *,
    auth: tuple[BearerToken | BrowserSession, ...],
    with_reason: bool = True,
) -> None:
    """An endpoint of this name. Without a `scope` it is about the dates the act is for."""

    def endpoint(
        request: SignedInRequest,
        booking_id: int,
        said: Body[ActOnSeriesIn] = NOTHING_SAID_OF_SERIES,
    ) -> BookingDetail:
        scope = {"scope": said.scope} if said.scope else {}
        reason = {"reason": said.reason} if with_reason else {}
        return _acted(request, booking_id, act, **scope, **reason)

    endpoint.__name__, endpoint.__doc__ = name, words
    router.post(f"bookings/{{int:booking_id}}/{name}", response=ACTED, auth=auth)(endpoint)


@router.post("bookings/{int:booking_id}/approve", response=ACTED, auth=OF_A_ROLE)
def approve(
    request: SignedInRequest, booking_id: int, said: Body[DecisionIn] = NOT_DECIDED
) -> BookingDetail:
    """Staff say yes; of a series to all dates that wait, unless `scope` says otherwise.

    In steps only to those that wait at the same one.
    """
    return _decided(request, booking_id, actions.approve, said)


@router.post("bookings/{int:booking_id}/decline", response=ACTED, auth=OF_A_ROLE)
def decline(
    request: SignedInRequest, booking_id: int, said: Body[DecisionIn] = NOT_DECIDED
) -> BookingDetail:
    """Staff say no, with a `reason`."""
    return _decided(request, booking_id, actions.decline, said)


def _decided(
    request: SignedInRequest, booking_id: int, act: Callable[..., list[Booking]], said: DecisionIn
) -> BookingDetail:
    scope = {"scope": said.scope} if said.scope else {}
    return _acted(request, booking_id, act, reason=said.reason, step=said.step, **scope)


@router.post("bookings/{int:booking_id}/confirm", response=ACTED, auth=OWN_BOOKINGS)
def confirm(
    request: SignedInRequest, booking_id: int, said: Body[ConfirmIn] = NOT_APPROVED
) -> BookingDetail:
    """Ask for a time that is held for you, as after a wait for it."""
    by, at = request.auth, timezone.now()
    asked = actions.confirm(booking_id, by=by, at=at, reply=said.reply, approve=said.approve)
    return booking_detail(asked, by, at)


_on_series(
    "withdraw",
    actions.withdraw,
    "Take a request back before it is decided, or let a held time go.",
    auth=OWN_BOOKINGS,
    with_reason=False,
)
_on_series(
    "cancel",
    actions.cancel,
    "Give up a confirmed booking; too late for the house rules only staff can, with a `reason`.",
    auth=OWN_BOOKINGS,
)


@router.post("bookings/{int:booking_id}/check-in", response=ACTED, auth=OWN_BOOKINGS)
def check_in(
    request: SignedInRequest, booking_id: int, said: Body[ActIn] = NOTHING_SAID
) -> BookingDetail:
    """Hand over; where the house rules let people help themselves, they do it alone."""
    return _acted(request, booking_id, actions.check_in, reason=said.reason)


@router.post("bookings/{int:booking_id}/nudge", response=ACTED, auth=OWN_BOOKINGS)
def nudge(request: SignedInRequest, booking_id: int) -> BookingDetail:
    """Let whoever still has your place know that you wait there, once; they get an e-mail.

    Where check-in is refused as `still_in_use`, it waits for the other's end or check-out.
    """
    return _acted(request, booking_id, actions.nudge)


@router.post("bookings/{int:booking_id}/check-out", response=ACTED, auth=OWN_BOOKINGS)
def check_out(
    request: SignedInRequest, booking_id: int, said: Body[ActIn] = NOTHING_SAID
) -> BookingDetail:
    """Take back; what is left of the time is free again."""
    return _acted(request, booking_id, actions.check_out)


@router.post(
    "bookings/{int:booking_id}/undo-handover",
    description=f"""Take your own check-in or check-out back within {UNDO_WITHIN.seconds} seconds;
the booking is confirmed, or in use, as before.

Where somebody else has taken the time meanwhile, it stays given back.""",
    response=ACTED,
    auth=OWN_BOOKINGS,
)
def undo_handover(request: SignedInRequest, booking_id: int) -> BookingDetail:
    return _acted(request, booking_id, actions.undo_handover)
