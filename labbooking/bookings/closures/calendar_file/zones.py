"""What a calendar's names of zones mean: the house's time is never guessed for an unknown one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from labbooking.bookings.closures.calendar_file.blocks import ZONE, Block, NotUnderstood

MOST_LINES = 2_000
"""So long the description of a zone may be, with all that ever changed there."""
_PLAIN_RULE = re.compile(
    r"(FREQ=YEARLY|INTERVAL=1|WKST=[A-Z]{2}|COUNT=\d+|UNTIL=\w+|BYMONTH=\d+"
    r"|BYDAY=[-+]?[1-4]?[A-Z]{2}|BYMONTHDAY=(1?\d|2[0-8])(,(1?\d|2[0-8]))*|;)+",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d\d)?", re.IGNORECASE)
_DISPLAYED = re.compile(r"\((?:GMT|UTC)(?:([+-])(\d{1,2})[:.]?(\d\d))?\)\s*(\S.*)", re.IGNORECASE)
_IN_WINTER = datetime(2027, 1, 15)  # noqa: DTZ001 - by any zone's clocks


class UnknownZone(NotUnderstood):
    """A name that nobody can be sure about."""

    def __init__(self, name: str) -> None:
        super().__init__(_("its time zone “{name}” is not known").format(name=name))


class Zones:
    """Zones by the names that one calendar gives them.

    What the file itself defines counts for names that are not everybody's (`Europe/Berlin`).
    """

    def __init__(self, blocks: Iterable[Block], house: ZoneInfo) -> None:
        self.house = house
        self.own: tzinfo | None = None
        self._defined = {
            each.plainly("TZID").strip('"'): each for each in blocks if each.kind == ZONE
        }
        self._known: dict[str, tzinfo] = {}

    @property
    def floating(self) -> tzinfo:
        """Of times that name none: the calendar's own if it has one, else the house's."""
        return self.own or self.house

    def named(self, name: str) -> tzinfo:
        """Raises `UnknownZone`."""
        name = name.strip().strip('"')
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> tzinfo:
        if name in available_timezones():
            return ZoneInfo(name)
        if name in self._defined:
            return _made(self._defined[name], name)
        found = _of_everybody(name) or _offset(name) or _displayed(name)
        if found is None:
            raise UnknownZone(name)
        return found


def _made(block: Block, name: str) -> tzinfo:
    """As the file defines it, with rules that name a day of every year."""
    if len(block.lines) > MOST_LINES:
        raise UnknownZone(name)
    from icalendar import Timezone  # noqa: PLC0415 - slow to import

    try:
        if not all(_PLAIN_RULE.fullmatch(each.value.strip()) for each in block.all("RRULE")):
            raise UnknownZone(name)
        made: Any = Timezone.from_ical(block.text)
        zone: tzinfo = made.to_tz()
        zone.utcoffset(_IN_WINTER)
    except Exception as error:
        raise UnknownZone(name) from error
    return zone


@cache
def _everybody() -> dict[str, str]:
    """Small letters, and Windows' names, to the names of the zone database."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415

    windows = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
    return windows | {name.casefold(): name for name in available_timezones()}


def _of_everybody(name: str) -> tzinfo | None:
    """`america/new_york`, `W. Europe Standard Time`, `/mozilla.org/20050126_1/Europe/Berlin`."""
    parts = name.casefold().strip("/").split("/")
    for start in range(len(parts)):
        if found := _everybody().get("/".join(parts[start:])):
            return ZoneInfo(found)
    return None


def _offset(name: str) -> tzinfo | None:
    """`GMT+0300`, `UTC-5`: fixed, whatever the season."""
    shape = _OFFSET.fullmatch(name)
    return timezone(_length(*shape.groups())) if shape else None


def _displayed(name: str) -> tzinfo | None:
    """`(GMT-05.00) Eastern Time (US & Canada)`, `(UTC+01:00) Amsterdam, Berlin, Bern, Rome`.

    The places say which zone it is; the offset has to agree.
    """
    shape = _DISPLAYED.fullmatch(name)
    if shape is None:
        return None
    sign, hours, minutes, places = shape.groups()
    offset = _length(sign, hours, minutes) if sign else timedelta()
    for zone in _of_places(places):
        if zone.utcoffset(_IN_WINTER) == offset:
            return zone
    return None


def _of_places(places: str) -> Iterable[ZoneInfo]:
    plain = re.sub(r"\(.*?\)", "", places).strip()
    standard = re.sub(r"\bTime$", "Standard Time", plain)
    if found := _everybody().get(standard.casefold()):
        yield ZoneInfo(found)
    cities = {each.rpartition("/")[2].casefold(): each for each in sorted(available_timezones())}
    for place in re.split(r"[,;:]", plain):
        if found := cities.get(place.strip().replace(" ", "_").casefold()):
            yield ZoneInfo(found)


def _length(sign: str, hours: str, minutes: str | None) -> timedelta:
    length = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -min(length, timedelta(hours=14)) if sign == "-" else min(length, timedelta(hours=14))
