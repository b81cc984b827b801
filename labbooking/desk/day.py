"""A day at the desk: who is expected, what is out, what is late. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from labbooking import when as say
from labbooking.bookings.models import Booking
from labbooking.bookings.rules.overrides import in_one_line
from labbooking.bookings.rules.usage_rules import gone
from labbooking.bookings.states import HOLDING, State
from labbooking.period import MINUTE, Period


class Place(Enum):
    """Where on the page a booking stands, in this order: what is wrong comes first."""

    OVERDUE = auto()
    UNSETTLED = auto()
    ARRIVALS = auto()
    DUE = auto()
    OUT = auto()
    DONE = auto()


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One booking at the desk; `act` is what can be done about it now, or empty."""

    booking: Booking
    place: Place
    words: str
    late: bool = False
    act: str = ""

    @property
    def verb(self) -> str:
        return _verb(self.act, self.booking)


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    hint: str
    lines: list[DeskRow]


def sections(bookings: Iterable[Booking], day: Period, at: datetime) -> list[Section]:
    """The bookings of `queries.bookings_on`, each in its place; empty places are left out."""
    lines = [line(booking, day, at) for booking in bookings]
    found = []
    for place in Place:
        here = sorted((each for each in lines if each.place is place), key=_order)
        if here:
            found.append(Section(*_headings(place), lines=here))
    return found


def line(booking: Booking, day: Period, at: datetime) -> DeskRow:
    """Needs the booking in detail (`bookings.queries.detailed`)."""
    told = _line(booking, day, at)
    why = gone(booking) if booking.state in HOLDING else []
    if not why or told.place in {Place.OVERDUE, Place.DONE}:
        return told
    words = f"{in_one_line(why)} {_to_be_done(booking)}"
    return replace(told, place=Place.UNSETTLED, words=words, late=True)


def _line(booking: Booking, day: Period, at: datetime) -> DeskRow:
    zone = booking.named[0].resource.zone
    if booking.state == State.IN_USE:
        return _in_use(booking, zone, day, at)
    if booking.state == State.APPROVED:
        return _expected(booking, zone, day, at)
    if booking.state == State.REQUESTED:
        return DeskRow(booking, Place.UNSETTLED, "")
    if booking.was_not_used:
        return DeskRow(booking, Place.DONE, _nobody_checked_in(), late=True)
    return DeskRow(booking, Place.DONE, _came_of_it(booking, zone))


def _expected(booking: Booking, zone: ZoneInfo, day: Period, at: datetime) -> DeskRow:
    if at >= booking.ends_at:
        return DeskRow(booking, Place.DONE, _nobody_checked_in(), late=True)
    is_today = day.start <= at < day.end
    if booking.starts_at < day.start and not is_today:
        return DeskRow(booking, Place.DUE, _back(booking, zone, day))
    late, time = at - booking.starts_at, _time(booking.starts_at, zone, day)
    words = _("Expected at {time}.").format(time=time)
    if late >= MINUTE:
        words = _("Expected at {time}, {late} ago.").format(time=time, late=say.duration(late))
    return DeskRow(booking, Place.ARRIVALS, words, late >= MINUTE, "check-in" if is_today else "")


def _to_be_done(booking: Booking) -> str:
    """What staff are expected to do with what nothing can come of any more."""
    if booking.state == State.REQUESTED:
        return _("Decline the request, with a reason.")
    if booking.state == State.IN_USE:
        return _("Take it back.")
    return _("Cancel it with a reason, or move it in agreement.")


def _nobody_checked_in() -> str:
    return _("Nobody checked in, and the time is over.")


def _in_use(booking: Booking, zone: ZoneInfo, day: Period, at: datetime) -> DeskRow:
    if at > booking.ends_at:
        words = _("Was due back at {time}, {late} ago.").format(
            time=_time(booking.ends_at, zone, day), late=say.duration(at - booking.ends_at)
        )
        return DeskRow(booking, Place.OVERDUE, words, late=True, act="check-out")
    place = Place.DUE if booking.ends_at <= day.end else Place.OUT
    return DeskRow(booking, place, _back(booking, zone, day), act="check-out")


def _back(booking: Booking, zone: ZoneInfo, day: Period) -> str:
    return _("Due back at {time}.").format(time=_time(booking.ends_at, zone, day))


def _came_of_it(booking: Booking, zone: ZoneInfo) -> str:
    if booking.state == State.NO_SHOW or booking.checked_out_at is None:
        return _("Nobody came.")
    return _("Back at {time}.").format(time=say.clock(booking.checked_out_at, zone))


def _time(instant: datetime, zone: ZoneInfo, day: Period) -> str:
    """The clock alone within the day that is shown, else with its date."""
    if day.start <= instant <= day.end:
        return say.clock(instant, zone)
    return say.moment(instant, zone, at=day.start)


def _order(each: DeskRow) -> tuple[datetime, int]:
    booking = each.booking
    if each.place is Place.ARRIVALS:
        return booking.starts_at, booking.pk
    return booking.checked_out_at or booking.ends_at, booking.pk


def _headings(place: Place) -> tuple[str, str]:
    return {
        Place.OVERDUE: (_("Overdue"), _("Not brought back in time. Ask, then take it back.")),
        Place.UNSETTLED: (
            _("To be settled"),
            _("The person has left, or the thing is out of service."),
        ),
        Place.ARRIVALS: (_("Expected"), _("Confirmed, and not yet here.")),
        Place.DUE: (_("Due back"), _("In use until later this day.")),
        Place.OUT: (_("In use"), _("Stays out beyond this day.")),
        Place.DONE: (_("Done"), _("Brought back, or never collected.")),
    }[place]


def _verb(act: str, booking: Booking) -> str:
    """Things are handed over; a seat one takes oneself is checked in."""
    return {
        ("check-in", True): pgettext("act at the desk", "Check in"),
        ("check-in", False): pgettext("act at the desk", "Hand over"),
        ("check-out", True): pgettext("act at the desk", "Check out"),
        ("check-out", False): pgettext("act at the desk", "Take back"),
    }.get((act, booking.self_service), "")
