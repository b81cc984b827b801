"""The floor plan's address, `?day=2027-01-12&from=10:00&to=12:00`; without it, now.

Another day is shown from its opening on, unless a time is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.board.address import AHEAD, BACK
from labbooking.period import DAY, HOUR, Period, comes_twice, earliest_instant

STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PlanAddress:
    """Which time the plan shows. `notice` says what of the address could not be followed."""

    period: Period
    zone: ZoneInfo
    is_now: bool = False
    notice: str = ""

    @property
    def start(self) -> datetime:
        return self.period.local(self.zone)[0]

    @property
    def end(self) -> datetime:
        return self.period.local(self.zone)[1]

    @property
    def days(self) -> list[date]:
        """The local days it touches: one, or two where it goes past midnight."""
        first, last = self.start.date(), (self.end - timedelta(microseconds=1)).date()
        return [first + number * DAY for number in range((last - first).days + 1)]

    @property
    def url(self) -> str:
        """The address that shows this time, also later on."""
        return f"{reverse('plan')}?{urlencode(self.query, safe=':')}"

    @property
    def query(self) -> dict[str, str]:
        """The second of two equal hours of a clock change is named by its offset."""
        clocks = {"from": _written(self.start), "to": _written(self.end)}
        return {"day": self.start.date().isoformat(), **clocks}

    @property
    def clocks(self) -> dict[str, str]:
        """As fields for times show them, which know no offset."""
        return {"from": f"{self.start:%H:%M}", "to": f"{self.end:%H:%M}"}

    def moved(self, by: timedelta) -> PlanAddress:
        return PlanAddress(self.period.moved(by), self.zone)


Opens = Callable[[date], time | None]


def read_address(
    query: Mapping[str, str], zone: ZoneInfo, *, at: datetime, opens: Opens = lambda _day: None
) -> PlanAddress:
    """What the address asks for; what it leaves open is taken from the hour that runs now.

    `opens` says when the house opens on another day, if it does.
    """
    texts = {name: query.get(name, "").strip() for name in ("day", "from", "to")}
    if query.get("hour") == f"{texts['from']}-{texts['to']}":
        texts |= {"from": "", "to": ""}  # the form proposed it, nobody typed it
    now = _from_now(zone, at)
    if not any(texts.values()):
        return PlanAddress(now, zone, is_now=True)
    local = now.start.astimezone(zone)
    try:
        day = date.fromisoformat(texts["day"]) if texts["day"] else local.date()
        start = time.fromisoformat(texts["from"]) if texts["from"] else local.time()
        if day != local.date() and not texts["from"]:
            start = opens(day) or start
        end = time.fromisoformat(texts["to"]) if texts["to"] else None
    except ValueError:
        return PlanAddress(now, zone, True, _("That is not a time of day. Now is shown instead."))
    if not local.date() - BACK <= day <= local.date() + AHEAD:
        return PlanAddress(
            now, zone, True, _("The plan does not go that far. Now is shown instead.")
        )
    return PlanAddress(_period(day, start, end, zone), zone)


def _from_now(zone: ZoneInfo, at: datetime) -> Period:
    """An hour from the quarter that runs."""
    local = at.astimezone(zone)
    past = timedelta(minutes=local.minute % 15, seconds=local.second)
    start = at - past - timedelta(microseconds=local.microsecond)
    return Period(start, start + HOUR)


def _period(day: date, start: time, end: time | None, zone: ZoneInfo) -> Period:
    """An end that is not after the start is meant for the next day.

    Nothing is booked here, so of a repeated or skipped time the earlier instant will do where no
    offset says otherwise.
    """
    begin = _instant(day, start, zone)
    if end is None:
        return Period(begin, begin + HOUR)
    finish = _instant(day, end, zone)
    if finish <= begin:
        finish = _instant(day + DAY, end, zone)
    return Period(begin, finish)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """An offset counts where it names one of two equal hours."""
    local = datetime.combine(day, clock.replace(tzinfo=None))
    second = local.replace(tzinfo=zone, fold=1)
    if clock.utcoffset() == second.utcoffset() and comes_twice(second):
        return second.astimezone(UTC)
    return earliest_instant(local, zone)


def _written(local: datetime) -> str:
    is_second = local.fold and comes_twice(local)
    return f"{local:%H:%M}{local.isoformat()[-6:]}" if is_second else f"{local:%H:%M}"
