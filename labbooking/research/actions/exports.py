"""A researcher has the usage log of a study handed over: each time is an entry in the journal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from labbooking.errors import Malformed, WrongState
from labbooking.journal.models import Entry
from labbooking.period import NaiveTime, Period
from labbooking.research.actions.entries import record_by, refuse_ended
from labbooking.research.exports.batches import permission
from labbooking.research.exports.spool import ConsentChanged, Spool
from labbooking.research.exports.usage_log import csv_chunks
from labbooking.research.models import Export, StudyKey
from labbooking.research.queries import DOWNLOADED, find_export, find_study, has_asked_for
from residents.models import User


class Download(NamedTuple):
    """A file on its way to a researcher."""

    export: Export
    length: int
    pieces: Iterator[bytes]


@transaction.atomic
def make_export(
    slug: str, *, by: User, starts_at: datetime, ends_at: datetime, at: datetime
) -> Export:
    """An export whose file can be fetched for an hour. That it was asked for is recorded.

    Raises `Malformed` for a period without offsets or without length, `WrongState` for a study
    that has ended and for the figures of the house.
    """
    study = find_study(by, slug)
    refuse_ended(study)
    if study.house_figures:
        raise WrongState(_("These are figures of the house: there is no log of single entries."))
    period = _period(starts_at, ends_at)
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    export = Export.objects.create(
        study=study,
        made_by=by,
        starts_at=period.start,
        ends_at=period.end,
        made_at=at,
        asked_at=at,
        last_entry_id=last,
    )
    _record(DOWNLOADED, export, by, at)
    return export


@transaction.atomic
def ask_again(export_id: UUID, *, by: User, at: datetime) -> Export:
    """The file of an earlier export can be fetched for another hour; recorded like the first."""
    export = find_export(by, export_id)
    refuse_ended(export.study)
    export.asked_at = at
    export.save(update_fields=["asked_at"])
    _record(DOWNLOADED, export, by, at)
    return export


def open_download(export_id: UUID, *, by: User, at: datetime) -> Download:
    """The file of an export. Writes nothing, unless it is cut short.

    Consent is read again before each piece. Raises `WrongState` where the key is gone or this
    reader has not asked for the file within the hour, and `ConsentChanged` between two pieces.
    """
    export = find_export(by, export_id)
    key = StudyKey.objects.filter(study=export.study).first()
    if key is None:
        raise WrongState(_("The key of this study was deleted, so there is no log to download."))
    if not export.can_be_fetched(at):
        raise WrongState(
            _("This file was asked for too long ago. Ask for it again; that is recorded.")
        )
    if not has_asked_for(by, export, at):
        raise WrongState(
            _("Somebody else asked for this file. Ask for it yourself; that is recorded.")
        )
    allowed = permission(export, by)
    spool = Spool(csv_chunks(export, allowed, bytes(key.secret)))
    pieces = spool.pieces(lambda: permission(export, by) == allowed)
    return Download(export, spool.length, _recorded_if_cut(export, pieces, by, at))


def _recorded_if_cut(
    export: Export, pieces: Iterator[bytes], by: User, at: datetime
) -> Iterator[bytes]:
    began = time.monotonic()
    try:
        yield from pieces
    except ConsentChanged:
        since = timedelta(seconds=time.monotonic() - began)
        with transaction.atomic():
            _record("export.aborted", export, by, at + since)
        raise


def _record(kind: str, export: Export, by: User, at: datetime) -> None:
    data = {
        "export": str(export.pk),
        "from": export.period.start.isoformat(),
        "to": export.period.end.isoformat(),
    }
    record_by(kind, at, export.study, by, data)


def _period(starts_at: datetime, ends_at: datetime) -> Period:
    try:
        return Period(starts_at, ends_at)
    except NaiveTime:
        raise Malformed(
            _("Say the times with their offset, like 2026-11-23T00:00+01:00.")
        ) from None
    except (ValueError, OverflowError):
        raise Malformed(_("The period must end after it starts.")) from None
