"""Offers by API: one's own to answer, and for staff all of them, to send and to change."""

from __future__ import annotations

from django.utils import timezone
from ninja import Query, Status

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.residencies.offers import actions, queries
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.schemas import (
    CalledBackIn,
    MoreTimeIn,
    OfferIn,
    OfferOut,
    OfferPage,
    WordsIn,
    offer_out,
)
from labbooking.residencies.offers.spec import OfferSaid
from labbooking.wire.cursor import Keyset, Page, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OWN_BOOKINGS, SIGNED_IN, SignedInRequest

router = Router(tags=["offers"], auth=SIGNED_IN)
ORDER = Keyset(("sent_at", "pk"))
WRONG = problems(400, 401, 403, 404, 409, 413, 415, 422, 429)


@router.get("offers/", response={200: OfferPage, **problems(400, 401, 429)})
def list_offers(request: SignedInRequest, page: Query[Page]) -> OfferPage:
    """Tells one's own offers; staff all."""
    found, cursor = ORDER.page(queries.visible(request.auth), page.cursor, page.limit)
    return OfferPage(items=[offer_out(each) for each in found], next=next_page(request, cursor))


@router.get("offers/{offer_id}", response={200: OfferOut, **problems(400, 401, 404, 429)})
def show_offer(request: SignedInRequest, offer_id: int) -> OfferOut:
    """Tells of one offer."""
    return offer_out(_visible(request, offer_id))


@router.post("offers/", response={201: OfferOut, **WRONG})
def send_offer(request: SignedInRequest, asked: OfferIn) -> Status[OfferOut]:
    """Staff send an offer; from then on its studio is kept until the answer is due."""
    only_staff(request.auth)
    said = OfferSaid(
        asked.application, asked.resource, asked.arrive, asked.depart, asked.answer_by, asked.words
    )
    return Status(201, offer_out(actions.send_offer(said, by=request.auth, at=timezone.now())))


@router.post("offers/{offer_id}/accept", response={200: OfferOut, **WRONG}, auth=OWN_BOOKINGS)
def accept_offer(request: SignedInRequest, offer_id: int) -> OfferOut:
    """Its person takes it; twice is once."""
    return offer_out(actions.accept_offer(offer_id, by=request.auth, at=timezone.now()))


@router.post("offers/{offer_id}/decline", response={200: OfferOut, **WRONG}, auth=OWN_BOOKINGS)
def turn_offer_down(request: SignedInRequest, offer_id: int, asked: WordsIn) -> OfferOut:
    """Its person does not take it; twice is once."""
    return offer_out(
        actions.refuse_offer(offer_id, asked.words, by=request.auth, at=timezone.now())
    )


@router.post("offers/{offer_id}/another-time", response={200: OfferOut, **WRONG}, auth=OWN_BOOKINGS)
def ask_for_another_time(request: SignedInRequest, offer_id: int, asked: WordsIn) -> OfferOut:
    """Its person says when they could come; staff hear of it, and the offer stays open."""
    by, at = request.auth, timezone.now()
    return offer_out(actions.ask_for_another_time(offer_id, asked.words, by=by, at=at))


@router.post("offers/{offer_id}/prolong", response={200: OfferOut, **WRONG})
def give_more_time(request: SignedInRequest, offer_id: int, asked: MoreTimeIn) -> OfferOut:
    """Staff give more time to answer; the studio is kept as long."""
    only_staff(request.auth)
    return offer_out(actions.prolong(offer_id, asked.until, by=request.auth, at=timezone.now()))


@router.post("offers/{offer_id}/call-back", response={200: OfferOut, **WRONG})
def call_offer_back(request: SignedInRequest, offer_id: int, asked: CalledBackIn) -> OfferOut:
    """Staff take an open offer back and say why; its studio is free."""
    only_staff(request.auth)
    return offer_out(actions.call_back(offer_id, asked.reason, by=request.auth, at=timezone.now()))


def _visible(request: SignedInRequest, offer_id: int) -> Offer:
    found = queries.visible(request.auth).filter(pk=offer_id).first()
    if found is None:
        raise queries.no_such_offer()
    return found
