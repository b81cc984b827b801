"""Questions and terms of a lab's description, read into the house and written from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from equipment.actions.questions import end_question, next_version, write_question
from equipment.actions.terms import last_terms, says_already, write_terms
from equipment.lab_file.loading import Loading
from equipment.lab_file.schema import QuestionPart, TermsPart, TypePart
from equipment.models import Question, ResourceType, Terms
from labbooking.errors import WrongState
from labbooking.period import day_start
from labbooking.when import lab_zone


def bring_in_intake(
    parts: Sequence[tuple[TypePart, ResourceType]], loading: Loading, at: datetime
) -> None:
    """Types that neither ask anything nor are to are not looked up. Raises `WrongState` where the
    key of a question belongs to another type."""
    wanted = {
        one.key: (kind, one, n) for part, kind in parts for n, one in enumerate(part.question)
    }
    kinds = {kind.pk: kind for part, kind in parts if part.question or part.terms or kind.asks}
    if not kinds:
        return
    known = {each.key: each for each in Question.objects.order_by("version")}
    for key, (kind, one, place) in wanted.items():
        _question(kind, one, place, known.get(key), loading, at)
    for each in known.values():
        if each.type_id in kinds and each.key not in wanted and each.ended_at is None:
            _end(each, loading, at)
    for part, kind in parts:
        if kind.pk in kinds:
            _terms(kind, part.terms, loading, at)


def _question(
    kind: ResourceType,
    part: QuestionPart,
    place: int,
    known: Question | None,
    loading: Loading,
    at: datetime,
) -> None:
    if known and known.type_id != kind.pk:
        message = _("The question “{key}” belongs to another type: choose another key.")
        raise WrongState(message.format(key=part.key))
    said = said_by(part)
    if known and known.ended_at is None and known.said == said:
        if known.order != place and (loading.overwrite or not known.by_staff):
            known.order, known.by_staff = place, False
            known.save(update_fields=["order", "by_staff"])
            loading.changes.append(_("Question: {key}").format(key=part.key))
        return
    if known and known.by_staff and not loading.overwrite:
        loading.kept.append(_("Kept as staff changed it: question {key}").format(key=part.key))
        return
    if known is None:
        write_question(kind, part.key, said, order=place, at=at, by_staff=False)
    else:
        known.type = kind
        next_version(known, said, order=place, at=at, by_staff=False)
    loading.changes.append(_("Question: {key}").format(key=part.key))


def said_by(part: QuestionPart) -> dict[str, Any]:
    """The fields of `Question` that a part describes."""
    said = {name: getattr(part, name) for name in Question.SAID}
    return said | {"choices": [[each.key, each.de, each.en] for each in part.choices]}


def _end(question: Question, loading: Loading, at: datetime) -> None:
    words = {"key": question.key}
    if question.by_staff and not loading.overwrite:
        loading.kept.append(_("Kept as staff changed it: question {key}").format(**words))
        return
    end_question(question, at)
    loading.changes.append(_("No longer asked: {key}").format(**words))


def _terms(kind: ResourceType, part: TermsPart | None, loading: Loading, at: datetime) -> None:
    last = last_terms(kind)
    texts = {"text_de": part.text_de, "text_en": part.text_en} if part else _no_texts()
    in_force = day_start(part.in_force, lab_zone()) if part and part.in_force else at
    if says_already(last, texts, in_force, at):
        return
    if last and last.by_staff and not loading.overwrite:
        loading.kept.append(_("Kept as staff changed them: terms of {slug}").format(slug=kind.slug))
        return
    made = write_terms(kind, texts, last, in_force_at=in_force, at=at, by_staff=False)
    words = {"slug": kind.slug, "version": made.version}
    loading.changes.append(_("Terms of {slug}: version {version}").format(**words))


def _no_texts() -> dict[str, str]:
    return {"text_de": "", "text_en": ""}


def question_table(question: Question) -> dict[str, Any]:
    """The keys that say something else than where they are left out."""
    usual = {name: field.default for name, field in QuestionPart.model_fields.items()}
    told = {"key": question.key} | question.said
    told["choices"] = [{"key": k, "de": de, "en": en} for k, de, en in question.choices]
    return {key: value for key, value in told.items() if usual.get(key) != value}


def terms_table(of_type: ResourceType) -> Mapping[str, Any]:
    """The last version; none where there are no words in it. Its versions come at hand."""
    last: Terms | None = max(of_type.terms.all(), key=lambda each: each.version, default=None)
    if last is None or not last.text_de:
        return {}
    day = last.in_force_at.astimezone(lab_zone()).date()
    return {"text_de": last.text_de, "text_en": last.text_en, "in_force": day}
