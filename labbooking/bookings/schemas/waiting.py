"""The waiting list, asked for and told."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from labbooking.bookings.models import Waiting
from labbooking.bookings.schemas.told import PersonOut
from labbooking.wire.cursor import Page


class PlacesFilter(Page):
    state: list[Waiting.State] = Field(default=[], max_length=len(Waiting.State))


class PlaceOut(BaseModel):
    """A place on the waiting list. When its turn comes, the time is kept for its person."""

    id: int
    state: Waiting.State
    person: PersonOut
    what: str = Field(description="What it is for, in words.")
    resources: list[str]
    types: dict[str, int]
    purpose: str
    starts_at: datetime
    ends_at: datetime
    joined_at: datetime
    position: int | None = Field(
        description="1 is next of all who want the same; nothing once it is settled."
    )
    offered_at: datetime | None
    offered_until: datetime | None = Field(description="So long the time is kept.")
    booking: int | None = Field(description="The booking that keeps, or kept, the time.")
    actions: list[str] = Field(description="What you may do with it now.")


class PlacesPage(BaseModel):
    items: list[PlaceOut]
    next: str | None = Field(description="The address of the next page.")
