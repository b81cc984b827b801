"""How applications are told by API, to who wrote them and to staff."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from equipment.models.intake import MOST_QUESTIONS
from labbooking.residencies.applications.models import Application
from labbooking.residencies.questions.queries import values_of
from labbooking.wire.fields import Slug, strict

MOST_FEATURES = 100
Answers = dict[Slug, str | list[str] | None]


class ApplicationIn(BaseModel):
    """Some fields of a draft; what is left out stays as it is."""

    model_config = strict({"based_on": 3, "title": "Rope and room", "weeks_min": 4})

    based_on: int = Field(ge=1, description="Its `revision` when you read it.")
    title: str | None = None
    discipline: int | None = Field(
        default=None, description="Its place in the call's `disciplines`, from 0."
    )
    language: str | None = Field(default=None, description="`de` or `en`.")
    project: str | None = None
    about: str | None = None
    earliest: date | None = None
    latest: date | None = Field(default=None, description="The first day after the stay.")
    weeks_min: int | None = None
    weeks_wished: int | None = None
    weeks_max: int | None = None
    arrival_wished: date | None = None
    partner_code: str | None = None
    companions: int | None = None
    headsets: int | None = None
    needs: str | None = None
    lives_in_germany: bool | None = None
    features_needed: Annotated[list[Slug], Field(max_length=MOST_FEATURES)] | None = Field(
        default=None, description="All that a studio must have; see `features` of resources."
    )
    answers: Annotated[Answers, Field(max_length=MOST_QUESTIONS)] | None = Field(
        default=None,
        description="By the keys of the call's `questions`, those that change. A number is a text; "
        "of choices it is their keys; null takes an answer away.",
    )

    @property
    def said(self) -> dict[str, Any]:
        """What was sent; an empty value where a text or a number cannot be none."""
        empty: dict[str, Any] = dict.fromkeys(
            ("title", "language", "project", "about", "partner_code", "needs"), ""
        )
        empty |= {"companions": 0, "headsets": 0}
        apart = {"based_on", "features_needed", "answers"}
        sent = self.model_dump(exclude_unset=True, exclude=apart)
        return {name: empty.get(name) if value is None else value for name, value in sent.items()}


class SubmitIn(BaseModel):
    model_config = strict({"based_on": 3, "agreed": 1})

    based_on: int = Field(ge=1, description="Its `revision` when you read it.")
    agreed: int = Field(ge=1, description="The version of the call's terms that you agree to.")


class WithdrawIn(BaseModel):
    model_config = strict({"erase": False})

    erase: bool = Field(default=False, description="And keep nothing of it from now on.")


class JudgeIn(BaseModel):
    model_config = strict({"eligible": False, "reason": "The stay has to be in the season."})

    eligible: bool
    reason: str = Field(default="", description="Who is not admitted reads it.")


class LateIn(BaseModel):
    model_config = strict({"reason": "The house could not be reached."})

    reason: str


class MissingOut(BaseModel):
    field: str
    code: str
    message: str


class ApplicationOut(BaseModel):
    """As who wrote it reads it."""

    call: str
    code: str = Field(description="Stands for the person wherever a jury reads.")
    state: str
    revision: int
    submitted_at: datetime | None
    withdrawn_at: datetime | None
    receipt: str = Field(description="A hash of what was handed in.")
    terms: int | None = Field(description="The version of the terms that was agreed to.")
    title: str
    discipline: int | None
    language: str
    project: str
    about: str
    earliest: date | None
    latest: date | None = Field(description="The first day after the stay.")
    weeks_min: int | None
    weeks_wished: int | None
    weeks_max: int | None
    arrival_wished: date | None
    partner_code: str
    companions: int
    headsets: int
    needs: str
    lives_in_germany: bool | None
    features_needed: list[str] = Field(description="What a studio must have.")
    answers: dict[str, str | list[str]] = Field(
        description="Those there are, by the keys of the call's `questions`."
    )
    check_reason: str = Field(description="Why it was not admitted, or is admitted after all.")


class OwnApplicationOut(ApplicationOut):
    missing: list[MissingOut] = Field(description="What stands between it and being handed in.")


class StaffApplicationOut(ApplicationOut):
    """As staff read it."""

    name: str
    email: str
    late: str = Field(description="Why it counts though it came after the deadline.")


class ApplicationPage(BaseModel):
    items: list[StaffApplicationOut]
    next: str | None = Field(description="The address of the next page.")


def _told(application: Application) -> dict[str, Any]:
    names = set(ApplicationOut.model_fields) - {"call", "terms", "features_needed", "answers"}
    terms = application.terms
    return {
        **{name: getattr(application, name) for name in names},
        "call": application.call.slug,
        "terms": terms.version if terms else None,
        "features_needed": [each.slug for each in application.features_needed.all()],
        "answers": values_of(application),
    }


def own_out(application: Application, missing: list[MissingOut]) -> OwnApplicationOut:
    return OwnApplicationOut(**_told(application), missing=missing)


def staff_out(application: Application) -> StaffApplicationOut:
    person = application.person
    told = _told(application)
    return StaffApplicationOut(**told, name=person.name, email=person.email, late=application.late)
