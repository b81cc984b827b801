"""The one place in which every room says what it holds about people. A test finds models with a
person of which no room has said anything."""

from __future__ import annotations

from dataclasses import dataclass
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
    them; rows that are theirs only as an act about something else show nothing and are kept."""

    model: str
    person: str
    erasure: Erasure
    what: Promise | str = ""
    shown: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()

    def of(self, person: User | OuterRef) -> QuerySet[Any]:
        """All rows, also those that the model's own manager would leave out."""
        rows: QuerySet[Any] = apps.get_model(self.model)._base_manager.all()  # noqa: SLF001
        return rows.filter(**{self.person: person})


_holdings: list[Holding] = []


def declare(*holdings: Holding) -> None:
    """Called once by each room, when it is ready."""
    _holdings.extend(each for each in holdings if each not in _holdings)


def holdings() -> tuple[Holding, ...]:
    return tuple(_holdings)
