"""Booking by API: each endpoint takes the time and calls one action."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Body, Header, Query, Router, Status

from equipment.models import Resource
from labbooking.bookings import actions, holding
from labbooking.bookings.availability import busy
from labbooking.bookings.errors import Malformed, NotAllowed, NotThere
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.queries import detailed, find_booking, listed, visible_bookings
from labbooking.bookings.representation import (
    booking_detail,
    booking_out,
    busy_out,
    lab_zone,
    suggestion_out,
)
from labbooking.bookings.schemas import (
    ActIn,
    ActOnSeriesIn,
    AvailabilityOut,
    BookingDetail,
    BookingFilter,
    BookingPage,
    BusyQuestion,
    FreeQuestion,
    FreeSlotsOut,
    WishIn,
)
from labbooking.bookings.search import free_slots
from labbooking.bookings.wish import Idempotency, Scope
from labbooking.wire.cursor import Keyset, next_page
from labbooking.wire.problems import problems
from residents.authentication import SignedInRequest
from residents.models import User

router = Router(tags=["bookings"])
looking = Router(tags=["free times"])

ORDER = Keyset(("starts_at", "pk"))
NOTHING_SAID, NOTHING_SAID_OF_SERIES = ActIn(), ActOnSeriesIn()
IdempotencyKey = Annotated[
    str | None,
    Header(
        None,
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="A text of your own choice: what is sent again under it is not made again.",
    ),
]
ACTED = {200: BookingDetail, **problems(400, 401, 403, 404, 409, 422, 429)}


@looking.get(
    "availability/",
    response={200: AvailabilityOut, **problems(400, 401, 404, 429)},
    by_alias=True,
)
def availability(request: HttpRequest, question: Query[BusyQuestion]) -> AvailabilityOut:
    """When resources are busy, of all or of those named; nothing about anybody."""
    resources = _resources(question.resource)
    taken = busy(resources, question.period)
    start, end = question.period.local(lab_zone())
    items = [busy_out(each.slug, each.zone, taken[each.pk]) for each in resources]
    return AvailabilityOut(from_=start, to=end, items=items)


def _resources(slugs: list[str]) -> list[Resource]:
    resources = Resource.objects.select_related("type")
    found = list(resources.filter(slug__in=slugs) if slugs else resources)
    for slug in sorted(set(slugs) - {each.slug for each in found}):
        raise NotThere(_("There is no resource “{slug}”.").format(slug=slug))
    return found


@looking.get("free-slots/", response={200: FreeSlotsOut, **problems(400, 401, 404, 429)})
def common_free_slots(request: HttpRequest, question: Query[FreeQuestion]) -> FreeSlotsOut:
    """Times at which everything that is named is free together."""
    if not question.resource and not question.type:
        raise Malformed(_("Name at least one resource or one type."))
    found = free_slots(
        resources=tuple(dict.fromkeys(question.resource)),
        types=Counter(question.type),
        within=question.period,
        length=question.length,
        at=timezone.now(),
        limit=question.limit,
    )
    return FreeSlotsOut(items=[suggestion_out(each) for each in found])


@router.post(
    "bookings/", response={201: BookingDetail, **problems(400, 401, 403, 409, 413, 422, 429)}
)
def request_booking(
    request: SignedInRequest,
    response: HttpResponse,
    asked: WishIn,
    idempotency_key: IdempotencyKey,
) -> Status[BookingDetail]:
    """Book. Of a series the first date is told, with the allocations of all its dates."""
    by, at = request.auth, timezone.now()
    key = Idempotency(idempotency_key, asked.fingerprint) if idempotency_key else None
    made = actions.request(
        asked.wish, by=by, at=at, person=_person(asked.for_, by), idempotency=key
    )
    if made[0].requested_at != at:
        response["Idempotent-Replayed"] = "true"
    response["Location"] = reverse("api:show_booking", args=[made[0].pk])
    return Status(201, booking_detail(made[0], by, at, made=made))


def _person(email: str | None, by: User) -> User:
    if email is None or email.casefold() == by.email.casefold():
        return by
    if not by.is_lab_staff:
        raise NotAllowed(_("Only lab staff book for somebody else."))
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Malformed(_("Nobody here has the e-mail address {email}.").format(email=email))
    return person


@router.get("bookings/", response={200: BookingPage, **problems(400, 401, 429)})
def list_bookings(request: SignedInRequest, wanted: Query[BookingFilter]) -> BookingPage:
    """Your own bookings, for lab staff everybody's, by the time they start."""
    at = timezone.now()
    bookings = _filtered(detailed(listed(visible_bookings(request.auth))), wanted)
    found, cursor = ORDER.page(bookings, wanted.cursor, wanted.limit)
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
        named = Allocation.objects.filter(
            booking=OuterRef("pk"), whole=None, resource__slug__in=wanted.resource
        )
        bookings = bookings.filter(Exists(named))
    return bookings


@router.get("bookings/{int:booking_id}", response={200: BookingDetail, **problems(401, 404, 429)})
def show_booking(request: SignedInRequest, booking_id: int) -> BookingDetail:
    """One booking, with all dates of its series."""
    booking = find_booking(request.auth, booking_id)
    return booking_detail(booking, request.auth, timezone.now())


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
    return booking_detail(holding.confirm(booking_id, by=by, at=at), by, at)


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
