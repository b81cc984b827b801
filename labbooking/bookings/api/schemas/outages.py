"""What fell due while the house was down, and what staff say to it."""

from __future__ import annotations

from pydantic import BaseModel, Field

from labbooking.bookings.actions.outage import Answer
from labbooking.bookings.api.schemas.bookings import BookingOut, Span
from labbooking.wire.cursor import Page
from labbooking.wire.fields import strict


class SettleIn(BaseModel):
    """`came` and `absent` answer who was expected; `keep` and `lapse` a request or an offer."""

    model_config = strict({"answer": "came"})

    answer: Answer


class UnsettledFilter(Page):
    pass


class UnsettledOut(BaseModel):
    """A booking that nobody has decided on, and the answers that can be given to it."""

    booking: BookingOut
    answers: list[Answer]


class UnsettledPage(BaseModel):
    outages: list[Span] = Field(description="The last ones of the past week, newest first.")
    items: list[UnsettledOut]
    next: str | None = Field(description="The address of the next page.")
