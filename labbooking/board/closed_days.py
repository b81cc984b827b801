"""What is closed on the days of a board and why: a narrow block has no room to say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import pgettext

from labbooking import when as say
from labbooking.bookings.availability.resource_days import LabDays, ResourceDays
from labbooking.bookings.availability.wording import listed
from labbooking.period import Period


@dataclass(frozen=True, slots=True)
class ClosedTime:
    """`things` are all that is closed for the same reason at the same time, in words."""

    when: str
    reason: str
    things: str


def closed_times(lab: LabDays, zone: ZoneInfo, *, at: datetime) -> list[ClosedTime]:
    """In order of time. Asks the database nothing."""
    found: dict[tuple[Period, str], list[ResourceDays]] = {}
    for line in lab.lines:
        for taken in line.taken:
            if taken.closure_id and taken.booked.overlaps(lab.period):
                found.setdefault((taken.booked, taken.closed_for), []).append(line)
    return [
        ClosedTime(
            say.when(period, zone, at=at),
            reason or pgettext("on the board", "closed"),
            listed(list(_named(lines, lab.lines))),
        )
        for (period, reason), lines in sorted(found.items(), key=lambda each: each[0])
    ]


def _named(closed: Sequence[ResourceDays], lines: Iterable[ResourceDays]) -> Iterator[str]:
    """Types where all of them are closed, else single things."""
    keys = {each.resource.pk for each in closed}
    others = {each.resource.type_id for each in lines if each.resource.pk not in keys}
    said = set()
    for each in closed:
        thing = each.resource
        if thing.type_id in others:
            yield thing.name
        elif thing.type_id not in said:
            said.add(thing.type_id)
            yield thing.type.plural
