"""Whose bookings somebody may read about: their own, and to lab staff all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.board.layout import Look
from labbooking.board.numbered_urls import numbered
from labbooking.bookings.availability.resource_days import LabDays
from labbooking.bookings.queries import visible_bookings
from labbooking.bookings.states import MOVABLE, State
from residents.models import User


class Named(NamedTuple):
    """What is read of a booking to name it."""

    booking_id: int
    state: str
    purpose: str
    person_id: int
    person: str


class Name(NamedTuple):
    """How a booking that somebody may read about is told to them.

    `movable`: the board offers to move it; `actions.move` asks again.
    """

    word: str
    look: Look
    url: str
    movable: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The bookings that one reader may read about, told when they are asked for."""

    reader_id: int | None = None
    is_lab_staff: bool = False
    rows: Mapping[int, Named] = field(default_factory=dict)
    words: str = field(default_factory=lambda: _("{person}, {purpose}"))

    def __contains__(self, booking_id: object) -> bool:
        return booking_id in self.rows

    def get(self, booking_id: int | None) -> Name | None:
        row = self.rows.get(booking_id or 0)
        return self._name(row) if row else None

    @property
    def asking(self) -> tuple[object, ...]:
        """What of the reader decides over how a booking is told to them."""
        return (self.reader_id, self.is_lab_staff) if self.reader_id else ()

    def among(self, bookings: Iterable[int]) -> list[Named]:
        """What is known of those of some bookings that may be named."""
        return [self.rows[each] for each in bookings if each in self.rows]

    def _name(self, row: Named) -> Name:
        mine = row.person_id == self.reader_id
        waits = row.state == State.REQUESTED
        look = Look.WAITING if waits else Look.MINE if mine else Look.BUSY
        movable = row.state in MOVABLE  # Whoever may read about it here acts for it.
        url = numbered("booking", row.booking_id)
        return Name(self._word(row, mine=mine), look, url, movable)

    def _word(self, row: Named, *, mine: bool) -> str:
        if mine or not row.purpose:
            return row.purpose if mine else row.person
        return self.words.format(person=row.person, purpose=row.purpose)


def names(person: User | AnonymousUser, lab: LabDays) -> Names:
    """The bookings on some lines that this person may read about. At most one query.

    Asked for by the time they start in, and by key only where they started before: so the
    question stays short, however much there is on the board.
    """
    if not isinstance(person, User) or not lab.lines:
        return Names()
    days = lab.period
    earlier = lab.found.booked_before(days.start)
    starting = Q(starts_at__gte=days.start, starts_at__lt=days.end, state__in=_SHOWN)
    rows = visible_bookings(person).filter(starting | Q(pk__in=earlier)).order_by()
    known = {row[0]: Named(*row) for row in rows.values_list(*_READ)}
    return Names(person.pk, person.is_lab_staff, known)


_SHOWN = (State.HELD, State.REQUESTED, State.APPROVED, State.IN_USE, State.COMPLETED)
_READ = ("pk", "state", "purpose", "person_id", "person__name")
