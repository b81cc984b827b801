"""Bookings by API: made, listed and looked at."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Status

from labbooking.bookings import actions
from labbooking.bookings.api.request_inputs import (
    IdempotencyKey,
    idempotency,
    mark_repeated,
    person_for,
)
from labbooking.bookings.api.schemas.bookings import BookingDetail, BookingFilter, BookingPage
from labbooking.bookings.api.schemas.specs import BookingSpecIn
from labbooking.bookings.api.serializers.bookings import booking_detail, booking_out
from labbooking.bookings.models import Booking
from labbooking.bookings.participants import know_party
from labbooking.bookings.queries import (
    detailed,
    listed,
    of_resources,
    read_booking,
    seen_bookings,
)
from labbooking.wire.cursor import Keyset, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest

router = Router(tags=["bookings"])

ORDER = Keyset(("starts_at", "pk"))


@router.post(
    "bookings/",
    response={201: BookingDetail, **problems(400, 401, 403, 409, 413, 415, 422, 429)},
    auth=OWN_BOOKINGS,
)
def request_booking(
    request: SignedInRequest,
    response: HttpResponse,
    asked: BookingSpecIn,
    idempotency_key: IdempotencyKey,
) -> Status[BookingDetail]:
    """Book things for a time, or for a series of times; whole or not at all.

    Of a series the first date is told, with the allocations of all its dates.
    """
    by, at = request.auth, timezone.now()
    made = actions.request(
        asked.spec,
        by=by,
        at=at,
        person=person_for(asked.for_, by),
        idempotency=idempotency(idempotency_key, asked),
        approve=asked.approve,
    )
    mark_repeated(response, made_at=made[0].requested_at, at=at)
    response["Location"] = reverse("api:show_booking", args=[made[0].pk])
    return Status(201, booking_detail(made[0], by, at, made=made))


@router.get("bookings/", response={200: BookingPage, **problems(400, 401, 429)})
def list_bookings(request: SignedInRequest, wanted: Query[BookingFilter]) -> BookingPage:
    """Tells your own bookings and those you take part in, to lab staff everybody's, by the time
    they start."""
    at = timezone.now()
    bookings = _filtered(detailed(listed(seen_bookings(request.auth))), wanted)
    found, cursor = ORDER.page(bookings, wanted.cursor, wanted.limit)
    know_party(found)
    items = [booking_out(each, request.auth, at) for each in found]
    return BookingPage(items=items, next=next_page(request, cursor))


def _filtered(bookings: QuerySet[Booking], wanted: BookingFilter) -> QuerySet[Booking]:
    if wanted.state:
        bookings = bookings.filter(state__in=wanted.state)
    if wanted.from_:
        bookings = bookings.filter(ends_at__gt=wanted.from_)
    if wanted.to:
        bookings = bookings.filter(starts_at__lt=wanted.to)
    if wanted.resource:
        bookings = of_resources(bookings, wanted.resource)
    return bookings


@router.get("bookings/{int:booking_id}", response={200: BookingDetail, **problems(401, 404, 429)})
def show_booking(request: SignedInRequest, booking_id: int) -> BookingDetail:
    """Tells of one booking, with all dates of its series."""
    booking = read_booking(request.auth, booking_id)
    return booking_detail(booking, request.auth, timezone.now())
