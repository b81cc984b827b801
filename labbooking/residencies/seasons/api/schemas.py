"""What is told of plans of a season by API. Sentences are those of its page."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field


class SeasonPlanOut(BaseModel):
    """One plan, and how much is in it: nothing before it is made."""

    version: int
    state: str = Field(
        description="`waiting`, `solving`, `proposed`, `settled`, `superseded` or `failed`."
    )
    aim: str = Field(description="What it counts: `order`, `points` or `weeks`.")
    proven: bool = Field(description="Whether it is proven that no plan is better.")
    made_at: datetime = Field(description="When it was asked for.")
    people: int
    points: int
    weeks: int


class SeasonPlansOut(BaseModel):
    call: str
    items: list[SeasonPlanOut]


class StayPlannedOut(BaseModel):
    """Who is placed, where and when."""

    code: str
    studio: str = Field(description="The short name of the resource.")
    arrives: date
    leaves: date
    weeks: int


class NotPlacedOut(BaseModel):
    code: str
    why: str = Field(description="Why it has no place, and what would change it.")


class OtherAimOut(BaseModel):
    """What another aim would give from the same applications."""

    aim: str
    people: int
    points: int
    weeks: int
    proven: bool
    difference: str = Field(description="Who would be placed in it, and who would not.")


class WholePlanOut(SeasonPlanOut):
    certainty: str = Field(description="What is proven, or why there is no plan.")
    difference: str = Field(
        description="Beside the settled plan; empty where there is none, and of that one itself."
    )
    places: list[StayPlannedOut]
    not_placed: list[NotPlacedOut]
    others: list[OtherAimOut]
