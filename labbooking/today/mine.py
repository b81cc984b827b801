"""What somebody has next, and what waits for them. Pure: it needs the bookings in detail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.confirmations import question
from labbooking.bookings.pages.mine.next_step import expected
from labbooking.bookings.pages.mine.on_the_plan import on_the_plan
from labbooking.bookings.pages.mine.views.overview import BookingRow
from labbooking.bookings.rules.permitted_acts import further_acts, possible_acts
from labbooking.bookings.states import State
from labbooking.period import DAY
from labbooking.today.queries import FEW
from residents.models import User

_DONE_HERE = frozenset({"confirm", "answer", "check-in", "check-out"})
"""What somebody came for; everything else is on the booking's own page."""


@dataclass(frozen=True, slots=True)
class NextThing:
    """`places` are the things with where they stand on the plan; `hint` says how soon it is."""

    row: BookingRow
    title: str
    hint: str
    places: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Mine:
    next: NextThing | None
    then: list[BookingRow]
    waits: list[BookingRow]


def mine(bookings: Iterable[Booking], person: User, at: datetime) -> Mine:
    """Of `queries.own_bookings`."""
    rows = [_row(each, person, at) for each in bookings if each.named]
    asked = [row for row in rows if _waits(row)]
    asked.sort(key=lambda row: not (row.expectation and row.expectation.now))
    has = [row for row in rows if row.booking.state in {State.APPROVED, State.IN_USE}]
    has.sort(key=lambda row: _urgency(row, at))
    first = _next(has[0], at) if has else None
    return Mine(first, has[1:FEW], asked[:FEW])


def _row(booking: Booking, person: User, at: datetime) -> BookingRow:
    acts = [*possible_acts(booking, person, at), *further_acts(booking, person, at)]
    here = [
        question(act, booking, by=person, at=at, back=reverse("today"))
        for act in acts
        if act in _DONE_HERE
    ]
    return BookingRow(booking, expected(booking, at, reader=person), here)


def _waits(row: BookingRow) -> bool:
    return row.booking.state in {State.HELD, State.REQUESTED} and row.expectation is not None


def _urgency(row: BookingRow, at: datetime) -> int:
    """What is late, what can be begun, what runs, what comes within a day; then a stay."""
    booking, told = row.booking, row.expectation
    if told and told.late:
        return 0
    if booking.state == State.APPROVED:
        return 1 if told and told.now else 3 if booking.starts_at < at + DAY else 5
    return 4 if any(each.rules and each.rules.by_night for each in booking.named) else 2


def _next(row: BookingRow, at: datetime) -> NextThing:
    booking = row.booking
    title, hint = _("Now"), ""
    if booking.starts_at > at:
        title, soon = _("Next"), booking.starts_at - at
        if soon < DAY:
            hint = _("In {duration}.").format(duration=say.duration(soon))
    return NextThing(row, title, hint, on_the_plan(booking))
