"""Inductions as appointments by API: what is offered, one's place in it, and what staff do."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Status

from labbooking.errors import Malformed, NotAllowed, NotThere
from labbooking.inductions.actions import offer, places, tick_off
from labbooking.inductions.actions.locked import only_staff
from labbooking.inductions.models import InductionSlot
from labbooking.inductions.queries import ahead, with_free, with_people
from labbooking.inductions.schemas import (
    CallOffIn,
    GiveBackIn,
    SlotChange,
    SlotIn,
    SlotOut,
    SlotPage,
    SlotsQuery,
    TickOffIn,
    slot_out,
)
from labbooking.period import Period
from labbooking.wire.cursor import Keyset, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SignedInRequest
from residents.models import User

router = Router(tags=["inductions"])
ORDER = Keyset(("starts_at", "pk"))
ACTED = {200: SlotOut, **problems(400, 401, 403, 404, 409, 413, 415, 422, 429)}


@router.get("inductions/slots/", response={200: SlotPage, **problems(400, 401, 403, 429)})
def list_induction_slots(request: SignedInRequest, wanted: Query[SlotsQuery]) -> SlotPage:
    """Tells which inductions are offered, the next first, to those who may book."""
    _only_who_books(request)
    slots = with_people(ahead(timezone.now()))
    if wanted.topic:
        slots = slots.filter(topic=wanted.topic)
    found, cursor = ORDER.page(slots, wanted.cursor, wanted.limit)
    items = [slot_out(each, request.auth) for each in found]
    return SlotPage(items=items, next=next_page(request, cursor))


@router.get(
    "inductions/slots/{int:slot_id}",
    response={200: SlotOut, **problems(401, 403, 404, 429)},
)
def show_induction_slot(request: SignedInRequest, slot_id: int) -> SlotOut:
    """Tells of one appointment, also of one that is over or called off."""
    _only_who_books(request)
    return _slot(slot_id, request)


@router.post(
    "inductions/slots/",
    response={201: SlotOut, **problems(400, 401, 403, 413, 415, 422, 429)},
)
def offer_induction_slot(request: SignedInRequest, asked: SlotIn) -> Status[SlotOut]:
    """Offer an appointment; lab staff do."""
    only_staff(request.auth)
    offering = _offering(asked, request.auth)
    slot = offer.offer(asked.topic, offering, by=request.auth, at=timezone.now())
    return Status(201, _slot(slot.pk, request))


@router.post("inductions/slots/{int:slot_id}/change", response=ACTED)
def change_induction_slot(request: SignedInRequest, slot_id: int, asked: SlotChange) -> SlotOut:
    """Change an appointment; whoever has a place keeps it, and hears of another time or place."""
    only_staff(request.auth)
    offering = _offering(asked, _found(slot_id).given_by)
    offer.change(slot_id, offering, by=request.auth, at=timezone.now())
    return _slot(slot_id, request)


@router.post("inductions/slots/{int:slot_id}/call-off", response=ACTED)
def call_off_induction_slot(request: SignedInRequest, slot_id: int, asked: CallOffIn) -> SlotOut:
    """Call an appointment off; whoever has a place is told."""
    offer.call_off(slot_id, by=request.auth, at=timezone.now(), reason=asked.reason)
    return _slot(slot_id, request)


@router.post(
    "inductions/slots/{int:slot_id}/take",
    response={200: SlotOut, **problems(401, 403, 404, 409, 422, 429)},
    auth=OWN_BOOKINGS,
)
def take_induction_place(request: SignedInRequest, slot_id: int) -> SlotOut:
    """Take a place for yourself."""
    places.take_place(slot_id, by=request.auth, at=timezone.now())
    return _slot(slot_id, request)


@router.post("inductions/slots/{int:slot_id}/give-back", response=ACTED, auth=OWN_BOOKINGS)
def give_back_induction_place(request: SignedInRequest, slot_id: int, asked: GiveBackIn) -> SlotOut:
    """Give your place back; staff also somebody else's."""
    person = request.auth
    if asked.person is not None and asked.person != person.pk:
        person = _somebody(asked.person, request)
    places.give_back(slot_id, person, by=request.auth, at=timezone.now())
    return _slot(slot_id, request)


@router.post("inductions/slots/{int:slot_id}/tick-off", response=ACTED)
def tick_off_induction_slot(request: SignedInRequest, slot_id: int, asked: TickOffIn) -> SlotOut:
    """Those who were there have the induction from now on; lab staff say who was."""
    tick_off.tick_off(slot_id, asked.people, by=request.auth, at=timezone.now())
    return _slot(slot_id, request)


def _slot(slot_id: int, request: SignedInRequest) -> SlotOut:
    return slot_out(_found(slot_id), request.auth)


def _found(slot_id: int) -> InductionSlot:
    slots = with_people(with_free(InductionSlot.objects.filter(pk=slot_id)))
    slot = slots.first()
    if slot is None:
        raise NotThere(_("There is no such appointment."))
    return slot


def _offering(asked: SlotChange, given_by: User) -> offer.Offering:
    """Given by `given_by` where nobody is named; that only staff ask is made sure of before."""
    if asked.ends_at <= asked.starts_at:
        raise Malformed(_("The end must be later than the beginning."))
    if asked.given_by is not None:
        named = User.objects.filter(pk=asked.given_by).first()
        if named is None:
            raise Malformed(_("There is no such person."))
        given_by = named
    period = Period(asked.starts_at, asked.ends_at)
    return offer.Offering(period, asked.location, asked.people, given_by)


def _somebody(pk: int, request: SignedInRequest) -> User:
    only_staff(request.auth)
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise NotThere(_("There is no such person."))
    return person


def _only_who_books(request: SignedInRequest) -> None:
    if not request.auth.may_book:
        raise NotAllowed(_("This account cannot book."))
