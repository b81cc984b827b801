"""What nobody can use now: taken out of use, or closed by itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.bookings.availability.busy import Busy
from labbooking.bookings.availability.resource_days import LabDays, ResourceDays
from labbooking.bookings.availability.wording import things
from labbooking.today.queries import FEW


@dataclass(frozen=True, slots=True)
class OutOfUse:
    """`what` is out for one reason, the first of it linked to: a few by name, many by number."""

    what: str
    slug: str
    why: str


def out_of_use(lab: LabDays, zone: ZoneInfo, at: datetime) -> list[OutOfUse]:
    """What closes the whole house, such as a holiday, breaks nothing."""
    found: dict[object, list[ResourceDays]] = {}
    why: dict[object, str] = {}
    for line in lab.lines:
        for key, words in _reasons(line, zone, at):
            found.setdefault(key, []).append(line)
            why[key] = words
    usable = sum(line.resource.is_bookable for line in lab.lines)
    return [
        OutOfUse(_what(lines), lines[0].resource.slug, why[key])
        for key, lines in found.items()
        if key is None or len(lines) < usable
    ]


def _what(lines: list[ResourceDays]) -> str:
    return things(lines) if len(lines) > FEW else ", ".join(each.resource.name for each in lines)


def _reasons(line: ResourceDays, zone: ZoneInfo, at: datetime) -> Iterator[tuple[object, str]]:
    if not line.resource.is_bookable:
        yield None, _("Taken out of use.")
        return
    closed = (each for each in line.taken if each.closure_id)
    for each in closed:
        if each.booked.start <= at < each.booked.end:
            yield each.closure_id, _closed(each, zone, at)


def _closed(closure: Busy, zone: ZoneInfo, at: datetime) -> str:
    until = say.moment(closure.booked.end, zone, at=at)
    if not closure.closed_for:
        return _("Closed until {moment}.").format(moment=until)
    words = _("{reason}, until {moment}.")
    return words.format(reason=closure.closed_for, moment=until)
