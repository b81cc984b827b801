"""A call as staff write it by API: in both languages, in as many steps as they like."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
)
from pydantic.config import JsonDict

from equipment.models import Resource
from equipment.models.intake import MOST_QUESTIONS
from labbooking.lengths import LONGEST_LIST
from labbooking.residencies.calls.api.asked import CallQuestionIn
from labbooking.residencies.calls.api.schemas import CallOut, call_out
from labbooking.residencies.calls.checks import refuse
from labbooking.residencies.calls.models import (
    LONGEST_SUMMARY,
    LONGEST_TERMS_OF_CALL,
    LONGEST_TEXT,
    MOST_CRITERIA,
    MOST_CUSHION,
    MOST_OF_A_DISCIPLINE,
    MOST_WEEKS_APART,
    Call,
)
from labbooking.residencies.calls.spec import CallSaid, CriterionSaid
from labbooking.wire.fields import Address, Description, Instant, Line, Slug, lines_of, strict

MOST_STUDIOS = 100


def _day(written: Any) -> date:
    try:
        if not isinstance(written, str) or len(written) != len("2027-01-31"):
            raise ValueError  # also what a number of seconds would name
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(_("This is not a day; write it like 2027-01-31.")) from None


Day = Annotated[
    date,
    BeforeValidator(_day, json_schema_input_type=str),
    Field(examples=["2027-01-31"], json_schema_extra={"format": "date"}),
]


_plain = AfterValidator(lines_of)
Summary = Annotated[str, StringConstraints(max_length=LONGEST_SUMMARY), _plain]
Long = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), _plain]
List = Annotated[str, StringConstraints(max_length=LONGEST_LIST), _plain]
TermsText = Annotated[str, StringConstraints(max_length=LONGEST_TERMS_OF_CALL), _plain]
Name = Annotated[Line, Field(min_length=1, max_length=120)]
Whole = Annotated[StrictInt, Field(ge=0, le=10**9)]
_Limit = Annotated[StrictInt, Field(ge=1, le=MOST_OF_A_DISCIPLINE)]
Limits = Annotated[list[_Limit | None], Field(max_length=MOST_OF_A_DISCIPLINE)]
_Floor = Annotated[StrictInt, Field(ge=0, le=MOST_OF_A_DISCIPLINE)]
Floors = Annotated[list[_Floor], Field(max_length=MOST_OF_A_DISCIPLINE)]


class CriterionIn(BaseModel):
    model_config = strict({"name_de": "Idee", "name_en": "Idea", "weight": 3})

    name_de: Name
    name_en: Name
    help_de: Summary = ""
    help_en: Summary = ""
    weight: Annotated[StrictInt, Field(ge=1, le=5)] = 1
    anchors_de: List = Field(
        default="", description="What each grade means, one a line from the lowest to the highest."
    )
    anchors_en: List = Field(default="", description="The same in the same order.")


class CallChangeIn(BaseModel):
    """What is left out stays as it is."""

    model_config = strict({"name_en": "A summer in the Daig", "based_on": 1})

    name_de: Name | None = None
    name_en: Name | None = None
    summary_de: Summary | None = None
    summary_en: Summary | None = None
    description_de: Long | None = None
    description_en: Long | None = None
    disciplines_de: List | None = Field(default=None, description="One a line.")
    disciplines_en: List | None = Field(default=None, description="The same in the same order.")
    disciplines_at_once_max: Limits | None = Field(
        default=None, description="A number for each, null for no limit; empty: no limits at all."
    )
    disciplines_floor: Floors | None = Field(
        default=None, description="A number for each: so many are placed at least."
    )
    opens_at: Instant | None = None
    closes_at: Instant | None = None
    grace_minutes: Whole | None = Field(
        default=None, description="What is late by so much still counts; nobody else is told."
    )
    decision_on: Day | None = None
    season_from: Day | None = None
    season_until: Day | None = Field(default=None, description="The first day after the season.")
    stay_weeks_min: Whole | None = None
    stay_weeks_max: Whole | None = None
    arrival_weekdays: (
        Annotated[list[Annotated[StrictInt, Field(ge=0, le=6)]], Field(max_length=7)] | None
    ) = Field(default=None, description="0 is Monday.")
    arrival_every_weeks: Annotated[StrictInt, Field(ge=1, le=MOST_WEEKS_APART)] | None = None
    cushion_days: Annotated[StrictInt, Field(ge=0, le=MOST_CUSHION)] | None = Field(
        default=None, description="Empty after each stay, beyond what the studio's rules ask for."
    )
    stipend_cents: Whole | None = Field(default=None, description="A month; null: no stipend.")
    costs_de: Description | None = None
    costs_en: Description | None = None
    access_de: Description | None = None
    access_en: Description | None = None
    family_de: Description | None = None
    family_en: Description | None = None
    blind: StrictBool | None = Field(
        default=None, description="The jury does not learn who applies."
    )
    email: Address | None = None
    keep_drafts_days: Whole | None = Field(default=None, description="After the deadline.")
    keep_withdrawn_days: Whole | None = None
    keep_declined_days: Whole | None = Field(default=None, description="After the decision.")
    keep_accepted_days: Whole | None = Field(
        default=None, description="After the file of the stay was closed."
    )
    keep_reviews_days: Whole | None = Field(
        default=None, description="After the decision, or with its application if that is earlier."
    )
    studios: Annotated[list[Slug], Field(max_length=MOST_STUDIOS)] | None = None
    criteria: Annotated[list[CriterionIn], Field(max_length=MOST_CRITERIA)] | None = Field(
        default=None, description="All of them: what is not named goes."
    )
    questions: Annotated[list[CallQuestionIn], Field(max_length=MOST_QUESTIONS)] | None = Field(
        default=None, description="All of them: what is not named goes."
    )
    terms_de: TermsText | None = None
    terms_en: TermsText | None = None
    based_on: Annotated[StrictInt, Field(ge=0)] | None = Field(
        default=None, description="The `revision` that was read; without it the one that is there."
    )

    def said(self, before: CallSaid) -> CallSaid:
        """What is there, with what is said here. Raises `ValidationError` for studios that the
        house does not have."""
        given = self.model_dump(exclude_unset=True)
        words = {
            name: sorted(set(value)) if name == "arrival_weekdays" else value
            for name, value in given.items()
            if name in Call.SAID and (value is not None or name == "stipend_cents")
        }
        return CallSaid(
            {**before.fields, **words},
            before.studios if self.studios is None else _studios(self.studios),
            before.criteria
            if self.criteria is None
            else tuple(CriterionSaid(**each.model_dump()) for each in self.criteria),
            before.terms_de if self.terms_de is None else self.terms_de,
            before.terms_en if self.terms_en is None else self.terms_en,
            before.questions
            if self.questions is None
            else tuple(each.said for each in self.questions),
        )

    def seen(self, now: int) -> int:
        return now if self.based_on is None else self.based_on


_EXAMPLE: JsonDict = {
    "name_de": "Sommer im Daig", "name_en": "A summer in the Daig",
    "opens_at": "2027-01-10T09:00:00+01:00", "closes_at": "2027-01-31T23:59:00+01:00",
    "decision_on": "2027-02-20", "season_from": "2027-04-05", "season_until": "2027-10-04",
    "stay_weeks_min": 4, "stay_weeks_max": 12,
}  # fmt: skip


class CallIn(CallChangeIn):
    """A draft needs its names and its days; the rest is asked for before it is published."""

    model_config = strict(_EXAMPLE)

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,50}$")] | None = Field(
        default=None, description="Left out, it is made of the English name."
    )
    name_de: Name
    name_en: Name
    opens_at: Instant
    closes_at: Instant
    decision_on: Day
    season_from: Day
    season_until: Day
    stay_weeks_min: Whole
    stay_weeks_max: Whole


class BasedOnRevisionIn(BaseModel):
    """Publishing needs what was read: nothing unread is published."""

    model_config = strict({"based_on": 1})

    based_on: Annotated[StrictInt, Field(ge=0)] = Field(description="The `revision` that was read.")


class ReasonsIn(BaseModel):
    """In both languages, or in none."""

    model_config = strict({"reason_de": "Zu wenig Geld.", "reason_en": "Too little money."})

    reason_de: Summary = ""
    reason_en: Summary = ""


class CallWrittenOut(CallOut):
    """A call as staff read it, a draft too."""

    revision: int = Field(description="Another one after each change; see `based_on`.")
    grace_minutes: int
    cushion_days: int
    published_at: datetime | None


class CallWrittenPage(BaseModel):
    items: list[CallWrittenOut]
    next: str | None = Field(description="The address of the next page.")


def written_out(call: Call, at: datetime) -> CallWrittenOut:
    told = call_out(call, at)
    return CallWrittenOut(
        **told.model_dump(),
        revision=call.revision,
        grace_minutes=call.grace_minutes,
        cushion_days=call.cushion_days,
        published_at=call.published_at,
    )


def nothing_said() -> CallSaid:
    """A call of which nobody has said anything yet: what its table begins with."""
    return CallSaid({name: getattr(_BLANK, name) for name in Call.SAID})


_BLANK = Call(arrival_weekdays=[0])


def _studios(slugs: list[str]) -> frozenset[Resource]:
    found = frozenset(Resource.objects.filter(slug__in=slugs).select_related("type"))
    message = _("There is no studio called “{slug}”.")
    missing = sorted(set(slugs) - {each.slug for each in found})
    refuse(("studios", message.format(slug=slug)) for slug in missing)
    return found
