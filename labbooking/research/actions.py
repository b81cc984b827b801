"""The only writers of studies, consents, exports and summaries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import NaiveTime, Period
from labbooking.research.exports.usage_log import csv_chunks
from labbooking.research.figures import counting
from labbooking.research.figures.weeks import week
from labbooking.research.models import (
    Consent,
    ConsentText,
    Export,
    Study,
    StudyKey,
    SummaryMail,
    UsageSummary,
)
from labbooking.research.queries import current_text, find_export, find_study, readers, uses
from labbooking.when import lab_zone
from residents.models import User


@transaction.atomic
def give_consent(slug: str, *, by: User, version: int, at: datetime) -> Consent:
    """A creative agrees, for themself, to the version of the text they have read.

    Raises `NotThere` for anybody else and `WrongState` when the text has changed meanwhile.
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
    consent = Consent.objects.create(study=study, person=by, text=text, given_at=at)
    _record("consent.given", at, study, by, {"version": version})
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
        _record("consent.withdrawn", at, study, by, {"version": active.text.version})


@transaction.atomic
def make_export(
    slug: str, *, by: User, starts_at: datetime, ends_at: datetime, at: datetime
) -> Export:
    """Raises `Malformed` for a period without offsets or without length."""
    study = find_study(by, slug)
    period = _period(starts_at, ends_at)
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    return Export.objects.create(
        study=study,
        made_by=by,
        starts_at=period.start,
        ends_at=period.end,
        made_at=at,
        last_entry_id=last,
    )


@transaction.atomic
def begin_download(export_id: UUID, *, by: User, at: datetime) -> tuple[Export, Iterator[bytes]]:
    """The export and its CSV in pieces; that it was downloaded is recorded before the first."""
    export = find_export(by, export_id)
    key = StudyKey.objects.filter(study=export.study).first()
    if key is None:
        raise WrongState(_("The key of this study was deleted, so there is no log to download."))
    data = {
        "export": str(export.pk),
        "from": export.period.start.isoformat(),
        "to": export.period.end.isoformat(),
    }
    _record("export.downloaded", at, export.study, by, data)
    return export, csv_chunks(export, bytes(key.secret))


@transaction.atomic
def make_summary(study: Study, monday: date, *, at: datetime) -> UsageSummary:
    """The summary of a week, counted once: a second call finds the first one's."""
    summary, made = UsageSummary.objects.get_or_create(
        study=study, week_start=monday, defaults={"made_at": at, **_counted(study, monday)}
    )
    if made:
        about = Touched("study", study.slug, "about")
        data = {"week_start": monday.isoformat(), "suppressed": summary.suppressed}
        record(Happening("summary.made", at, (about,), data))
        SummaryMail.objects.bulk_create(
            SummaryMail(summary=summary, recipient=reader) for reader in readers(study)
        )
    return summary


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
    """Register a study or bring it up to date; a changed text becomes a new version."""
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


@transaction.atomic
def forget_key(slug: str) -> None:
    """Delete a study's key and close it: its pseudonyms lead back to nobody from now on."""
    study = Study.objects.select_for_update().filter(slug=slug).first()
    if study is None:
        raise NotThere(_("There is no such study."))
    StudyKey.objects.filter(study=study).delete()
    Study.objects.filter(pk=study.pk).update(is_open=False)


def _study_to_join(slug: str, person: User) -> Study:
    study = Study.objects.filter(slug=slug, is_open=True).first()
    if study is None or not (person.is_active and person.is_creative):
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


def _period(starts_at: datetime, ends_at: datetime) -> Period:
    try:
        return Period(starts_at, ends_at)
    except NaiveTime:
        raise Malformed(
            _("Say the times with their offset, like 2026-11-23T00:00+01:00.")
        ) from None
    except (ValueError, OverflowError):
        raise Malformed(_("The period must end after it starts.")) from None


def _counted(study: Study, monday: date) -> dict[str, Any]:
    within = study.during(week(monday), lab_zone())
    found = uses(study, within) if within else []
    if counting.too_few(found):
        return {"suppressed": True, "figures": {}}
    return {"suppressed": False, "figures": counting.count(found, lab_zone())}


def _record(kind: str, at: datetime, study: Study, by: User, data: dict[str, Any]) -> None:
    about = Touched("study", study.slug, "about")
    actor = Touched("subject", str(by.subject_key), "actor")
    record(Happening(kind, at, (about, actor), data))
