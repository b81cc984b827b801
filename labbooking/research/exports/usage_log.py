"""The usage log of a study as CSV: its columns, its rows and its codebook.

Everything in a row that names somebody or something somebody did is a pseudonym of this study.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from labbooking.research.exports.batches import Permission, Row, batches
from labbooking.research.exports.pseudonyms import BOOKING, ENTRY, PERSON, SERIES, pseudonym
from labbooking.research.models import Export
from labbooking.when import lab_zone
from labbooking.wire.spreadsheet import as_text


@dataclass(frozen=True, slots=True)
class ExportReader:
    """What turns a row into cells: the study's secret and the lab's clocks."""

    secret: bytes
    zone: ZoneInfo

    def named(self, prefix: str, key: object) -> str:
        return pseudonym(self.secret, prefix, str(key or ""))

    def local(self, instant: datetime | str | None) -> str:
        if isinstance(instant, str):
            instant = datetime.fromisoformat(instant)
        return instant.astimezone(self.zone).isoformat(timespec="seconds") if instant else ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and what the codebook says of it."""

    name: str
    type: str
    meaning: Promise
    cell: Callable[[Row, ExportReader], object]


def _from_data(key: str) -> Callable[[Row, ExportReader], object]:
    return lambda row, _reading: row["data"].get(key)


def _late_start(row: Row, _reading: ExportReader) -> object:
    """Earlier entries said `late_minutes` of a check-in and of a check-out alike."""
    data = row["data"]
    earlier = None if row["kind"] == "booking.checked_out" else data.get("late_minutes")
    return data.get("late_start_minutes", earlier)


def _answers(row: Row, _reading: ExportReader) -> object:
    said: dict[str, str] = row["data"].get("answers") or {}
    return [f"{question}={answer}" for question, answer in said.items()] or None


def _instant(key: str) -> Callable[[Row, ExportReader], object]:
    return lambda row, reading: reading.local(row["data"].get(key))


def _pseudonym(prefix: str, field: str) -> Callable[[Row, ExportReader], object]:
    return lambda row, reading: reading.named(prefix, row[field])  # type: ignore[literal-required]


COLUMNS = (
    Column("entry", "string", _("Pseudonym of the entry."), _pseudonym(ENTRY, "id")),
    Column(
        "kind",
        "string",
        _(
            "What happened, such as booking.requested or booking.checked_out. booking.passed: its"
            " time is over and nobody had checked in."
        ),
        lambda row, _reading: row["kind"],
    ),
    Column(
        "at",
        "datetime",
        _("When it happened, in the lab's time with its offset from UTC."),
        lambda row, reading: reading.local(row["at"]),
    ),
    Column(
        "person",
        "string",
        _("Pseudonym of the person the booking is for. It holds within this study only."),
        _pseudonym(PERSON, "person"),
    ),
    Column("booking", "string", _("Pseudonym of the booking."), _pseudonym(BOOKING, "booking")),
    Column(
        "series",
        "string",
        _("Pseudonym of the series the booking belongs to; empty for a single booking."),
        _pseudonym(SERIES, "series"),
    ),
    Column(
        "resources",
        "list",
        _("The names (slugs) of what was booked, separated by |."),
        _from_data("resources"),
    ),
    Column(
        "types", "list", _("For each resource: its type, such as ar-headset."), _from_data("types")
    ),
    Column(
        "kinds",
        "list",
        _("For each resource: studio, seat, device or space."),
        _from_data("kinds"),
    ),
    Column("planned_start", "datetime", _("Start of the booked time."), _instant("starts_at")),
    Column("planned_end", "datetime", _("End of the booked time."), _instant("ends_at")),
    Column(
        "planned_hours",
        "number",
        _("Length of the booked time in hours."),
        _from_data("planned_hours"),
    ),
    Column(
        "used_hours",
        "number",
        _("Hours from check-in to check-out; only at booking.checked_out."),
        _from_data("used_hours"),
    ),
    Column(
        "late_minutes",
        "number",
        _("Minutes between the booked start and the check-in; only at booking.checked_in."),
        _late_start,
    ),
    Column(
        "actor_role",
        "string",
        _("Who did it: creative, staff or system. Never which of them."),
        _from_data("actor_role"),
    ),
    Column(
        "answers",
        "list",
        _(
            "What was chosen, counted or answered with yes or no, as question=answer separated by"
            " |, where staff have opened a question to research; only at booking.requested."
        ),
        _answers,
    ),
)


def csv_chunks(export: Export, allowed: Permission, secret: bytes) -> Iterator[bytes]:
    """The whole file (UTF-8, RFC 4180) in pieces: its header, then some rows at a time."""
    reading = ExportReader(secret, lab_zone())
    yield _csv([[column.name for column in COLUMNS]])
    for rows in batches(export, allowed):
        yield _csv([column.cell(row, reading) for column in COLUMNS] for row in rows)


def codebook() -> Iterator[bytes]:
    """The meaning of each column in the active language, as CSV."""
    yield _csv([["column", "type", "meaning"]])
    yield _csv([column.name, column.type, column.meaning] for column in COLUMNS)


def _csv(lines: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    if value is None or isinstance(value, int | float):
        return value
    return as_text("|".join(map(str, value)) if isinstance(value, list) else str(value))
