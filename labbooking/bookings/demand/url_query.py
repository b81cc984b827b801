"""The address of a spec: `/book/` keeps all that is typed in its query.

Links say `?resource=seat-1&type=ar-headset:2&from=2026-11-24T10:00&to=2026-11-24T12:00`; stays
say dates alone; `on-2026-12-01=skip` says what becomes of one date of a series. Browsers send the
fields of the form. `typed` reads both, `query` writes the first, so that an address can be
bookmarked, shared and written by hand.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.http import QueryDict

from labbooking.period import DAY, HOUR, Period, comes_twice, moment_in

LISTS = ("resource", "type", "weekdays")
TIMES = ("from", "to", "day", "starts", "ends", "last_day", "arrive", "depart")
OF_A_SEARCH = ("find", "length", "nights", "part")
PLAIN = (
    *OF_A_SEARCH,
    *("by", "purpose", "repeat", "ending", "until", "times", "on_clash", "person"),
    *("participants", "people", "group", "said"),
)
"""`said` is the sentence that the form was filled from, so that it stays on the page."""
UNSENT = ("override_reason",)
OF_A_REPEAT = ("weekdays", "ending", "until", "times", "on_clash")
OF_A_DATE = "on-"
"""Opens the fields that say what becomes of single dates of a series; see `choice_address.py`."""
DEFAULTS = {"repeat": "none", "ending": "times", "on_clash": "refuse", "by": "hour"}


def typed(sent: QueryDict, zone: ZoneInfo, at: datetime) -> QueryDict:
    """What was sent as the form's own fields; without any time, the next that makes sense."""
    fields = QueryDict(mutable=True)
    for name in (*LISTS, *PLAIN, *UNSENT, *TIMES[2:], "starts_at", "ends_at"):
        values = [value for value in sent.getlist(name) if value]
        if values:
            fields.setlist(name, values)
    fields.update(said_of_dates(sent))
    for name, value in DEFAULTS.items():
        fields.setdefault(name, value)
    _read_moment(fields, sent.get("from", ""), zone, ("day", "starts", "arrive"))
    _read_moment(fields, sent.get("to", ""), zone, ("last_day", "ends", "depart"))
    for name in ("starts", "ends"):
        if not _fits(one(fields, f"{name}_at"), one(fields, name), zone):
            fields.pop(f"{name}_at", None)
    if fields.get("last_day") == fields.get("day"):
        fields.pop("last_day", None)
    if not any(sent.get(name) for name in TIMES):
        _next_times(fields, at.astimezone(zone))
    _read_search(fields, sent, at.astimezone(zone))
    return fields


def said_of_dates(fields: QueryDict) -> dict[str, str]:
    """What is said of single dates, by field; not yet whether it makes sense."""
    said = {name: one(fields, name) for name in sorted(fields) if _OF_A_DATE.fullmatch(name)}
    return {name: value for name, value in said.items() if 0 < len(value) <= _LONGEST}


