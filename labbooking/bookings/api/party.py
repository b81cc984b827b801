"""Who comes along to a booking, by API."""

from __future__ import annotations

from django.utils import timezone
from ninja import Body, Status

from labbooking.bookings import actions
from labbooking.bookings.api.acts import ACTED
from labbooking.bookings.api.schemas.bookings import BookingDetail
from labbooking.bookings.api.schemas.party import PartyChangeIn, PartyLeaveIn
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.bookings.demand.spec import Scope
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["bookings"])
THIS_DATE = PartyLeaveIn()


@router.post("bookings/{int:booking_id}/party", response=ACTED, auth=OWN_BOOKINGS)
def change_party(request: SignedInRequest, booking_id: int, said: PartyChangeIn) -> BookingDetail:
    """Say who comes along; whoever is added or removed hears of it by e-mail.

    Where a thing says how many people it holds, more are refused as `over_capacity`.
    """
    by, at = request.auth, timezone.now()
    changed = actions.change_party(
        booking_id,
        by=by,
        at=at,
        add=said.add,
        remove=said.remove,
        people=said.people,
        scope=said.scope or Scope.ONE,
    )
    return booking_detail(changed[0], by, at)


@router.post(
    "bookings/{int:booking_id}/party/leave",
    response={204: None, **problems(400, 401, 403, 404, 409, 413, 415, 429)},
    auth=OWN_BOOKINGS,
)
def leave_party(
    request: SignedInRequest, booking_id: int, said: Body[PartyLeaveIn] = THIS_DATE
) -> Status[None]:
    """Take part no longer in a booking of somebody else, who hears of it by e-mail."""
    scope = said.scope or Scope.ONE
    actions.leave_party(booking_id, by=request.auth, at=timezone.now(), scope=scope)
    return Status(204, None)
