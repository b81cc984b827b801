"""Which bookings can move, to where, and where the other dates of a series come to lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.bookings.moves.approved_time import may_last
from labbooking.bookings.states import MOVABLE, State
from labbooking.bookings.transaction.preconditions import what_became_of
from labbooking.errors import Malformed, WrongState
from labbooking.period import Period, UnclearLocalTime, local_instant
from residents.models import User


def movable(bookings: Sequence[Booking]) -> list[Booking]:
    """Those of the bookings that can still move. Raises `WrongState` if the first cannot."""
    if not can_move(bookings[0]):
        raise WrongState(what_became_of(bookings[0]))
    return [bookings[0], *(each for each in bookings[1:] if each.state in MOVABLE)]


def can_move(booking: Booking) -> bool:
    """For buttons; the action asks again."""
    return booking.state in {*MOVABLE, State.IN_USE}


def may_become_so(booking: Booking, to: Period, by: User, at: datetime) -> None:
    """Raises `WrongState` where what is in use would begin at another time, end before now, or
    last longer than staff said."""
    if booking.state != State.IN_USE:
        return
    if to.start != booking.starts_at:
        raise WrongState(_("It has begun already: only its end can be another one."))
    if to.end <= at:
        raise WrongState(_("That time has already passed."))
    may_last(booking, to, by)


def shifted(bookings: Sequence[Booking], to: Period, zone: ZoneInfo) -> list[Period]:
    """The new period of each when the first moves to `to`: as much later by the wall clock."""
    old, new = bookings[0].period.local(zone), to.local(zone)
    by_start, by_end = (
        _wall(after) - _wall(before) for before, after in zip(old, new, strict=True)
    )
    return [to, *(_shift(each.period, by_start, by_end, zone) for each in bookings[1:])]


def _shift(period: Period, by_start: timedelta, by_end: timedelta, zone: ZoneInfo) -> Period:
    start, end = period.local(zone)
    try:
        return Period(
            local_instant(_wall(start) + by_start, zone), local_instant(_wall(end) + by_end, zone)
        )
    except UnclearLocalTime as unclear:
        raise Malformed(
            _("One of the dates would fall on the hour of a clock change.")
        ) from unclear


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