_OF_A_DATE = re.compile(rf"{OF_A_DATE}\d{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_LONGEST = 400


def _read_search(fields: QueryDict, sent: QueryDict, now: datetime) -> None:
    """Whoever looks for a time says from which day and how long; `know` is the way back."""
    if sent.get("know") or not fields.get("find"):
        for name in OF_A_SEARCH:
            fields.pop(name, None)
        if sent.get("know"):
            _next_times(fields, now, keep=True)
        return
    fields.setdefault("day", f"{now.date()}")
    fields.setdefault("arrive", f"{now.date() + DAY}")
    fields.setdefault("length", f"{_minutes(fields) or 120}")
    fields.setdefault("nights", "7")


def _minutes(fields: QueryDict) -> int:
    """How long the times that are typed are, in minutes; 0 if that is not clear."""
    try:
        starts, ends = (time.fromisoformat(one(fields, name)) for name in ("starts", "ends"))
    except ValueError:
        return 0
    minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    return max(0, minutes)


def _read_moment(fields: QueryDict, text: str, zone: ZoneInfo, names: tuple[str, str, str]) -> None:
    """`2026-11-24`, `2026-11-24T10:00` or the latter with an offset; else what was said stays."""
    if not text:
        return
    day, clock, night = names
    try:
        moment = moment_in(text)
    except ValueError:
        fields[day] = text
        return
    if moment.tzinfo:
        moment = moment.astimezone(zone)
        if comes_twice(moment):
            fields[f"{clock}_at"] = moment.isoformat(timespec="minutes")
    fields[day], fields[clock] = moment.date().isoformat(), f"{moment:%H:%M}"
    fields[night] = moment.date().isoformat()


def _fits(chosen: str, clock: str, zone: ZoneInfo) -> bool:
    """Whether the moment that was chosen still belongs to the time that is typed."""
    try:
        moment = moment_in(chosen).astimezone(zone)
        typed_time = datetime.combine(moment, time.fromisoformat(clock))
    except ValueError:
        return False
    return abs(moment.replace(tzinfo=None) - typed_time) <= HOUR


def _next_times(fields: QueryDict, now: datetime, *, keep: bool = False) -> None:
    """The next full hour for two hours; in the evening, ten o'clock tomorrow. A week's stay.

    With `keep`, only what is not said yet.
    """
    day, hour = now.date(), now.hour + 1
    if hour > 20:
        day, hour = day + DAY, 10
    hour = max(hour, 8)
    arrive = now.date() + DAY
    times = {"day": f"{day}", "starts": f"{hour:02}:00", "ends": f"{hour + 2:02}:00"}
    times |= {"arrive": f"{arrive}", "depart": f"{arrive + 7 * DAY}"}
    for name, value in times.items():
        if not (keep and fields.get(name)):
            fields[name] = value


def query(fields: QueryDict, *, by_night: bool, **changes: object) -> str:
    """The shortest query that says the same. `changes` replace a field's values; None drops it."""
    said = {name: fields.getlist(name) for name in LISTS}
    said |= {name: [value] for name, value in _span(fields, by_night=by_night).items()}
    plain = {name: one(fields, name) for name in PLAIN}
    said |= {name: [value] for name, value in plain.items() if value != DEFAULTS.get(name, "")}
    if said.get("repeat"):
        said |= {name: [value] for name, value in said_of_dates(fields).items()}
    said |= {name: _values(value) for name, value in changes.items()}
    if by_night:
        said["by"] = ["night"]
    if said.get("find"):
        said["nights" if not by_night else "length"] = []
    if not said.get("repeat"):
        said = {name: values for name, values in said.items() if name not in OF_A_REPEAT}
    address = QueryDict(mutable=True)
    for name, values in said.items():
        address.setlist(name, values)
    return address.urlencode(safe=":/")


def one(fields: QueryDict, name: str) -> str:
    return str(fields.get(name) or "")


def _values(value: object) -> list[str]:
    if isinstance(value, list):
        return value
    return [str(value)] if value else []


def _span(fields: QueryDict, *, by_night: bool) -> dict[str, str]:
    if one(fields, "find"):
        since = "arrive" if by_night else "day"
        return {since: one(fields, since)} if one(fields, since) else {}
    if by_night:
        pairs = {"from": one(fields, "arrive"), "to": one(fields, "depart")}
        return {name: value for name, value in pairs.items() if value}
    first, starts, ends = (one(fields, name) for name in ("day", "starts", "ends"))
    if not (first and starts and ends):
        return {name: one(fields, name) for name in TIMES[2:6] if one(fields, name)}
    last = one(fields, "last_day") or first
    return {
        "from": one(fields, "starts_at") or f"{first}T{starts}",
        "to": one(fields, "ends_at") or f"{last}T{ends}",
    }


def span_of(period: Period, zone: ZoneInfo, *, by_night: bool) -> dict[str, str]:
    """A period as `from` and `to`."""
    start, end = period.local(zone)
    if by_night:
        return {"from": f"{start.date()}", "to": f"{end.date()}"}
    return {"from": moment_in_short(start), "to": moment_in_short(end)}


def moment_in_short(local: datetime) -> str:
    """Without the offset, unless the clocks show this time twice."""
    return local.isoformat(timespec="minutes") if comes_twice(local) else f"{local:%Y-%m-%dT%H:%M}"
