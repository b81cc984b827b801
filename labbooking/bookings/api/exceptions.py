"""Exceptions from house rules by API."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Status

from labbooking.bookings.actions.request_exception import ask_exception
from labbooking.bookings.api.request_inputs import IdempotencyKey, idempotency, mark_repeated
from labbooking.bookings.api.schemas.acts import ExceptionOut
from labbooking.bookings.api.schemas.bookings import BookingDetail
from labbooking.bookings.api.schemas.specs import ExceptionIn
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.bookings.queries import find_booking
from labbooking.errors import NotThere
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["bookings"])


@router.post(
    "bookings/exceptions",
    response={201: BookingDetail, **problems(400, 401, 403, 409, 413, 415, 422, 429)},
    auth=OWN_BOOKINGS,
)
def request_exception(
    request: SignedInRequest,
    response: HttpResponse,
    asked: ExceptionIn,
    idempotency_key: IdempotencyKey,
) -> Status[BookingDetail]:
    """Ask staff for what house rules refuse and staff may set aside; the time is held meanwhile.

    It always waits for staff's yes. An exception is one from rules and never from the time of
    others, and where no rule says no there is nothing to ask for.
    """
    by, at = request.auth, timezone.now()
    key = idempotency(idempotency_key, asked)
    made = ask_exception(asked.spec, reason=asked.reason, by=by, at=at, idempotency=key)
    mark_repeated(response, made_at=made[0].requested_at, at=at)
    response["Location"] = reverse("api:show_booking", args=[made[0].pk])
    return Status(201, booking_detail(made[0], by, at, made=made))


@router.get(
    "bookings/{int:booking_id}/exception",
    response={200: ExceptionOut, **problems(401, 404, 429)},
)
def show_exception(request: SignedInRequest, booking_id: int) -> ExceptionOut:
    """Tells which rules a booking asks to be set aside, and why."""
    booking = find_booking(request.auth, booking_id)
    if not booking.exception_from:
        raise NotThere(_("This booking does not ask for an exception."))
    return ExceptionOut(reason=booking.exception_reason, rules=booking.exception_from)
