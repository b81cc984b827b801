"""What a jury reads of an application: made of a list of fields, and nothing else ever gets in.

Whoever renders for a jury gets these in hand and no `Application`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from labbooking.residencies.applications.models import Application
from labbooking.residencies.blind.models import BlindNote, MaskChoice
from labbooking.residencies.blind.places import (
    PROJECT,
    TITLE,
    answers_for_jury,
    caption_of,
    host_field,
    page_field,
    text_of,
)
from labbooking.residencies.calls.models import Call
from labbooking.residencies.questions.models import IN_WORDS
from labbooking.residencies.questions.queries import WITH_ANSWERS
from labbooking.residencies.works.links import host_of
from labbooking.residencies.works.models import Work, WorkPage

MASK = "■■■"
Masks = Mapping[str, Collection[str]]
"""Words that are hidden, by field; those of the field without a name are hidden everywhere."""


@dataclass(frozen=True, slots=True)
class BlindWork:
    """`key` is its name in addresses. `pages` are the numbers of its pictures, `hidden` how many
    are not shown. `opens` is whether its link can be followed."""

    key: str
    kind: str
    caption: str
    year: int | None
    text: str
    host: str
    opens: bool
    pages: tuple[int, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class BlindAnswer:
    """To a question whose answer the jury reads. `is_written` is whether these are the words of
    who applies; of a link it is the host alone."""

    label: str
    text: str
    is_written: bool


@dataclass(frozen=True, slots=True)
class BlindApplication:
    code: str
    title: str
    discipline: str
    language: str
    project: str
    answers: tuple[BlindAnswer, ...]
    works: tuple[BlindWork, ...]


def blind(application: Application) -> BlindApplication:
    """What staff chose to hide is hidden, where the call is decided without names."""
    masks = _masks(application)
    disciplines, line = application.call.disciplines, application.discipline
    return BlindApplication(
        code=application.code,
        title=_hidden(application.title, TITLE, masks),
        discipline=disciplines[line] if line is not None and line < len(disciplines) else "",
        language=application.language,
        project=_hidden(application.project, PROJECT, masks),
        answers=tuple(
            BlindAnswer(each.label, _hidden(text, each.field, masks), each.kind in IN_WORDS)
            for each, text in answers_for_jury(application)
        ),
        works=tuple(_blind_work(each, masks) for each in application.works.all()),
    )


def blind_copies(applications: Iterable[int]) -> dict[int, BlindApplication]:
    """Of many, by their numbers; as many queries for one as for all."""
    rows = Application.objects.filter(pk__in=applications).select_related("call")
    rows = rows.prefetch_related("works__pages", "blind_notes", *WITH_ANSWERS)
    return {each.pk: blind(each) for each in rows}


def titles_shown(call: Call, titles: Mapping[int, str]) -> dict[int, str]:
    """Titles of applications of one call, by their numbers, as a jury reads them; one query."""
    masks: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    if call.blind:
        hidden = BlindNote.objects.filter(application__call=call, choice=MaskChoice.MASK)
        for key, field, words in hidden.values_list("application_id", "field", "words"):
            masks[key][field].add(words)
    return {key: _hidden(title, TITLE, masks[key]) for key, title in titles.items()}


def shows(application: Application, page: WorkPage) -> bool:
    """Whether a jury sees this picture of an application."""
    return _shows(page.work, page, _masks(application))


def _masks(application: Application) -> Masks:
    masks: dict[str, set[str]] = defaultdict(set)
    if application.call.blind:
        for each in application.blind_notes.all():
            if each.choice == MaskChoice.MASK:
                masks[each.field].add(each.words)
    return masks


def _shows(work: Work, page: WorkPage, masks: Masks) -> bool:
    """A page is hidden as a whole, for its words are part of a picture."""
    if masks.get(page_field(work, page.number)):
        return False
    return _hidden(page.words, "", masks) == page.words


def _blind_work(work: Work, masks: Masks) -> BlindWork:
    host = host_of(work.url)
    shown = _hidden(host, host_field(work), masks)
    pages = work.pages.all()
    visible = tuple(each.number for each in pages if _shows(work, each, masks))
    return BlindWork(
        key=work.key,
        kind=work.kind,
        caption=_hidden(work.caption, caption_of(work), masks),
        year=work.year,
        text=_hidden(work.text, text_of(work), masks),
        host=shown,
        opens=bool(host) and shown == host,
        pages=visible,
        hidden=len(pages) - len(visible),
    )


def _hidden(text: str, field: str, masks: Masks) -> str:
    """The longest first, so that a name goes as a whole; never the middle of another word."""
    words = sorted({*masks.get(field, ()), *masks.get("", ())}, key=_by_length)
    for each in words:
        text = re.sub(rf"(?<!\w){re.escape(each)}(?!\w)", MASK, text)
    return text


def _by_length(words: str) -> tuple[int, str]:
    return -len(words), words
