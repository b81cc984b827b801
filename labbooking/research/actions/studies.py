"""Studies come, change and end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import NotThere, WrongState
from labbooking.journal.record import Happening, Touched, record
from labbooking.research.actions.entries import refuse_ended
from labbooking.research.models import ConsentText, Study, StudyKey
from labbooking.research.queries import current_text
from residents.models import User


@transaction.atomic
def put_study(
    slug: str,
    *,
    fields: dict[str, Any],
    text_de: str,
    text_en: str,
    researchers: list[User],
    at: datetime,
) -> Study:
    """Register a study or bring it up to date; a changed text becomes a new version.

    Raises `WrongState` for a study that has ended, and where it would become or cease to be the one
    of the house's figures: people agreed to the one or to the other.
    """
    known = Study.objects.select_for_update().filter(slug=slug).first()
    if known:
        refuse_ended(known)
    _refuse_other_figures(slug, known, fields.get("house_figures", False))
    study, made = Study.objects.update_or_create(
        slug=slug, defaults=fields, create_defaults={**fields, "made_at": at}
    )
    if made:
        StudyKey.objects.create(study=study)
    study.researchers.set(researchers)
    latest = current_text(study)
    if latest is None or (latest.text_de, latest.text_en) != (text_de, text_en):
        version = latest.version + 1 if latest else 1
        ConsentText.objects.create(
            study=study, version=version, text_de=text_de, text_en=text_en, made_at=at
        )
    return study


def _refuse_other_figures(slug: str, known: Study | None, of_the_house: bool) -> None:
    if known and known.house_figures != of_the_house:
        raise WrongState(_("A study and the figures of the house cannot become one another."))
    other = Study.objects.filter(house_figures=True).exclude(slug=slug).first()
    if of_the_house and other:
        message = _("The figures of the house are those of {slug}; there are no others.")
        raise WrongState(message.format(slug=other.slug))


@transaction.atomic
def forget_key(slug: str, *, at: datetime) -> None:
    """Delete a study's key and end it for good: its pseudonyms lead back to nobody from now on.

    Twice is once.
    """
    study = Study.objects.select_for_update().filter(slug=slug).first()
    if study is None:
        raise NotThere(_("There is no such study."))
    StudyKey.objects.filter(study=study).delete()
    if study.ended_at is None:
        Study.objects.filter(pk=study.pk).update(is_open=False, ended_at=at)
        record(Happening("study.ended", at, (Touched("study", study.slug, "about"),)))
