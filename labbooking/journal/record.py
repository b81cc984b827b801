"""The one way into the journal."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection

from labbooking.journal.kinds import KINDS, TOLD, WHO_SEES
from labbooking.journal.models import Entry, EntryObject, Untold
from labbooking.rows import insert, insert_values

Type = EntryObject.Type


@dataclass(frozen=True, slots=True)
class Touched:
    """What an entry touches, and in which part: `Touched("subject", key, "actor")`."""

    type: str
    key: str
    qualifier: str


class Person(Protocol):
    """Somebody as the journal knows them: by a key, not by name."""

    @property
    def subject_key(self) -> object: ...


def people(person: Person | None = None, *, by: Person | None) -> tuple[Touched, ...]:
    """Whom an entry is about, and who did it: nobody where time itself acts."""
    parts = (("person", person), ("actor", by))
    return tuple(
        Touched("subject", str(each.subject_key), part) for part, each in parts if each is not None
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry about to be written."""

    kind: str
    at: datetime
    touched: tuple[Touched, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def record(*happenings: Happening) -> list[Entry]:
    """Write entries in the caller's transaction, so that an act and its entry share one fate.

    Raises `KeyError` for an unknown kind and `RuntimeError` outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an entry is written in the transaction of what it tells")
    for happening in happenings:
        KINDS[happening.kind]
    entries = [Entry(kind=each.kind, at=each.at, data=each.data) for each in happenings]
    _number(entries)
    _link(zip(entries, happenings, strict=True))
    return entries


def _number(entries: Sequence[Entry]) -> None:
    """Entries that not everybody may see are written with numbers of their own."""
    insert(each for each in entries if each.kind not in WHO_SEES)
    for entry in entries:
        if entry.kind in WHO_SEES:
            entry.pk = _out_of_line()
            entry.save(force_insert=True)


def _out_of_line() -> int:
    """A number that neither follows another nor leaves a gap; chance alone makes it unique."""
    return -1 - secrets.randbits(62)


def _link(pairs: Iterable[tuple[Entry, Happening]]) -> None:
    """By their values: as objects of Django they take four times as long as the database does."""
    pairs = list(pairs)
    touched = [
        (entry.kind in WHO_SEES, (entry.pk, each.type, each.key, each.qualifier))
        for entry, happening in pairs
        for each in happening.touched
    ]
    names = ("entry_id", "type", "key", "qualifier")
    in_line = [values for apart, values in touched if not apart]
    out_of_line = [(_out_of_line(), *values) for apart, values in touched if apart]
    insert_values(EntryObject, names, in_line)
    insert_values(EntryObject, ("id", *names), out_of_line)
    untold = [(entry.pk,) for entry, _happening in pairs if entry.kind in TOLD]
    insert_values(Untold, ("entry_id",), untold)
