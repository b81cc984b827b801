"""The one place in which every room says what it holds about people. A test finds models with a
person of which no room has said anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import OuterRef, QuerySet
from django.utils.functional import Promise

if TYPE_CHECKING:
    from residents.models import User


class Erasure(Enum):
    """What becomes of the rows when somebody is erased."""

    DELETED = auto()
    EMPTIED = auto()
    """They stay, for others and for the figures, but without the words in them."""
    KEPT = auto()
    """They are about something else; who did it is nobody's name any more."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of a model that name a person in the field `person`. `shown` are the fields told to
    them; rows that are theirs only as an act about something else show nothing and are kept.
    `with_more` fetches, for all rows at once, what those fields are made of."""

    model: str
    person: str
    erasure: Erasure
    what: Promise | str = ""
    shown: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    with_more: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None

    def of(self, person: User | OuterRef) -> QuerySet[Any]:
        """All rows, also those that the model's own manager would leave out."""
        rows: QuerySet[Any] = apps.get_model(self.model)._base_manager.all()  # noqa: SLF001
        return rows.filter(**{self.person: person})

    def told_of(self, person: User) -> QuerySet[Any]:
        """The same rows with all that `shown` names: as many queries for one as for all."""
        rows = self.of(person).order_by("pk")
        relations = {each.name for each in rows.model._meta.fields if each.is_relation}  # noqa: SLF001
        if named := relations.intersection(self.shown):  # without any it would follow them all
            rows = rows.select_related(*named)
        return self.with_more(rows) if self.with_more else rows


_holdings: list[Holding] = []


def declare(*holdings: Holding) -> None:
    """Called once by each room, when it is ready."""
    _holdings.extend(each for each in holdings if each not in _holdings)


def holdings() -> tuple[Holding, ...]:
    return tuple(_holdings)


Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Replay:
    """What a room has deleted at somebody's request who is not erased. `known` lists it without a
    name; `again` deletes in a lab restored from before what of such a list is its own, and says how
    much that was."""

    known: Callable[[], list[Row]]
    again: Callable[[Sequence[Row], datetime], int]


_replays: list[Replay] = []


def declare_replay(replay: Replay) -> None:
    """Called once by each room that has one, when it is ready."""
    if replay not in _replays:
        _replays.append(replay)


def known_everywhere() -> list[Row]:
    return [row for each in _replays for row in each.known()]


def delete_again(rows: Sequence[Row], *, at: datetime) -> int:
    return sum(each.again(rows, at) for each in _replays)


_endings: list[Callable[[User, datetime], None]] = []


def declare_ending(act: Callable[[User, datetime], None]) -> None:
    """Called once by a room in which something may lie ahead of people: `act` ends it, locked."""
    if act not in _endings:
        _endings.append(act)


def end_what_lies_ahead(person: User, at: datetime) -> None:
    for act in _endings:
        act(person, at)
