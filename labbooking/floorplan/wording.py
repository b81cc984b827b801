"""How a thing on the floor plan stands at a chosen time, told to one reader.

What may be told is decided in `shown`; this says it shortly: "free until 14:00".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.board.layout import Look, Stretch
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.resource_days import LabDays, ResourceDays
from labbooking.bookings.demand.url_query import span_of
from labbooking.floorplan.layout import STATES, Group, Spot, SpotStatus, deciding, point_of
from labbooking.period import DAY, Period, free_between, local_day


@dataclass(frozen=True, slots=True)
class Asked:
    """The time somebody asks about; for what is let by the night, the night of its first day.

    Where they ask about a `moment`, what is free at it is free, also if not for all of the time.
    """

    period: Period
    zone: ZoneInfo
    at: datetime
    moment: datetime | None = None

    def of(self, line: ResourceDays) -> Period:
        rules, zone = line.rules, line.resource.zone
        if not (rules.by_night and rules.arrival and rules.departure):
            return self.period
        day = self.period.start.astimezone(zone).date()
        arrival = datetime.combine(day, rules.arrival, zone)
        return Period(arrival, datetime.combine(day + DAY, rules.departure, zone))


def groups(lab: LabDays, asked: Asked, telling: ReaderView) -> Iterator[Group]:
    """Everything in the house, type by type."""
    for _type, lines in groupby(lab.lines, key=lambda line: line.resource.type):
        yield group(list(lines), asked, telling)


def group(lines: list[ResourceDays], asked: Asked, telling: ReaderView) -> Group:
    """The things of one type, with their states."""
    of_type = lines[0].resource.type
    spots = tuple(_spot(each, asked, telling) for each in lines)
    return Group(of_type.slug, of_type.plural, spots, _closed_all_day(lines, asked))


def _closed_all_day(lines: list[ResourceDays], asked: Asked) -> str:
    """Why nothing of a type is open on the day asked about, from its opening to its end."""
    day = local_day(asked.period.start.astimezone(asked.zone).date(), asked.zone)
    reasons = {_why_closed(line, day) for line in lines}
    if None in reasons:
        return ""
    said = sorted(filter(None, reasons))
    if not said:
        return _("closed all day")
    return _("closed all day: {reason}").format(reason=", ".join(said))


def _why_closed(line: ResourceDays, day: Period) -> str | None:
    """None where it is open at some time of the day; a reason may be without words."""
    hours = [day] if line.rules.by_night else [each for each in line.hours if each.overlaps(day)]
    closed = [each for each in line.taken if each.closure_id and each.booked.overlaps(day)]
    times = [each.booked for each in closed]
    if any(free_between(each, times) for each in hours):
        return None
    return closed[0].closed_for if closed else ""


def _spot(line: ResourceDays, asked: Asked, telling: ReaderView) -> Spot:
    resource = line.resource
    told = tell(line, asked, telling)
    return Spot(resource.slug, resource.name, resource.type.drawing, point_of(resource), told)


def tell(line: ResourceDays, asked: Asked, telling: ReaderView) -> SpotStatus:
    """Its state, its words and its link: to book it, to the booking, or to its own page."""
    wanted, stretches = asked.of(line), list(telling.stretches(line))
    if free := _free_at_the_moment(stretches, line, asked):
        return SpotStatus("free", _free_until(free, asked), free.url)
    stretch = deciding(stretches, wanted)
    page = reverse("resource", args=[line.resource.slug])
    if stretch is None:
        return SpotStatus(*_not_open(line, wanted, asked.at), page)
    if stretch.look == Look.FREE:
        return _free(stretch, line, wanted, asked)
    if stretch.url:
        return SpotStatus(STATES.get(stretch.look, "mine"), stretch.told, stretch.url)
    return SpotStatus(STATES.get(stretch.look, "busy"), _taken(stretch, wanted, asked), page)


def _free_at_the_moment(
    stretches: Sequence[Stretch], line: ResourceDays, asked: Asked
) -> Stretch | None:
    moment = asked.moment
    if moment is None or line.rules.by_night:
        return None
    needed = moment + line.rules.smallest
    free = (each for each in stretches if each.look == Look.FREE)
    return next(
        (each for each in free if each.period.start <= moment and needed <= each.period.end), None
    )


def _free(stretch: Stretch, line: ResourceDays, wanted: Period, asked: Asked) -> SpotStatus:
    if line.rules.by_night:
        return SpotStatus("free", _("free for the night"), stretch.url)
    if not stretch.period.covers(wanted):
        return _free_in_part(stretch.period, line, wanted, asked)
    resource = line.resource
    span = span_of(wanted, resource.zone, by_night=False)
    query = urlencode({"resource": resource.slug, **span}, safe=":")
    return SpotStatus("free", _free_until(stretch, asked), f"{reverse('book')}?{query}")


def _free_until(free: Stretch, asked: Asked) -> str:
    return _("free until {clock}").format(clock=_clock(free.period.end, asked))


def _free_in_part(free: Period, line: ResourceDays, wanted: Period, asked: Asked) -> SpotStatus:
    page = reverse("resource", args=[line.resource.slug])
    if free.start > wanted.start:
        word = _("free from {clock} only").format(clock=_clock(free.start, asked))
    else:
        word = _("free until {clock} only").format(clock=_clock(free.end, asked))
    is_open = any(hours.covers(wanted) for hours in line.hours)
    return SpotStatus("busy" if is_open else "closed", word, page)


def _taken(stretch: Stretch, wanted: Period, asked: Asked) -> str:
    if stretch.look == Look.CLOSED:
        return _("closed: {reason}").format(reason=stretch.said) if stretch.said else _("closed")
    if stretch.look == Look.TURNAROUND:
        until = _clock(stretch.period.end, asked)
        return _("care and cleaning until {clock}").format(clock=until)
    if stretch.look == Look.PARTLY:
        return _("partly taken")
    if stretch.period.start > wanted.start:
        return _("busy from {clock}").format(clock=_clock(stretch.period.start, asked))
    return _("busy until {clock}").format(clock=_clock(stretch.period.end, asked))


def _not_open(line: ResourceDays, wanted: Period, at: datetime) -> tuple[str, str]:
    """State and words for what is neither taken nor free."""
    if not line.resource.is_bookable:
        return "closed", _("out of service")
    if line.rules.by_night and wanted.start <= at:
        return "closed", _("arrival for this night is over")
    if line.rules.by_night:
        return "busy", _("not free for the night")
    if not any(hours.overlaps(wanted) for hours in line.hours):
        return "closed", _("closed at this time")
    return "closed", _("cannot be booked for this time")


def _clock(instant: datetime, asked: Asked) -> str:
    """The time of day, with the day where it is not the day asked about."""
    end = asked.period.start.astimezone(asked.zone).date() + DAY
    if instant.astimezone(asked.zone).replace(tzinfo=None) <= datetime.combine(
        end, datetime.min.time()
    ):
        return say.clock(instant, asked.zone)
    return say.moment(instant, asked.zone, at=asked.at)
