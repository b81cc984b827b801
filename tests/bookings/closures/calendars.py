"""Calendars written for tests, and what reading and following them comes to."""

from pathlib import Path

from labbooking.bookings.actions.import_calendar import import_events
from labbooking.bookings.closures.calendar_file.reader import read
from labbooking.bookings.models import Closure
from tests.lab import BERLIN, berlin

CASES = Path(__file__).parent / "cases"
NOW = berlin("2026-11-30 09:00")


def ics(*events, head=""):
    """`events` are the lines of one event each, without BEGIN and END."""
    blocks = "\n".join(f"BEGIN:VEVENT\n{each.strip()}\nEND:VEVENT" for each in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{head}{blocks}\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(start="20270111", uid="u1", *more, summary="Case"):
    """One whole day, or whatever `more` says."""
    lines = [f"UID:{uid}", f"SUMMARY:{summary}", f"DTSTART;VALUE=DATE:{start}", *more]
    return "\n".join(lines)


def case(name):
    """A file of `cases/` by the first letters of its name."""
    (path,) = CASES.glob(f"{name}_*.ics")
    return path


def found(data, at=NOW, name="calendar.ics"):
    return read(data, BERLIN, at=at, name=name)


def times(data, at=NOW):
    """ "2027-01-11 10:00/12:00", and with the day of its end where it is another one."""
    return [_said(*each.period.local(BERLIN)) for each in found(data, at).dates]


def _said(start, end):
    shape = "%H:%M" if start.date() == end.date() else "%Y-%m-%d %H:%M"
    return f"{start:%Y-%m-%d %H:%M}/{end.strftime(shape)}"


def follow(resource, data, at=NOW, name="calendar.ics", **options):
    return import_events(found(data, at, name), resource, at=at, **options)


def closed():
    """The first days of what is closed ahead."""
    ahead = Closure.objects.filter(allocations__isnull=False).distinct()
    starts = ahead.order_by("starts_at", "pk").values_list("starts_at", flat=True)
    return [f"{each.astimezone(BERLIN):%m-%d}" for each in starts]
