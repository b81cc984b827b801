"""Times and lengths as calendars write them (RFC 5545, 3.3.4 to 3.3.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils.translation import gettext as _

from labbooking.bookings.closures.calendar_file.blocks import NotUnderstood, Property
from labbooking.bookings.closures.calendar_file.zones import Zones

_MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII | re.IGNORECASE)
_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?",
    re.ASCII | re.IGNORECASE,
)
ZERO = timedelta()


@dataclass(frozen=True, slots=True)
class Moment:
    """What the clocks of a zone show; `is_day` for a whole day, which has no zone of its own."""

    wall: datetime
    zone: tzinfo
    is_day: bool = False

    @property
    def instant(self) -> datetime:
        return instant(self.wall, self.zone)

    def by(self, zone: tzinfo) -> datetime:
        """What the clocks of another zone show then; a day is that day everywhere."""
        return self.wall if self.is_day or zone is self.zone else on_the_wall(self.instant, zone)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """Of a repeated hour the first one; a skipped one by the offset before it (RFC 5545, 3.3.5)."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def on_the_wall(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True)
class Length:
    """`nominal` by the clocks on the wall, then `exact` as elapsed time."""

    nominal: timedelta = ZERO
    exact: timedelta = ZERO

    @property
    def sign(self) -> int:
        whole = self.nominal + self.exact
        return (whole > ZERO) - (whole < ZERO)

    def end(self, start: datetime, zone: tzinfo) -> datetime:
        """A start that the clocks skip takes its length along."""
        shown = on_the_wall(instant(start, zone), zone)
        return instant(shown + self.nominal, zone) + self.exact


def moment(written: Property, zones: Zones) -> Moment:
    """Raises `NotUnderstood` with a sentence."""
    return _moment(written.value.strip(), written, zones)


def moments(written: Property, zones: Zones) -> list[tuple[Moment, Length | None]]:
    """A list of moments; periods have a length each."""
    return [
        _of_list(each.strip(), written, zones) for each in written.value.split(",") if each.strip()
    ]


def length(text: str) -> Length:
    """`P1D` is a day, `PT24H` are 24 hours. Raises `NotUnderstood` with a sentence."""
    shape = _LENGTH.fullmatch(text.strip())
    if shape is None or not any(shape.groups()[1:]):
        raise NotUnderstood(_("its length cannot be read: {text}").format(text=text))
    sign = -1 if shape[1] == "-" else 1
    weeks, days, hours, minutes, seconds = (int(each or 0) for each in shape.groups()[1:])
    return Length(
        sign * timedelta(weeks=weeks, days=days),
        sign * timedelta(hours=hours, minutes=minutes, seconds=seconds),
    )


def _of_list(text: str, written: Property, zones: Zones) -> tuple[Moment, Length | None]:
    first, slash, last = text.partition("/")
    start = _moment(first, written, zones)
    if not slash:
        return start, None
    if last[:1].upper() in {"P", "+", "-"}:
        return start, length(last)
    return start, between(start, _moment(last, written, zones))


def between(start: Moment, end: Moment) -> Length:
    return Length(end.by(start.zone) - start.wall)


def _moment(text: str, written: Property, zones: Zones) -> Moment:
    shape = _MOMENT.fullmatch(text)
    if shape is None:
        raise _no_time(text)
    try:
        day = date.fromisoformat(shape[1])
        clock = time.fromisoformat(_without_leap(shape[2] or "000000"))
    except ValueError:
        raise _no_time(text) from None
    wall = datetime.combine(day, clock)
    if not shape[2]:
        return Moment(wall, zones.house, is_day=True)
    if shape[3]:
        return Moment(wall, UTC)
    name = written.params.get("TZID", "")
    return Moment(wall, zones.named(name) if name else zones.floating)


def _without_leap(clock: str) -> str:
    return clock[:4] + min(clock[4:], "59")


def _no_time(text: str) -> NotUnderstood:
    return NotUnderstood(_("this is not a time: {text}").format(text=text[:40]))
