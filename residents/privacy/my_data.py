"""All that the house holds about one person, as plain values: for a file, and for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise

from labbooking.journal.models import Entry, EntryObject
from residents.models import User
from residents.privacy.registry import Holding, holdings

OF_THE_ACCOUNT = (
    "email",
    "name",
    "role",
    "about",
    "seeks",
    "offers",
    "language",
    "time_zone",
    "shown_in_house",
    "shown_to_people",
    "is_active",
    "joined_at",
    "last_login",
    "stays_until",
)


def account_of(person: User) -> dict[str, Any]:
    return {name: getattr(person, name) for name in OF_THE_ACCOUNT}


def counted(person: User) -> list[tuple[Promise | str, int]]:
    """What there is, and how much of it, where there is any; one query."""
    told = [each for each in holdings() if each.shown]
    counts = [_count(each) for each in told]
    found = list(User.objects.filter(pk=person.pk).values_list(*counts).get())
    return [(each.what, count) for each, count in zip(told, found, strict=True) if count]


def _count(holding: Holding) -> Subquery:
    rows = holding.of(OuterRef("pk")).order_by().values(holding.person)
    return Subquery(rows.annotate(count=Count("pk")).values("count"))


def held_about(person: User) -> Iterator[tuple[Holding, list[dict[str, Any]]]]:
    """Room by room the rows of which there are any, as they are told."""
    for holding in holdings():
        rows = holding.told_of(person) if holding.shown else ()
        if told := [_told(each, holding) for each in rows]:
            yield holding, told


def _told(row: Model, holding: Holding) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in holding.shown}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Model) else value


def entries_of(person: User) -> QuerySet[Entry]:
    """What the journal holds under the key that stands for this person there."""
    mine = EntryObject.objects.filter(
        type=EntryObject.Type.SUBJECT, key=str(person.subject_key)
    ).values("entry")
    return Entry.objects.filter(pk__in=mine).order_by("at", "pk")


def entries_about(person: User) -> list[dict[str, Any]]:
    return [{"at": each.at, "kind": each.kind, "data": each.data} for each in entries_of(person)]


def as_file(person: User, *, at: datetime) -> dict[str, Any]:
    """For a program to read: names are those of fields and do not follow the language."""
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for holding, rows in held_about(person):
        # Two may be rows of one model: what one wrote, and what others wrote of one.
        held[holding.model] += rows
    return {
        "made_at": at,
        "account": account_of(person),
        "held": dict(held),
        "journal": entries_about(person),
    }
