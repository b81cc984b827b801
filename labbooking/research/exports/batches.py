"""The entries of an export in batches, as those who take part permit it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, cast

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from labbooking.journal.kinds import HOLDS
from labbooking.journal.models import Entry, EntryObject
from labbooking.period import Period
from labbooking.research.models import Export
from labbooking.research.queries import consents_that_count, has_key, readers
from labbooking.when import lab_zone
from residents.models import Role, User

BATCH = 500


class Row(TypedDict):
    """What the query tells of one entry."""

    id: int
    kind: str
    at: datetime
    data: dict[str, Any]
    person: str
    booking: str | None
    series: str | None


@dataclass(frozen=True, slots=True)
class Permission:
    """Whose entries may leave now, by subject key, and from when on; nobody's to no reader."""

    covers_from: Mapping[str, datetime]
    may_read: bool

    def covers(self, at: datetime, keys: Collection[str]) -> bool:
        return all(key in self.covers_from and self.covers_from[key] <= at for key in keys)


def permission(export: Export, reader: User) -> Permission:
    consents = consents_that_count(export.study)
    found = consents.values_list("person__subject_key", "covers_from")
    may_read = readers(export.study).filter(pk=reader.pk).exists() and has_key(export.study)
    return Permission({str(key): since for key, since in found}, may_read)


def batches(export: Export, allowed: Permission) -> Iterator[list[Row]]:
    """The rows in order, those of people who take part alone."""
    within = export.study.during(export.period, lab_zone())
    if within is None or not allowed.may_read or not allowed.covers_from:
        return
    entries = _entries(export, within, list(allowed.covers_from))
    last: Row | None = None
    while rows := _next(entries, last):
        if covered := _covered(rows, allowed):
            yield covered
        last = rows[-1]


def _entries(export: Export, within: Period, keys: list[str]) -> QuerySet[Entry]:
    return (
        entries_of(keys)
        .filter(at__gte=within.start, at__lt=within.end, pk__lte=export.last_entry_id)
        .order_by("at", "pk")
    )


def _next(entries: QuerySet[Entry], last: Row | None) -> list[Row]:
    if last:
        later = Q(at__gt=last["at"]) | Q(at=last["at"], pk__gt=last["id"])
        entries = entries.filter(later, at__gte=last["at"])
    fields = ("id", "kind", "at", "data", "person", "booking", "series")
    return cast("list[Row]", list(entries.values(*fields)[:BATCH]))


def _covered(rows: Sequence[Row], allowed: Permission) -> list[Row]:
    """Those since whose instant everybody had agreed whom they are about, and a creative who acted:
    that somebody waits for another's place tells of both."""
    touched = EntryObject.objects.filter(
        entry__in=[row["id"] for row in rows], type="subject", qualifier__in=("person", "actor")
    )
    people: dict[tuple[int, str], list[str]] = defaultdict(list)
    for entry, qualifier, key in touched.values_list("entry_id", "qualifier", "key"):
        people[entry, qualifier].append(key)
    return [row for row in rows if allowed.covers(row["at"], _of_whom(row, people))]


def _of_whom(row: Row, people: Mapping[tuple[int, str], list[str]]) -> list[str]:
    by_creative = row["data"].get("actor_role") == Role.CREATIVE
    actors = people.get((row["id"], "actor"), []) if by_creative else []
    return [*people.get((row["id"], "person"), []), *actors]


def entries_of(keys: Sequence[str]) -> QuerySet[Entry]:
    """Entries about bookings, all of whose people are among `keys`. What was only held is none."""
    people = _touched("subject", "person")
    return Entry.objects.filter(
        Exists(people.filter(key__in=keys)),
        ~Exists(people.exclude(key__in=keys)),
        ~Q(kind__in=HOLDS),
        kind__startswith="booking.",
    ).annotate(
        person=_key_of(people),
        booking=_key_of(_touched("booking", "about")),
        series=_key_of(_touched("series", "part_of")),
    )


def _touched(type: str, qualifier: str) -> QuerySet[EntryObject]:  # noqa: A002 - the journal's word
    return EntryObject.objects.filter(entry=OuterRef("pk"), type=type, qualifier=qualifier)


def _key_of(touched: QuerySet[EntryObject]) -> Subquery:
    return Subquery(touched.values("key")[:1])
