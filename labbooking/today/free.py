"""What is free now, small: in words and on the plan; after closing time, on the next day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from equipment import floor
from labbooking import when as say
from labbooking.board.address import BoardAddress
from labbooking.board.booking_labels import Named, Names
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.next_free import next_free
from labbooking.bookings.availability.resource_days import LabDays
from labbooking.bookings.availability.status_now import TypeStatus, type_statuses
from labbooking.bookings.models import Booking
from labbooking.floorplan.layout import UNITS, Spot, on_top
from labbooking.floorplan.wording import Asked, groups
from labbooking.period import HOUR, Period
from labbooking.today.opening import open_times
from residents.models import User


@dataclass(frozen=True, slots=True)
class FreeNow:
    """`spots` are drawn as they stand at the moment `drawn` tells of."""

    title: str
    words: str
    types: list[TypeStatus]
    spots: list[Spot]
    drawn: str
    board_url: str
    width: int = round(floor.WIDTH * UNITS)
    height: int = round(floor.HEIGHT * UNITS)


def free_now(
    lab: LabDays, own: Iterable[Booking], person: User, zone: ZoneInfo, at: datetime
) -> FreeNow:
    """`own` are the person's bookings: of everybody else's nothing but busy is told."""
    free, today = next_free(lab, zone, at), at.astimezone(zone).date()
    shown = _moment(lab, free.day > today, at)
    drawn = _("The plan shows the house right now.")
    if shown > at:
        words = _("The plan shows {moment}.")
        drawn = words.format(moment=say.moment(shown, zone, at=at))
    return FreeNow(
        free.title,
        free.words,
        type_statuses(lab, zone, at),
        _spots(lab, ReaderView(_named(own, person), zone, at), shown),
        drawn,
        BoardAddress(free.day).url,
    )


def _moment(lab: LabDays, is_later: bool, at: datetime) -> datetime:
    """Now, or when the house opens next where nothing can be had any more today."""
    times = open_times(lab)
    if not is_later and any(each.start <= at < each.end for each in times):
        return at
    return min((each.start for each in times if each.start > at), default=at)


def _named(own: Iterable[Booking], person: User) -> Names:
    rows = {
        each.pk: Named(each.pk, each.state, each.purpose, each.person_id, str(each.person))
        for each in own
    }
    return Names(person.pk, is_lab_staff=False, rows=rows)


def _spots(lab: LabDays, telling: ReaderView, shown: datetime) -> list[Spot]:
    asked = Asked(Period(shown, shown + HOUR), telling.zone, telling.at, moment=shown)
    return on_top(spot for each in groups(lab, asked, telling) for spot in each.spots)
