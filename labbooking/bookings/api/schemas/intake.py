"""What is said to what a booking asks, in what programs send and get."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

from labbooking.bookings.demand.spec import IntakeReply
from labbooking.wire.fields import Paragraph, Slug


def _written(said: object) -> str:
    """As it is kept before its question reads it."""
    if isinstance(said, bool):
        return "yes" if said else "no"
    if isinstance(said, str | int):
        return str(said)
    if isinstance(said, float):
        return format(Decimal(str(said)), "f")
    raise ValueError(_("An answer is a text, a number, true or false."))


Answer = Annotated[Paragraph, BeforeValidator(_written, json_schema_input_type=bool | float | str)]


class Replying(BaseModel):
    """Answers and acceptance beside what is asked for."""

    answers: dict[Slug, Answer] = Field(
        default={},
        max_length=100,
        description="By the keys of the questions its types ask (`GET types/`): text, a number, "
        "the key of a choice, true or false. What was answered before and has not changed need "
        "not be said again.",
        examples=[{}],
    )
    accept_terms: dict[Slug, Annotated[StrictInt, Field(ge=1)]] = Field(
        default={},
        max_length=50,
        description="Of types by their slugs: the version of their terms that is accepted.",
        examples=[{}],
    )

    @property
    def reply(self) -> IntakeReply:
        return IntakeReply(self.answers, self.accept_terms)


class TakeIn(Replying):
    """What is still to be said with a time that is offered. Whatever else is sent along is left
    out, as it was before anything could be said."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"answers": {"screen-layout": "wide"}}]}
    )


def without_silence(meant: dict[str, Any]) -> dict[str, Any]:
    """As before there was anything to say, so that old keys are known again."""
    silent = {name for name in ("answers", "accept_terms") if not meant.get(name)}
    return {name: value for name, value in meant.items() if name not in silent}


class AnswerOut(BaseModel):
    """What was answered, as it was asked then."""

    question: str = Field(description="The key of the question.")
    text: str = Field(description="The question in words.")
    answer: str | int | float | bool
