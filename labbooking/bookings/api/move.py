"""Moving bookings by API, and making them shorter or longer."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query

from labbooking.bookings.actions.move import move
from labbooking.bookings.api.acts import ACTED
from labbooking.bookings.api.schemas.acts import MoveIn, MoveQuestion
from labbooking.bookings.api.schemas.bookings import MovedOut
from labbooking.bookings.api.schemas.previews import MovePreviewOut
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.bookings.api.serializers.previews import move_preview_out, moved_out
from labbooking.bookings.moves.preview import preview_move
from labbooking.bookings.moves.undo import bar_to_moving_back
from labbooking.bookings.queries import find_booking
from labbooking.bookings.transaction.locks import in_scope
from labbooking.errors import Malformed
from labbooking.period import Period
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["bookings"])


@router.get(
    "bookings/{int:booking_id}/move",
    response={200: MovePreviewOut, **problems(400, 401, 404, 409, 429)},
)
def preview_moving(
    request: SignedInRequest, booking_id: int, asked: Query[MoveQuestion]
) -> MovePreviewOut:
    """Tells what moving a booking would come to, and moves nothing.

    Each date is told with all that stands in its way, and a single one with ways on.
    """
    by, at = request.auth, timezone.now()
    booking = find_booking(by, booking_id)
    to = _to(booking.period, asked)
    thought = preview_move(booking, by=by, at=at, to=to, scope=asked.scope)
    return move_preview_out(thought, booking, by, at)


@router.post("bookings/{int:booking_id}/move", response={**ACTED, 200: MovedOut}, auth=OWN_BOOKINGS)
def move_booking(request: SignedInRequest, booking_id: int, said: MoveIn) -> MovedOut:
    """Move a booking, or make it shorter or longer, with the same things; whole or not at all.

    Outside the time that staff said yes to, it waits for their answer again; back within it, it is
    confirmed as before. To undo it, move it back, unless its earlier time has gone to who waited
    for it. Dates of a series that are over stay as they are; named, one tells by how much the
    others move, and the next of them is told.
    """
    by, at, scope = request.auth, timezone.now(), said.scope
    booking = find_booking(by, booking_id)
    before = {each.pk: each.period for each in in_scope(booking, scope)}
    to = _to(booking.period, said)
    moved = move(booking_id, by=by, at=at, to=to, scope=scope, override_reason=said.override_reason)
    first = moved[0]
    bar = bar_to_moving_back(first, before[first.pk], by=by, at=at, scope=scope)
    return moved_out(booking_detail(first, by, at), before[first.pk], bar)


def _to(now: Period, asked: MoveQuestion) -> Period:
    if asked.starts_at is None and asked.ends_at is None:
        raise Malformed(_("Say when it should start, when it should end, or both."))
    start, end = asked.starts_at or now.start, asked.ends_at or now.end
    if end <= start:
        raise Malformed(_("The end must be later than the start."))
    return Period(start, end)
