"""What a juror is told by API, of blind copies alone, and what they send."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.urls import reverse
from pydantic import AfterValidator, BaseModel, Field, StrictInt

from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.residencies.blind.copies import BlindApplication, BlindWork
from labbooking.residencies.calls.grades import HIGHEST, LOWEST
from labbooking.residencies.jury.actions import ReviewSaid
from labbooking.residencies.jury.models import ConflictKind
from labbooking.residencies.jury.reviews.models import LONGEST_REVIEW, Confidence, Recommendation
from labbooking.wire.fields import lines_of, strict

Grade = Annotated[StrictInt, Field(ge=LOWEST, le=HIGHEST)]
Recommended = Literal["no", "maybe", "yes"]
Sure = Literal["little", "some", "much"]


class ReviewIn(BaseModel):
    """All of a review as it stands from now on: what is left out is empty."""

    model_config = strict({"based_on": 0, "grades": {"7": 4}, "words": "Its own question."})

    based_on: int = Field(ge=0, description="Its `revision` when you read it, 0 before the first.")
    grades: dict[int, Grade] = Field(default={}, description="By the `id` of their criterion.")
    words: Annotated[str, Field(max_length=LONGEST_REVIEW), AfterValidator(lines_of)] = ""
    recommendation: Recommended | None = None
    confidence: Sure | None = None

    @property
    def said(self) -> ReviewSaid:
        advised, sure = self.recommendation, self.confidence
        return ReviewSaid(
            self.grades,
            self.words,
            Recommendation[advised.upper()] if advised else None,
            Confidence[sure.upper()] if sure else None,
        )


class ConflictIn(BaseModel):
    model_config = strict({"kind": "recognised"})

    kind: Literal["recognised", "family", "works_with", "taught", "same_house", "money", "other"]
    note: Annotated[str, Field(max_length=LONGEST_PARAGRAPH), AfterValidator(lines_of)] = ""

    @property
    def why(self) -> ConflictKind:
        return ConflictKind(self.kind)


class TaskOut(BaseModel):
    """An application that is yours to read."""

    id: int
    call: str = Field(description="The short name of the call.")
    code: str
    title: str
    state: str = Field(description="`new`, `begun` or `finished`.")
    decision_on: date


class TasksOut(BaseModel):
    items: list[TaskOut]


class BlindWorkOut(BaseModel):
    kind: str
    caption: str
    year: int | None
    text: str
    host: str = Field(description="Where its link leads.")
    link: str = Field(description="The page that warns and then opens it; empty without a link.")
    pictures: list[str]
    hidden: int = Field(description="How many pages are hidden because they name who applies.")


class BlindAnswerOut(BaseModel):
    """What it says to a question of the call that the jury reads the answers to."""

    question: str
    text: str = Field(description="In your language where it was chosen; of a link its host.")


class BlindOut(BaseModel):
    """An application as a jury reads it."""

    code: str
    title: str
    discipline: str
    language: str
    project: str
    answers: list[BlindAnswerOut]
    works: list[BlindWorkOut]


class GradedOut(BaseModel):
    """A criterion, what each grade means for it, and the one that you have given."""

    id: int
    name: str
    help: str
    weight: int
    means: dict[int, str]
    grade: int | None


class OtherReviewOut(BaseModel):
    juror: str
    value: str
    words: str


class ReviewOut(TaskOut):
    """`revision` is what `based_on` names. `others` are told once the chair has opened the results
    and your own is finished."""

    application: BlindOut
    criteria: list[GradedOut]
    words: str
    recommendation: str | None
    confidence: str | None
    revision: int
    others: list[OtherReviewOut]


def blind_out(copy: BlindApplication) -> BlindOut:
    return BlindOut(
        code=copy.code,
        title=copy.title,
        discipline=copy.discipline,
        language=copy.language,
        project=copy.project,
        answers=[BlindAnswerOut(question=each.label, text=each.text) for each in copy.answers],
        works=[_work_out(each) for each in copy.works],
    )


def _work_out(work: BlindWork) -> BlindWorkOut:
    return BlindWorkOut(
        kind=work.kind,
        caption=work.caption,
        year=work.year,
        text=work.text,
        host=work.host,
        link=reverse("jury_go", args=[work.key]) if work.opens else "",
        pictures=[reverse("work_picture", args=[work.key, page, "large"]) for page in work.pages],
        hidden=work.hidden,
    )
