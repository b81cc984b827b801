"""All that the house holds about one person, as plain values: for a file, and for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

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


@dataclass(frozen=True, slots=True)
class Held:
    """What one room holds: its rows as they are told."""

    holding: Holding
    rows: list[dict[str, Any]]


def account_of(person: User) -> dict[str, Any]:
    return {name: getattr(person, name) for name in OF_THE_ACCOUNT}


def held_about(person: User) -> Iterator[Held]:
    """Room by room, what there is; one query for each kind, and one for what its rows name."""
    for holding in holdings():
        rows = holding.of(person).order_by("pk") if holding.shown else ()
        if told := [_told(each, holding) for each in rows]:
            yield Held(holding, told)


def _told(row: Model, holding: Holding) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in holding.shown}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Model) else value


def entries_about(person: User) -> list[dict[str, Any]]:
    """What the journal holds under the key that stands for this person there."""
    mine = EntryObject.objects.filter(
        type=EntryObject.Type.SUBJECT, key=str(person.subject_key)
    ).values("entry")
    entries = Entry.objects.filter(pk__in=mine).order_by("at", "pk")
    return [{"at": each.at, "kind": each.kind, "data": each.data} for each in entries]


def as_file(person: User, *, at: datetime) -> dict[str, Any]:
    """For a program to read: names are those of fields and do not follow the language."""
    found: dict[str, Any] = {}
    for held in held_about(person):
        found[held.holding.model] = held.rows
    return {
        "made_at": at,
        "account": account_of(person),
        "held": found,
        "journal": entries_about(person),
    }
