"""The questions of a call by API: as staff write them, and as anybody reads them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StrictBool, StrictInt, StringConstraints

from equipment.models.intake import MOST_CHOICES
from labbooking.residencies.calls.api.both import InBoth, both
from labbooking.residencies.calls.spec import QuestionSaid
from labbooking.residencies.questions.models import MOST_ASKED_WORDS, CallQuestion
from labbooking.wire.fields import Line, Paragraph, strict

Kind = Literal["short", "long", "choice", "choices", "number", "link", "yes_no"]
ShownTo = Literal["staff", "jury"]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=50)]
Words = Annotated[Line, Field(min_length=1)]
OF_WORDS = "Left out, it is made of the English words."


class OptionIn(BaseModel):
    model_config = strict({"de": "Ja, einmal", "en": "Yes, once"})

    key: Key | None = Field(default=None, description=OF_WORDS)
    de: Words
    en: Words


class CallQuestionIn(BaseModel):
    model_config = strict(
        {"label_de": "Warum hier?", "label_en": "Why here?", "kind": "long", "limit_words": 200}
    )

    key: Key | None = Field(default=None, description=OF_WORDS)
    label_de: Words
    label_en: Words
    kind: Kind
    help_de: Paragraph = ""
    help_en: Paragraph = ""
    required: StrictBool = False
    limit_words: Annotated[StrictInt, Field(ge=1, le=MOST_ASKED_WORDS)] | None = Field(
        default=None, description="Of `short` and `long`."
    )
    options: Annotated[list[OptionIn], Field(max_length=MOST_CHOICES)] = Field(
        default=[], description="Of `choice` and `choices`: at least two."
    )
    shown_to: ShownTo = Field(
        default="staff", description="Who reads the answer: `jury` is staff and the jury."
    )

    @property
    def said(self) -> QuestionSaid:
        words = self.model_dump(exclude={"key", "options"})
        options = tuple((each.key or "", each.de, each.en) for each in self.options)
        return QuestionSaid(key=self.key or "", options=options, **words)


class OptionOut(BaseModel):
    key: str
    name: InBoth


class CallQuestionOut(BaseModel):
    key: str = Field(description="The name of its answer in an application.")
    label: InBoth
    help: InBoth
    kind: str
    required: bool
    limit_words: int | None
    options: list[OptionOut]
    shown_to: str = Field(description="`staff`, or `jury`: staff and the jury.")


def question_out(question: CallQuestion) -> CallQuestionOut:
    return CallQuestionOut(
        key=question.key,
        label=both(question, "label"),
        help=both(question, "help"),
        kind=question.kind,
        required=question.required,
        limit_words=question.limit_words,
        options=[
            OptionOut(key=key, name=InBoth(de=german, en=english))
            for key, german, english in question.options
        ],
        shown_to=question.shown_to,
    )
