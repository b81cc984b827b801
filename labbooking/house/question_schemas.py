"""Questions and terms as staff write them by API, in both languages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, StrictBool, StrictInt, StringConstraints

from equipment.models import Question, Terms
from equipment.models.intake import LONGEST_TERMS, MOST_CHOICES
from labbooking.wire.fields import Instant, Line, Slug, lines_of, strict

Text = Annotated[str, StringConstraints(max_length=LONGEST_TERMS), AfterValidator(lines_of)]
Bound = Annotated[StrictInt, Field(ge=-(10**9), le=10**9)]
Kind = Literal["text", "number", "choice", "yes-no"]


class ChoiceIn(BaseModel):
    model_config = strict({"key": "wide", "de": "quer", "en": "wide"})

    key: Slug
    de: Annotated[Line, Field(min_length=1)]
    en: Annotated[Line, Field(min_length=1)]


class BasedOnIn(BaseModel):
    model_config = strict({"based_on": 1})

    based_on: Annotated[StrictInt, Field(ge=0)] | None = Field(
        default=None,
        description="The `version` that was read; without it the one that is there.",
    )

    def seen(self, now: int) -> int:
        return now if self.based_on is None else self.based_on


class QuestionChangeIn(BasedOnIn):
    """What is left out stays as it is."""

    model_config = strict({"text_en": "How wide?", "required": True, "based_on": 1})

    text_de: Line | None = None
    text_en: Line | None = None
    kind: Kind | None = None
    required: StrictBool | None = None
    shown_to: Literal["staff", "fellows"] | None = Field(
        default=None, description="Who reads the answer: staff alone, or whoever takes part, too."
    )
    choices: Annotated[list[ChoiceIn], Field(max_length=MOST_CHOICES)] | None = Field(
        default=None, description="Where one is chosen, at least two."
    )
    smallest: Bound | None = Field(default=None, description="Of a number; null: no bound.")
    largest: Bound | None = Field(default=None, description="Of a number; null: no bound.")
    in_research: StrictBool | None = Field(
        default=None, description="Whether the usage log may tell it; never of a text."
    )

    @property
    def said(self) -> dict[str, Any]:
        """The fields of a question; a bound can be taken away by null."""
        said = self.model_dump(exclude={"based_on", "choices"}, exclude_unset=True)
        bounds = {"smallest", "largest"}
        said = {name: each for name, each in said.items() if each is not None or name in bounds}
        if self.choices is not None:
            said["choices"] = [[each.key, each.de, each.en] for each in self.choices]
        return said


class QuestionIn(QuestionChangeIn):
    """Its key is made of the English words."""

    model_config = strict(
        {"text_de": "Wie viele Magnete?", "text_en": "How many magnets?", "kind": "number"}
    )

    text_de: Annotated[Line, Field(min_length=1)]
    text_en: Annotated[Line, Field(min_length=1)]
    kind: Kind


class ChoiceWordsOut(BaseModel):
    key: str
    de: str
    en: str


class QuestionOut(BaseModel):
    """One version of a question as staff write it."""

    key: str
    version: int = Field(description="Another one after each change; see `based_on`.")
    text_de: str
    text_en: str
    kind: str
    required: bool
    shown_to: str
    choices: list[ChoiceWordsOut]
    smallest: int | None
    largest: int | None
    in_research: bool


class TermsIn(BasedOnIn):
    model_config = strict({"text_de": "Nur Kreide.", "text_en": "Chalk only."})

    text_de: Text
    text_en: Text
    in_force_at: Instant | None = Field(default=None, description="Left out: at once.")


class TermsVersionOut(BaseModel):
    """One version of terms as staff write them."""

    version: int
    text_de: str
    text_en: str
    in_force_at: datetime


def question_out(question: Question) -> QuestionOut:
    said = question.said
    choices = [ChoiceWordsOut(key=k, de=de, en=en) for k, de, en in said.pop("choices")]
    return QuestionOut(key=question.key, version=question.version, choices=choices, **said)


def terms_version_out(terms: Terms) -> TermsVersionOut:
    names = ("version", "text_de", "text_en", "in_force_at")
    return TermsVersionOut(**{name: getattr(terms, name) for name in names})
