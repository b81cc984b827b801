"""Which bookings can move, to where, and where the other dates of a series come to lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.bookings.moves.approved_time import may_last
from labbooking.bookings.states import MOVABLE, State
from labbooking.bookings.transaction.preconditions import it_is_over, what_became_of
from labbooking.errors import Malformed, WrongState
from labbooking.period import Period, UnclearLocalTime, local_instant
from residents.models import User


def movable(bookings: Sequence[Booking], at: datetime) -> list[Booking]:
    """Those of the bookings that can still move, the named one first, as they come.

    What is over stays where it was; where that is the named one, the others move. Raises
    `WrongState` where nothing can, or where the named one cannot for another reason.
    """
    found = still_movable(bookings, at)
    if not found:
        raise WrongState(why_fixed(bookings[0], at))
    return found


def still_movable(bookings: Sequence[Booking], at: datetime) -> list[Booking]:
    """The same; empty where `movable` raises."""
    named, *others = bookings
    left = [each for each in others if each.state in MOVABLE and can_move(each, at)]
    if can_move(named, at):
        return [named, *left]
    return left if named.is_over(at) else []


def can_move(booking: Booking, at: datetime) -> bool:
    """For buttons; the action asks again."""
    return booking.state in {*MOVABLE, State.IN_USE} and not booking.is_over(at)


def why_fixed(booking: Booking, at: datetime) -> str:
    """Why one that cannot move stays where it is."""
    is_only_over = booking.state in MOVABLE and booking.is_over(at)
    return it_is_over() if is_only_over else what_became_of(booking)


def may_become_so(booking: Booking, to: Period, by: User, at: datetime) -> None:
    """Raises `WrongState` where what is in use would begin at another time, end before now, or
    last longer than staff said."""
    if booking.state != State.IN_USE:
        return
    if to.start != booking.starts_at:
        raise WrongState(_("It has already begun: only its end can still change."))
    if to.end <= at:
        raise WrongState(_("That time has already passed."))
    may_last(booking, to, by)


def shifted(
    bookings: Sequence[Booking], named: Booking, to: Period, zone: ZoneInfo
) -> list[Period]:
    """The new period of each when the named one moves to `to`: as much later by the wall clock."""
    old, new = named.period.local(zone), to.local(zone)
    by_start, by_end = (
        _wall(after) - _wall(before) for before, after in zip(old, new, strict=True)
    )
    return [
        to if each.pk == named.pk else _shift(each.period, by_start, by_end, zone)
        for each in bookings
    ]


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
    except ValueError as reversed_:
        raise Malformed(_("One of the dates would end before it starts.")) from reversed_


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)
