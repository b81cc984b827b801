"""A person agrees to a study, and takes it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import NotThere, WrongState
from labbooking.period import day_start
from labbooking.research.actions.entries import record_by, refuse_ended
from labbooking.research.models import Consent, Study
from labbooking.research.queries import current_text
from labbooking.when import lab_zone
from residents.models import User


@transaction.atomic
def give_consent(
    slug: str, *, by: User, version: int, at: datetime, from_first_day: bool = False
) -> Consent:
    """A creative agrees, for themself, to the version of the text they have read.

    It covers what happens from now on; with `from_first_day` also what is recorded since the
    study's first day. Raises `NotThere` for anybody else and `WrongState` when the text has changed
    meanwhile or the study has ended.
    """
    study = _study_to_join(slug, by)
    text = current_text(study)
    if text is None or text.version != version:
        raise WrongState(_("The text has changed meanwhile. Please read it again."))
    active = _active_consent(study, by)
    if active and active.text_id == text.pk:
        return active
    if active:
        _end(active, at)
    covers_from = day_start(study.starts, lab_zone()) if from_first_day else at
    consent = Consent.objects.create(
        study=study, person=by, text=text, given_at=at, covers_from=covers_from
    )
    data = {"version": version, "covers_from": covers_from.isoformat()}
    record_by("consent.given", at, study, by, data)
    return consent


@transaction.atomic
def withdraw_consent(slug: str, *, by: User, at: datetime) -> None:
    """From now on nothing about this person leaves for the study. Twice is once."""
    study = Study.objects.filter(slug=slug).first()
    if study is None or not by.is_creative:
        raise NotThere(_("There is no such study."))
    active = _active_consent(study, by)
    if active:
        _end(active, at)
        record_by("consent.withdrawn", at, study, by, {"version": active.text.version})


def _study_to_join(slug: str, person: User) -> Study:
    study = Study.objects.select_for_update().filter(slug=slug).first()
    if study is None or not (person.is_active and person.is_creative):
        raise NotThere(_("There is no such study."))
    refuse_ended(study)
    if not study.is_open:
        raise NotThere(_("There is no such study."))
    return study


def _active_consent(study: Study, person: User) -> Consent | None:
    # One act of a person after the other, also where they press twice.
    User.objects.select_for_update().get(pk=person.pk)
    consents = Consent.objects.select_related("text")
    return consents.filter(study=study, person=person, withdrawn_at=None).first()


def _end(consent: Consent, at: datetime) -> None:
    consent.withdrawn_at = max(at, consent.given_at)
    consent.save(update_fields=["withdrawn_at"])
