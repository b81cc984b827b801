"""After an outage by API: staff see what fell due in it, and settle it."""

from __future__ import annotations

from django.utils import timezone
from ninja import Query

from labbooking.bookings.actions.outage import answers_to, settle
from labbooking.bookings.api.acts import ACTED
from labbooking.bookings.api.schemas.bookings import BookingDetail, Span
from labbooking.bookings.api.schemas.outages import (
    SettleIn,
    UnsettledFilter,
    UnsettledOut,
    UnsettledPage,
)
from labbooking.bookings.api.serializers.bookings import booking_detail, booking_out
from labbooking.bookings.queries import detailed
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.bookings.undecided import latest_outages, undecided
from labbooking.when import lab_zone
from labbooking.wire.cursor import Keyset, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OF_A_ROLE, SignedInRequest

router = Router(tags=["bookings"])

ORDER = Keyset(("starts_at", "pk"))


@router.get("after-outage/", response={200: UnsettledPage, **problems(400, 401, 403, 429)})
def list_unsettled(request: SignedInRequest, wanted: Query[UnsettledFilter]) -> UnsettledPage:
    """Tells staff what fell due while the house could not be reached and nobody has decided.

    Dates of a series that wait for one answer are told each; settling one settles all of them.
    """
    by, at, zone = request.auth, timezone.now(), lab_zone()
    only_staff(by)
    found, cursor = ORDER.page(detailed(undecided(at)), wanted.cursor, wanted.limit)
    return UnsettledPage(
        outages=[
            Span(starts_at=each.began_at.astimezone(zone), ends_at=each.ended_at.astimezone(zone))
            for each in latest_outages(at)
        ],
        items=[
            UnsettledOut(booking=booking_out(each, by, at), answers=list(answers_to(each, at)))
            for each in found
        ],
        next=next_page(request, cursor),
    )


@router.post("bookings/{int:booking_id}/settle", response=ACTED, auth=OF_A_ROLE)
def settle_booking(request: SignedInRequest, booking_id: int, said: SettleIn) -> BookingDetail:
    """Staff decide what the clock would have decided, had the house been there.

    Where it is settled already, or never fell due in an outage, the answer is `wrong_state`: so
    asking again does nothing twice.
    """
    by, at = request.auth, timezone.now()
    settled = settle(booking_id, said.answer, by=by, at=at)
    return booking_detail(settled[0], by, at)
