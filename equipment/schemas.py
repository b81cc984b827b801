"""How things are told by API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, Field

from equipment.intake import questions_of, terms_in_force
from equipment.models import HouseRules, Question, Resource, ResourceType, Terms
from labbooking.period import DAY, MINUTE


class RulesOut(BaseModel):
    """The house rules of a type, for programs. Clock times are local to the resource."""

    version: int
    opening: list[list[tuple[str, str]]] = Field(
        description="Seven lists, Monday first; empty where it is always open."
    )
    by_night: bool = Field(description="A stay runs from `arrival` to `departure`, in nights.")
    arrival: str | None
    departure: str | None
    smallest_nights: int
    largest_nights: int
    smallest_minutes: int
    largest_minutes: int
    step_minutes: int
    lead_time_minutes: int
    horizon_days: int
    turnaround_before_minutes: int
    turnaround_after_minutes: int
    approval: str = Field(description="`automatic` or `staff`.")
    hold_minutes: int = Field(description="How long a request keeps its time without an answer.")
    cancel_until_minutes: int = Field(description="So long before the start it may be cancelled.")
    check_in_opens_minutes: int
    release_after_minutes: int | None
    self_check_in: bool
    at_once: int | None
    hours_a_week: int | None
    group_at_once: int | None = Field(
        description="Of a group; where nothing is said, as of one person."
    )
    group_hours_a_week: int | None = Field(
        description="Of a group; where nothing is said, as of one person."
    )
    induction: str | None
    induction_months: int = Field(description="So long an induction is valid.")


class FeatureOut(BaseModel):
    """What a thing has that somebody may need."""

    slug: str
    name: str


class ResourceOut(BaseModel):
    """One bookable thing or place."""

    slug: str
    name: str
    type: str
    kind: str = Field(description="`studio`, `seat`, `device` or `space`.")
    description: str
    time_zone: str
    is_bookable: bool
    capacity: int | None = Field(description="How many people fit; none where nobody counts them.")
    parts: list[str] = Field(description="What is booked along with it.")
    features: list[FeatureOut] = Field(description="What somebody may need and this one has.")
    rules: RulesOut | None


class ResourcePage(BaseModel):
    items: list[ResourceOut]
    next: str | None = Field(description="The address of the next page.")


def resource_out(resource: Resource) -> ResourceOut:
    """Needs `type__rules`, `parts` and `features` at hand, else they are fetched for each."""
    return ResourceOut(
        slug=resource.slug,
        name=resource.name,
        type=resource.type.slug,
        kind=resource.type.kind,
        description=resource.description or resource.type.description,
        time_zone=resource.zone.key,
        is_bookable=resource.is_bookable,
        capacity=resource.capacity,
        parts=[part.slug for part in resource.parts.all()],
        features=[FeatureOut(slug=each.slug, name=each.name) for each in resource.features.all()],
        rules=rules_out(resource.type.rules) if resource.type.rules else None,
    )


def rules_out(rules: HouseRules) -> RulesOut:
    return RulesOut(
        version=rules.version,
        opening=rules.opening,
        by_night=rules.by_night,
        arrival=f"{rules.arrival:%H:%M}" if rules.arrival else None,
        departure=f"{rules.departure:%H:%M}" if rules.departure else None,
        smallest_nights=rules.smallest_nights,
        largest_nights=rules.largest_nights,
        smallest_minutes=_minutes(rules.smallest),
        largest_minutes=_minutes(rules.largest),
        step_minutes=_minutes(rules.step),
        lead_time_minutes=_minutes(rules.lead_time),
        horizon_days=rules.horizon // DAY,
        turnaround_before_minutes=_minutes(rules.turnaround_before),
        turnaround_after_minutes=_minutes(rules.turnaround_after),
        approval=rules.approval,
        hold_minutes=_minutes(rules.hold),
        cancel_until_minutes=_minutes(rules.cancel_until),
        check_in_opens_minutes=_minutes(rules.check_in_opens),
        release_after_minutes=None
        if rules.release_after is None
        else _minutes(rules.release_after),
        self_check_in=rules.self_check_in,
        at_once=rules.at_once,
        hours_a_week=rules.hours_a_week,
        group_at_once=rules.group_at_once,
        group_hours_a_week=rules.group_hours_a_week,
        induction=rules.induction or None,
        induction_months=rules.induction_months,
    )


def _minutes(length: timedelta) -> int:
    return length // MINUTE


class ChoiceOut(BaseModel):
    key: str
    words: str


class AskedOut(BaseModel):
    """A question that a booking asks. Answer it by its key."""

    key: str
    version: int = Field(description="Another one where it changed: then it is asked anew.")
    text: str
    kind: str = Field(description="`text`, `number`, `choice` or `yes-no`.")
    required: bool
    choices: list[ChoiceOut]
    smallest: int | None
    largest: int | None


class TermsOut(BaseModel):
    """What whoever books accepts, once for each version."""

    version: int
    text: str


class TypeAsksOut(BaseModel):
    """A kind of thing and what booking one asks."""

    slug: str
    name: str
    kind: str
    questions: list[AskedOut]
    terms: TermsOut | None


class TypesOut(BaseModel):
    items: list[TypeAsksOut]


def types_out(types: Sequence[ResourceType], at: datetime) -> TypesOut:
    """Two queries more where one of them asks anything."""
    asking = [each.pk for each in types if each.asks]
    questions = questions_of(asking) if asking else ()
    terms = {each.type_id: each for each in terms_in_force(asking, at)} if asking else {}
    return TypesOut(
        items=[
            TypeAsksOut(
                slug=each.slug,
                name=each.name,
                kind=each.kind,
                questions=[asked_out(one) for one in questions if one.type_id == each.pk],
                terms=terms_out(terms[each.pk]) if each.pk in terms else None,
            )
            for each in types
        ]
    )


def asked_out(question: Question) -> AskedOut:
    names = ("key", "version", "text", "kind", "required", "smallest", "largest")
    choices = [ChoiceOut(key=key, words=words) for key, words in question.labels.items()]
    return AskedOut(choices=choices, **{name: getattr(question, name) for name in names})


def terms_out(terms: Terms) -> TermsOut:
    return TermsOut(version=terms.version, text=terms.text)
