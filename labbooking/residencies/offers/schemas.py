"""How offers are told by API."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from labbooking.residencies.offers.models import Offer
from labbooking.when import lab_zone
from labbooking.wire.fields import Description, Instant, Paragraph, Slug, strict


class OfferOut(BaseModel):
    """An offer of a stay, to the person of one application."""

    id: int
    call: str
    code: str = Field(description="Of the application.")
    resource: str
    booking: int
    state: str = Field(description="`open`, `accepted`, `refused`, `lapsed` or `called_back`.")
    starts_at: datetime
    ends_at: datetime
    sent_at: datetime
    answer_by: datetime = Field(description="So long the studio is kept.")
    ended_at: datetime | None
    words: str
    answer: str = Field(description="What its person said when they declined.")
    asked: str = Field(description="When they would rather come.")
    reason: str = Field(description="Why it was called back.")


class OfferPage(BaseModel):
    items: list[OfferOut]
    next: str | None = Field(description="The address of the next page.")


class OfferIn(BaseModel):
    model_config = strict(
        {"application": 7, "resource": "studio-1", "arrive": "2027-04-05", "depart": "2027-05-31",
         "answer_by": "2027-03-14T18:00:00+01:00"}
    )  # fmt: skip

    application: int = Field(ge=1, le=2**31)
    resource: Slug
    arrive: date = Field(description="By the clocks of the house, as `depart`.")
    depart: date
    answer_by: Instant
    words: Description = ""


class WordsIn(BaseModel):
    model_config = strict({"words": "I could come from May on."})

    words: Paragraph = ""


class MoreTimeIn(BaseModel):
    model_config = strict({"until": "2027-03-21T18:00:00+01:00"})

    until: Instant


class CalledBackIn(BaseModel):
    model_config = strict({"reason": "The studio is under water."})

    reason: Paragraph


def offer_out(offer: Offer) -> OfferOut:
    """Needs the application with its call and the resource at hand."""
    zone = lab_zone()
    return OfferOut(
        id=offer.pk,
        call=offer.application.call.slug,
        code=offer.application.code,
        resource=offer.resource.slug,
        booking=offer.booking_id,
        state=offer.state,
        starts_at=offer.starts_at.astimezone(zone),
        ends_at=offer.ends_at.astimezone(zone),
        sent_at=offer.sent_at.astimezone(zone),
        answer_by=offer.answer_by.astimezone(zone),
        ended_at=offer.ended_at and offer.ended_at.astimezone(zone),
        words=offer.words,
        answer=offer.answer,
        asked=offer.asked,
        reason=offer.reason,
    )
