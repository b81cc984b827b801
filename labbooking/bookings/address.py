"""The address of a wish: `/book/` keeps all that is typed in its query.

Links say `?resource=seat-1&type=ar-headset:2&from=2026-11-24T10:00&to=2026-11-24T12:00`; stays
say dates alone. Browsers send the fields of the form. `typed` reads both, `query` writes the
first, so that an address can be bookmarked, shared and written by hand.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict

from labbooking.period import DAY, Period

LISTS = ("resource", "type", "weekdays")
TIMES = ("from", "to", "day", "starts", "ends", "last_day", "arrive", "depart")
PLAIN = ("by", "purpose", "repeat", "ending", "until", "times", "on_clash", "person")
UNSENT = ("override_reason",)
DEFAULTS = {"repeat": "none", "ending": "times", "on_clash": "refuse", "by": "hour"}


def typed(sent: QueryDict, zone: ZoneInfo, at: datetime) -> QueryDict:
    """What was sent as the form's own fields; without any time, the next that makes sense."""
    fields = QueryDict(mutable=True)
    for name in (*LISTS, *PLAIN, *UNSENT, *TIMES[2:], "starts_at", "ends_at"):
        values = [value for value in sent.getlist(name) if value]
        if values:
            fields.setlist(name, values)
    _read_moment(fields, sent.get("from", ""), zone, ("day", "starts", "arrive"))
    _read_moment(fields, sent.get("to", ""), zone, ("last_day", "ends", "depart"))
    if fields.get("last_day") == fields.get("day"):
        fields.pop("last_day", None)
    if not any(sent.get(name) for name in TIMES):
        _next_times(fields, at.astimezone(zone))
    return fields


def _read_moment(
    fields: QueryDict, text: str, zone: ZoneInfo, names: tuple[str, str, str]
) -> None:
    """`2026-11-24`, `2026-11-24T10:00` or the latter with an offset; else what was said stays."""
    if not text:
        return
    day, clock, night = names
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        fields[day] = text
        return
    if moment.tzinfo:
        moment = moment.astimezone(zone)
        fields["starts_at" if clock == "starts" else "ends_at"] = moment.isoformat()
    fields[day], fields[clock] = moment.date().isoformat(), f"{moment:%H:%M}"
    fields[night] = moment.date().isoformat()


def _next_times(fields: QueryDict, now: datetime) -> None:
    """The next full hour for two hours; in the evening, ten o'clock tomorrow. A week's stay."""
    day, hour = now.date(), now.hour + 1
    if hour > 20:
        day, hour = day + DAY, 10
    hour = max(hour, 8)
    fields["day"], fields["starts"], fields["ends"] = f"{day}", f"{hour:02}:00", f"{hour + 2:02}:00"
    fields["arrive"], fields["depart"] = f"{now.date() + DAY}", f"{now.date() + 8 * DAY}"


def query(fields: QueryDict, *, by_night: bool, **changes: object) -> str:
    """The shortest query that says the same. `changes` replace a field's values; None drops it."""
    said = QueryDict(mutable=True)
    for name in LISTS:
        said.setlist(name, fields.getlist(name))
    said.update(_span(fields, by_night=by_night))
    for name in PLAIN:
        if fields.get(name) and fields[name] != DEFAULTS.get(name):
            said[name] = fields[name]
    for name, value in changes.items():
        said.pop(name, None)
        if isinstance(value, (list, tuple)):
            said.setlist(name, list(value))
        elif value:
            said[name] = str(value)
    if "repeat" not in said:
        for name in ("weekdays", "ending", "until", "times", "on_clash"):
            said.pop(name, None)
    return said.urlencode(safe=":/")


def _span(fields: QueryDict, *, by_night: bool) -> dict[str, str]:
    if by_night:
        pairs = {"from": fields.get("arrive", ""), "to": fields.get("depart", "")}
        return {name: value for name, value in pairs.items() if value} | {"by": "night"}
    first, last = fields.get("day", ""), fields.get("last_day") or fields.get("day", "")
    if not (first and fields.get("starts") and fields.get("ends")):
        return {name: fields[name] for name in TIMES[2:] if fields.get(name)}
    start = fields.get("starts_at") or f"{first}T{fields['starts']}"
    end = fields.get("ends_at") or f"{last}T{fields['ends']}"
    return {"from": start, "to": end}


def span_of(period: Period, zone: ZoneInfo, *, by_night: bool) -> dict[str, str]:
    """A period as `from` and `to`."""
    start, end = period.local(zone)
    if by_night:
        return {"from": f"{start.date()}", "to": f"{end.date()}"}
    return {"from": _moment(start), "to": _moment(end)}


def _moment(local: datetime) -> str:
    """Without the offset, unless the clocks show this time twice."""
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%Y-%m-%dT%H:%M%z}" if twice else f"{local:%Y-%m-%dT%H:%M}"
