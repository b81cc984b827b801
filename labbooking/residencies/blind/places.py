"""The fields of an application that a jury reads, and what tells in them who wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from labbooking.residencies.applications.models import Application
from labbooking.residencies.blind.finding import identity_of, traces
from labbooking.residencies.blind.models import BlindNote
from labbooking.residencies.questions.models import (
    AnswerShownTo,
    CallQuestion,
    CallQuestionKind,
)
from labbooking.residencies.questions.queries import answered
from labbooking.residencies.works.links import host_of
from labbooking.residencies.works.models import Work

TITLE, PROJECT = "title", "project"


def caption_of(work: Work) -> str:
    return f"{work.key}.caption"


def text_of(work: Work) -> str:
    return f"{work.key}.text"


def host_field(work: Work) -> str:
    return f"{work.key}.host"


def page_field(work: Work, number: int) -> str:
    """Words on a page that is a picture: the page is shown or hidden as a whole."""
    return f"{work.key}.page.{number}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that a jury reads. `field` names it in notes, `label` to people."""

    field: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """Words that tell who somebody is. `choice` is what staff decided, if they have."""

    field: str
    label: str
    words: str
    choice: str = ""


def answers_for_jury(application: Application) -> Iterator[tuple[CallQuestion, str]]:
    """Those to questions that say so, in words; of a link its host alone."""
    for question, value in answered(application):
        if question.shown_to == AnswerShownTo.JURY:
            words = question.words_of(value)
            is_link = question.kind == CallQuestionKind.LINK
            yield question, host_of(words) if is_link else words


def places(application: Application, works: Sequence[Work]) -> Iterator[Passage]:
    yield Passage(TITLE, _("Title"), application.title)
    yield Passage(PROJECT, _("Project"), application.project)
    for question, text in answers_for_jury(application):
        yield Passage(question.field, question.label, text)
    for number, work in enumerate(works, 1):
        named = {"number": number}
        yield Passage(caption_of(work), _("Work {number}, caption").format(**named), work.caption)
        yield Passage(text_of(work), _("Work {number}, text").format(**named), work.text)
        host = host_of(work.url)
        yield Passage(host_field(work), _("Work {number}, host of the link").format(**named), host)
        for page in work.pages.all():
            label = _("Work {number}, page {page}").format(**named, page=page.number)
            yield Passage(page_field(work, page.number), label, page.words)


def found_in(
    application: Application, works: Sequence[Work], notes: Iterable[BlindNote] = ()
) -> list[Trace]:
    """What tells who wrote it, place by place, and what staff have decided about it."""
    identity = identity_of(application.person.name, application.person.email)
    decided = {(each.field, each.words): each.choice for each in notes}
    found = [
        Trace(place.field, place.label, words, decided.pop((place.field, words), ""))
        for place in places(application, works)
        for words in traces(place.text, identity)
    ]
    labels = {place.field: place.label for place in places(application, works)}
    by_hand = [
        Trace(field, labels.get(field, _("Everywhere")), words, choice)
        for (field, words), choice in decided.items()
    ]
    return found + by_hand
