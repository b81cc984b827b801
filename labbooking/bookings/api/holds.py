"""A time kept for a moment by API, while somebody decides."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Status

from labbooking.bookings import actions
from labbooking.bookings.actions.hold import A_WHILE
from labbooking.bookings.api.request_inputs import (
    IdempotencyKey,
    idempotency,
    mark_repeated,
    person_for,
)
from labbooking.bookings.api.schemas.bookings import BookingDetail
from labbooking.bookings.api.schemas.specs import HoldIn
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.period import MINUTE
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["holds"])


@router.post(
    "holds/",
    description=f"""Keep a time for {A_WHILE // MINUTE} minutes while you decide; nobody else can
take it meanwhile.

It is a booking in the state `held`: `confirm` asks for it, `withdraw` lets it go. A new hold lets
your earlier one go.""",
    response={201: BookingDetail, **problems(400, 401, 403, 409, 413, 415, 422, 429)},
    auth=OWN_BOOKINGS,
)
def hold_time(
    request: SignedInRequest,
    response: HttpResponse,
    asked: HoldIn,
    idempotency_key: IdempotencyKey,
) -> Status[BookingDetail]:
    by, at = request.auth, timezone.now()
    held = actions.hold(
        asked.spec,
        by=by,
        at=at,
        person=person_for(asked.for_, by),
        idempotency=idempotency(idempotency_key, asked),
    )
    mark_repeated(response, made_at=held.requested_at, at=at)
    response["Location"] = reverse("api:show_booking", args=[held.pk])
    return Status(201, booking_detail(held, by, at))
