"""How a type of thing stands right now: how many are free, or when the next one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import HouseRules, ResourceType
from labbooking import when as say
from labbooking.bookings.availability.resource_days import LabDays, ResourceDays


@dataclass(frozen=True, slots=True)
class TypeStatus:
    """`words` say it: "7 of 10 are free now", "Free again at 14:00"."""

    type: ResourceType
    rules: HouseRules
    lines: tuple[ResourceDays, ...]
    free: int
    is_closed: bool
    words: str

    @property
    def state(self) -> str:
        if self.free:
            return "free"
        return "closed" if self.is_closed else "busy"


def type_statuses(lab: LabDays, zone: ZoneInfo, at: datetime) -> list[TypeStatus]:
    """One for each type, in the order of the house. `lab` should reach some days ahead."""
    kept = groupby(lab.lines, key=lambda line: line.resource.type)
    return [type_status(of_type, tuple(lines), zone, at) for of_type, lines in kept]


def type_status(
    of_type: ResourceType, lines: tuple[ResourceDays, ...], zone: ZoneInfo, at: datetime
) -> TypeStatus:
    rules = lines[0].rules
    free = sum(_is_free(line, zone, at) for line in lines)
    words = _free(free, len(lines), rules) if free else _again(lines, zone, at)
    closed = not rules.by_night and all(_is_closed(line, at) for line in lines)
    return TypeStatus(of_type, rules, lines, free, closed, words)


def _is_free(line: ResourceDays, zone: ZoneInfo, at: datetime) -> bool:
    """Right now; by the night: tonight."""
    if line.rules.by_night:
        today = at.astimezone(zone).date()
        return any(free.period.start.astimezone(zone).date() == today for free in line.free)
    return any(free.period.start <= at < free.period.end for free in line.free)


def _is_closed(line: ResourceDays, at: datetime) -> bool:
    """Nobody has it: the house is closed, or the thing is."""
    if not any(each.start <= at < each.end for each in line.hours):
        return True
    return any(each.closure_id and each.period.start <= at < each.period.end for each in line.taken)


def _free(free: int, total: int, rules: HouseRules) -> str:
    if rules.by_night:
        if total == 1:
            return _("Free tonight")
        words = ngettext(
            "{free} of {total} is free tonight", "{free} of {total} are free tonight", free
        )
    elif total == 1:
        return _("Free now")
    else:
        words = ngettext("{free} of {total} is free now", "{free} of {total} are free now", free)
    return words.format(free=free, total=total)


def _again(lines: Sequence[ResourceDays], zone: ZoneInfo, at: datetime) -> str:
    soonest = min((free.period.start for line in lines for free in line.free), default=None)
    if soonest is None:
        return _("Nothing free in the next days")
    day, clock = say.short_day(soonest, zone, at=at), say.clock(soonest, zone)
    ahead = (soonest.astimezone(zone).date() - at.astimezone(zone).date()).days
    if lines[0].rules.by_night:
        words = _("Free tomorrow night") if ahead == 1 else _("Next free night: {day}")
        return words.format(day=day)
    if ahead == 0:
        return _("Free again today at {clock}").format(clock=clock)
    if ahead == 1:
        return _("Free again tomorrow at {clock}").format(clock=clock)
    return _("Free again {day} at {clock}").format(day=day, clock=clock)
