"""Closes a resource for the events of a calendar, and follows the calendar as it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import Resource
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.closures.calendar_file.reader import CalendarEvent, CalendarFile
from labbooking.bookings.closures.calendar_plan import (
    OURS,
    BookedDate,
    CalendarPlan,
    in_words,
    plan,
)
from labbooking.bookings.models import Allocation
from labbooking.bookings.transaction.closing import Closing, close_all, lift_all, locked
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, SlotTaken, WrongState
from labbooking.period import Period
from residents.models import User

NAMED = 20
"""So many of the dates and events that do not fit are named in one answer."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many dates were closed, opened again, left as they were; and what was left out."""

    closed: int
    reopened: int
    known: int
    left_out: tuple[str, ...]


def import_events(
    file: CalendarFile,
    resource: Resource,
    *,
    at: datetime,
    by: User | None = None,
    only_what_fits: bool = False,
    seen: str | None = None,
) -> Imported:
    """Make each date a closure; those of the same events that are no longer so are lifted.

    A second import of the same calendar changes nothing. Raises `Malformed` naming each event
    that cannot be read, and `SlotTaken` naming each in whose way a booking stands, and then
    nothing has changed; with `only_what_fits` the others are imported. `seen` is the plan that
    somebody has agreed to: if it has become another one, `WrongState`.
    """
    if by is not None:
        only_staff(by)
    followed = Q(closure__key__startswith=OURS, resource=resource, ends_at__gt=at)
    closed = Allocation.objects.filter(followed)
    with passing_on(closed, at, also=[resource, *resource.parts.all()]):
        planned = plan(file, resource, at)
        if seen not in {None, planned.seen}:
            raise WrongState(_("Something has changed meanwhile. Look at the plan again."))
        if not only_what_fits:
            _refuse_what_does_not_fit(planned)
        _follow(planned, resource, by, at)
    left_out = (*map(str, planned.unreadable), *_in_the_way(planned.clashes))
    ignored = tuple(str(each) for each in planned.ignored)
    return Imported(len(planned.new), len(planned.gone), planned.known, left_out + ignored)


def _follow(planned: CalendarPlan, resource: Resource, by: User | None, at: datetime) -> None:
    if planned.gone:
        lift_all(planned.gone, by=by, at=at, forget_keys=True)
    if planned.new:
        closed = locked([resource])
        times = [each.period for each in planned.new.values()]
        within = Period(min(each.start for each in times), max(each.end for each in times))
        closings = [_closing(key, event) for key, event in planned.new.items()]
        close_all(closings, closed, busy(closed.all, within), by=by, at=at)


def _closing(key: str, event: CalendarEvent) -> Closing:
    said = event.summary
    return Closing(event.period, said or "Geschlossen", said or "Closed", key)


def _refuse_what_does_not_fit(planned: CalendarPlan) -> None:
    if planned.unreadable:
        raise Malformed(_first([str(each) for each in planned.unreadable]))
    if planned.clashes:
        raise SlotTaken(_first(_in_the_way(planned.clashes)))


def _first(lines: Sequence[str]) -> str:
    more = len(lines) - NAMED
    rest = ngettext("and {count} more", "and {count} more", more).format(count=more)
    return "\n".join([*lines[:NAMED], *([rest] if more > 0 else [])])


def _in_the_way(clashes: Sequence[BookedDate]) -> list[str]:
    return [_clashing(each) for each in clashes]


def _clashing(clash: BookedDate) -> str:
    message = ngettext(
        "{event}: {count} booking is in the way.",
        "{event}: {count} bookings are in the way.",
        len(clash.bookings),
    )
    return message.format(event=in_words(clash.event), count=len(clash.bookings))
