"""The waiting list by API: wait for a time that is taken, and take it when it is offered."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, Query, Status

from labbooking.bookings import actions
from labbooking.bookings.actions import waitlist
from labbooking.bookings.api.acts import ACTED
from labbooking.bookings.api.request_inputs import (
    IdempotencyKey,
    idempotency,
    mark_repeated,
    person_for,
)
from labbooking.bookings.api.schemas.bookings import BookingDetail
from labbooking.bookings.api.schemas.intake import TakeIn
from labbooking.bookings.api.schemas.specs import PlaceIn
from labbooking.bookings.api.schemas.waitlist import PlaceOut, PlacesFilter, PlacesPage
from labbooking.bookings.api.serializers.bookings import booking_detail
from labbooking.bookings.api.serializers.previews import place_out
from labbooking.bookings.queries import what_is_offered
from labbooking.bookings.waitlist.matching import find_wait, visible_waits
from labbooking.bookings.waitlist.positions import places
from labbooking.errors import WrongState
from labbooking.wire.cursor import Keyset, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest
from residents.models import User

router = Router(tags=["waiting list"])

NOTHING_SAID = TakeIn()
ORDER = Keyset(("joined_at", "pk"))


@router.get("waiting-list/", response={200: PlacesPage, **problems(400, 401, 429)})
def list_places(request: SignedInRequest, wanted: Query[PlacesFilter]) -> PlacesPage:
    """Tells your own places on the waiting list, to staff everybody's, longest waiting first."""
    waits = visible_waits(request.auth).prefetch_related(what_is_offered())
    if wanted.state:
        waits = waits.filter(state__in=wanted.state)
    found, cursor = ORDER.page(waits, wanted.cursor, wanted.limit)
    at = timezone.now()
    items = [place_out(each, request.auth, at) for each in places(found)]
    return PlacesPage(items=items, next=next_page(request, cursor))


@router.post(
    "waiting-list/",
    response={201: PlaceOut, **problems(400, 401, 403, 413, 415, 422, 429)},
    auth=OWN_BOOKINGS,
)
def join_waiting_list(
    request: SignedInRequest,
    response: HttpResponse,
    asked: PlaceIn,
    idempotency_key: IdempotencyKey,
) -> Status[PlaceOut]:
    """Wait for a time that is taken; when it frees, it is kept for who has waited longest.

    Asking for the same again answers with the place you have. A time that is free is to be
    booked, not waited for.
    """
    by, at = request.auth, timezone.now()
    wait = waitlist.join(
        asked.spec,
        by=by,
        at=at,
        person=person_for(asked.for_, by),
        any_unit=asked.any_unit,
        idempotency=idempotency(idempotency_key, asked),
    )
    mark_repeated(response, made_at=wait.joined_at, at=at)
    response["Location"] = reverse("api:show_place", args=[wait.pk])
    return Status(201, _told(wait.pk, by))


@router.get("waiting-list/{int:place_id}", response={200: PlaceOut, **problems(401, 404, 429)})
def show_place(request: SignedInRequest, place_id: int) -> PlaceOut:
    """Tells of one place on the waiting list, and how many are before it."""
    return _told(place_id, request.auth)


@router.post(
    "waiting-list/{int:place_id}/leave",
    response={200: PlaceOut, **problems(400, 401, 403, 404, 409, 429)},
    auth=OWN_BOOKINGS,
)
def leave_waiting_list(request: SignedInRequest, place_id: int) -> PlaceOut:
    """Give up a place, and with it a time that is offered; staff take people off as well."""
    waitlist.leave(place_id, by=request.auth, at=timezone.now())
    return _told(place_id, request.auth)


@router.post("waiting-list/{int:place_id}/take", response=ACTED, auth=OWN_BOOKINGS)
def take_offer(
    request: SignedInRequest, place_id: int, said: Body[TakeIn] = NOTHING_SAID
) -> BookingDetail:
    """Take the time that is offered; where house rules want staff's yes, it is asked for."""
    by, at = request.auth, timezone.now()
    wait = find_wait(by, place_id)
    if wait.booking_id is None:
        raise WrongState(_("This time is not offered to you yet."))
    taken = actions.confirm(wait.booking_id, by=by, at=at, reply=said.reply)
    return booking_detail(taken, by, at)


def _told(place_id: int, by: User) -> PlaceOut:
    (place,) = places([find_wait(by, place_id)])
    return place_out(place, by, timezone.now())
