"""The waiting list, asked for and told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, WithJsonSchema

from labbooking.bookings.api.schemas.bookings import PersonOut
from labbooking.bookings.models.waitlist import Waiting
from labbooking.wire.cursor import Page

PlaceState = Annotated[
    Waiting.Status,
    WithJsonSchema({"type": "string", "title": "PlaceState", "enum": Waiting.Status.values}),
]
"""Described where it stands: by its name alone it would be taken for the state of a booking."""


class PlacesFilter(Page):
    state: list[PlaceState] = Field(default=[], max_length=len(Waiting.Status))


class PlaceOut(BaseModel):
    """A place on the waiting list. When its turn comes, the time is kept for its person."""

    id: int
    state: PlaceState
    person: PersonOut
    what: str = Field(description="What it is for, in words.")
    resources: list[str]
    types: dict[str, int]
    purpose: str
    people: int = Field(description="How many others come along, who are not named.")
    group: str | None = Field(description="The group it would belong to, if it would.")
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


class QueueOut(BaseModel):
    """Who waits for a thing, as far as you may know."""

    places: list[PlaceOut] = Field(description="Your own places; for staff everybody's.")
    others: int = Field(description="How many other people wait.")
