"""How calls are told by API: what listings of residencies ask for, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pydantic import BaseModel, Field

from labbooking.residencies.calls.addresses import public_address
from labbooking.residencies.calls.api.asked import CallQuestionOut, question_out
from labbooking.residencies.calls.api.both import InBoth, both
from labbooking.residencies.calls.models import Call, Criterion
from labbooking.residencies.calls.spec import newest_terms
from labbooking.when import lab_zone, lab_zone_name

CURRENCY = "EUR"


class CallStudioOut(BaseModel):
    slug: str
    name: InBoth


class CriterionOut(BaseModel):
    name: InBoth
    help: InBoth
    weight: int = Field(description="From 1 to 5.")
    anchors: list[InBoth] = Field(
        description="What each grade means, from the lowest to the highest; empty where the scale "
        "that all criteria share holds."
    )


class CallTermsOut(BaseModel):
    version: int
    text: InBoth


class KeptDaysOut(BaseModel):
    """After how many days what applicants sent is deleted."""

    drafts: int = Field(description="After the deadline.")
    withdrawn: int
    declined: int = Field(description="After the decision.")
    accepted: int = Field(description="After the file of the stay was closed.")
    reviews: int = Field(
        description="After the decision, or with its application if that is earlier."
    )


class CallOut(BaseModel):
    """A call for applications, as it is at the moment of the answer."""

    slug: str
    url: str
    state: str = Field(description="`announced`, `open`, `closed`, `called_off` or `archived`.")
    name: InBoth
    summary: InBoth
    description: InBoth
    opens_at: datetime
    closes_at: datetime = Field(description="The deadline, by the clocks of the house.")
    closes_at_utc: datetime = Field(description="The same instant in UTC.")
    time_zone: str
    decision_on: date
    season_from: date
    season_until: date = Field(description="The first day after the season.")
    stay_weeks_min: int
    stay_weeks_max: int
    arrival_weekdays: list[int] = Field(description="0 is Monday.")
    arrival_every_weeks: int = Field(description="Once in so many weeks people arrive.")
    studios: list[CallStudioOut]
    disciplines: list[InBoth] = Field(description="Empty where all are asked.")
    disciplines_at_once_max: list[int | None] = Field(
        description="So many of each are there at once at most; empty where nothing is limited."
    )
    disciplines_floor: list[int] = Field(
        description="So many of each are chosen at least; empty where nothing is asked."
    )
    stipend_cents: int | None = Field(description="A month; none where there is no money.")
    currency: str
    costs: InBoth
    access: InBoth
    family: InBoth
    blind: bool = Field(description="The jury does not learn who applies.")
    criteria: list[CriterionOut]
    questions: list[CallQuestionOut] = Field(
        description="What is asked besides the project, the person and the dates."
    )
    terms: CallTermsOut | None
    kept_days: KeptDaysOut
    email: str
    called_off_at: datetime | None
    reason: InBoth | None = Field(description="Why it was called off.")
    changed_at: datetime


class CallPage(BaseModel):
    items: list[CallOut]
    next: str | None = Field(description="The address of the next page.")


def call_out(call: Call, at: datetime) -> CallOut:
    """Needs studios, criteria, questions and terms at hand, else they are fetched for each."""
    zone = lab_zone()
    return CallOut(
        slug=call.slug,
        name=both(call),
        summary=both(call, "summary"),
        description=both(call, "description"),
        costs=both(call, "costs"),
        access=both(call, "access"),
        family=both(call, "family"),
        decision_on=call.decision_on,
        season_from=call.season_from,
        season_until=call.season_until,
        stay_weeks_min=call.stay_weeks_min,
        stay_weeks_max=call.stay_weeks_max,
        arrival_weekdays=call.arrival_weekdays,
        arrival_every_weeks=call.arrival_every_weeks,
        disciplines_at_once_max=call.disciplines_at_once_max,
        disciplines_floor=call.disciplines_floor,
        stipend_cents=call.stipend_cents,
        blind=call.blind,
        email=call.email,
        called_off_at=call.called_off_at,
        changed_at=call.changed_at,
        url=public_address(call),
        state=call.stage(at).value,
        opens_at=call.opens_at.astimezone(zone),
        closes_at=call.closes_at.astimezone(zone),
        closes_at_utc=call.closes_at.astimezone(UTC),
        time_zone=lab_zone_name(),
        studios=[CallStudioOut(slug=each.slug, name=both(each)) for each in call.studios.all()],
        disciplines=_lines(call.disciplines_de, call.disciplines_en),
        currency=CURRENCY,
        criteria=[_criterion(each) for each in call.criteria.all()],
        questions=[question_out(each) for each in call.questions.all()],
        terms=_terms(call),
        kept_days=_kept(call),
        reason=both(call, "reason") if call.reason_de else None,
    )


def _kept(call: Call) -> KeptDaysOut:
    return KeptDaysOut(
        **{name: getattr(call, f"keep_{name}_days") for name in KeptDaysOut.model_fields}
    )


def _lines(german: str, english: str) -> list[InBoth]:
    pairs = zip(german.splitlines(), english.splitlines(), strict=False)
    return [InBoth(de=de, en=en) for de, en in pairs]


def _criterion(each: Criterion) -> CriterionOut:
    return CriterionOut(
        name=both(each),
        help=both(each, "help"),
        weight=each.weight,
        anchors=_lines(each.anchors_de, each.anchors_en),
    )


def _terms(call: Call) -> CallTermsOut | None:
    terms = newest_terms(call)
    return CallTermsOut(version=terms.version, text=both(terms, "text")) if terms else None
