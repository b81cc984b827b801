"""Entries as the actions write them, and an export read as a researcher reads it."""

import csv
import io
from datetime import timedelta

from django.db import transaction

from labbooking.journal.record import Happening, Touched, record
from labbooking.research.actions import give_consent, make_export, open_download
from labbooking.research.queries import current_text
from tests.lab import berlin

NOW = berlin("2026-11-23 12:00")
LONG_AGO, SOON = berlin("2026-01-01 00:00"), berlin("2026-12-31 00:00")


def happened(person, *, kind="booking.requested", at=NOW, booking=1, by=None, series=None, **data):
    """One entry about a booking of `person`; `by` did it where it was somebody else."""
    actor = by or person
    facts = {
        "starts_at": (at + timedelta(days=1)).isoformat(),
        "ends_at": (at + timedelta(days=1, hours=2)).isoformat(),
        "resources": ["seat-1"],
        "types": ["seat"],
        "kinds": ["seat"],
        "planned_hours": 2.0,
        "actor_role": actor.role,
        "on_behalf": actor != person,
    }
    touched = [
        Touched("booking", str(booking), "about"),
        Touched("resource", "seat-1", "used"),
        Touched("subject", str(person.subject_key), "person"),
        Touched("subject", str(actor.subject_key), "actor"),
    ]
    if series:
        touched.append(Touched("series", str(series), "part_of"))
    with transaction.atomic():
        return record(Happening(kind, at, tuple(touched), facts | data))[0]


def agrees(person, study, at=NOW, *, from_first_day=True):
    version = current_text(study).version
    return give_consent(
        study.slug, by=person, version=version, at=at, from_first_day=from_first_day
    )


def an_export(study, by, start=LONG_AGO, end=SOON, at=NOW):
    return make_export(study.slug, by=by, starts_at=start, ends_at=end, at=at)


def raw(export, by, at=NOW):
    return b"".join(open_download(export.pk, by=by, at=at).pieces)


def rows(export, by, at=NOW):
    return read(raw(export, by, at))


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))
