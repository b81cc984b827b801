"""How inductions as appointments are told by API, and asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints
from pydantic.config import JsonDict

from labbooking.inductions.models import MOST_PEOPLE, InductionSlot
from labbooking.lengths import LONGEST_LINE
from labbooking.when import lab_zone
from labbooking.wire.cursor import Page
from labbooking.wire.fields import Instant, Line, Slug, strict
from residents.models import User

_CHANGE: JsonDict = {
    "starts_at": "2026-11-24T10:00:00+01:00",
    "ends_at": "2026-11-24T10:45:00+01:00",
    "location": "The workshop on the ground floor",
    "people": 4,
}
Location = Annotated[Line, StringConstraints(min_length=1, max_length=LONGEST_LINE)]


class SlotsQuery(Page):
    topic: Slug | None = Field(default=None, description="As in the house rules' `induction`.")


class SlotPlaceOut(BaseModel):
    """Somebody who has a place."""

    person: int
    name: str
    taken_at: datetime
    inducted_at: datetime | None


class SlotOut(BaseModel):
    """A time at which staff show how things work. Who has a place, staff alone are told."""

    id: int
    topic: str
    starts_at: datetime
    ends_at: datetime
    location: str
    people: int = Field(description="How many can come.")
    free: int = Field(description="How many places are free.")
    is_mine: bool = Field(description="You have a place.")
    given_by: str
    called_off_at: datetime | None
    places: list[SlotPlaceOut] | None


class SlotPage(BaseModel):
    items: list[SlotOut]
    next: str | None = Field(description="The address of the next page.")


class SlotChange(BaseModel):
    """When, where and for how many. `given_by` is the number of somebody of the staff."""

    model_config = strict(_CHANGE)

    starts_at: Instant
    ends_at: Instant
    location: Location
    people: int = Field(ge=1, le=MOST_PEOPLE)
    given_by: int | None = Field(
        default=None, description="Unless told otherwise you, or who it was before."
    )


class SlotIn(SlotChange):
    model_config = strict({**_CHANGE, "topic": "ar-headset"})

    topic: Slug


class CallOffIn(BaseModel):
    """Whoever has a place reads the reason."""

    model_config = strict({"reason": "Somebody is ill."})

    reason: Line = ""


class GiveBackIn(BaseModel):
    model_config = strict({}, {"person": 7})

    person: int | None = Field(default=None, description="Whose place, for staff; else your own.")


class TickOffIn(BaseModel):
    """Those who were there, by their numbers."""

    model_config = strict({"people": [7, 9]})

    people: list[int] = Field(min_length=1, max_length=MOST_PEOPLE)


def slot_out(slot: InductionSlot, reader: User) -> SlotOut:
    """By the clocks of the house. Needs `free`, and the places at hand (see `queries`)."""
    places = slot.places  # type: ignore[attr-defined]
    start, end = slot.period.local(lab_zone())
    return SlotOut(
        id=slot.pk,
        topic=slot.topic,
        starts_at=start,
        ends_at=end,
        location=slot.location,
        people=slot.people,
        free=slot.free,  # type: ignore[attr-defined]
        is_mine=any(each.person_id == reader.pk for each in places),
        given_by=str(slot.given_by),
        called_off_at=slot.called_off_at,
        places=[
            SlotPlaceOut(
                person=each.person_id,
                name=str(each.person),
                taken_at=each.taken_at,
                inducted_at=each.inducted_at,
            )
            for each in places
        ]
        if reader.is_lab_staff
        else None,
    )
