"""What is free, in a sentence: "3 seats and 2 AR headsets are free until 18:00." """

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.lists import format_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from equipment.models import ResourceType
from labbooking import when as say
from labbooking.bookings.availability.resource_days import LabDays, ResourceDays
from labbooking.period import DAY, Period, day_start

NOON, EVENING = time(12), time(18)


def free_today(lab: LabDays, zone: ZoneInfo, at: datetime) -> str:
    """What is free for the whole rest of this part of the day; else when something is again."""
    part = rest_of_part(at, zone)
    free = [line for line in lab.by_hour if is_free(line, part)]
    if free:
        return _sentence(things(free), len(free), part.end.astimezone(zone))
    soonest = min(starts(lab, at, zone, at.astimezone(zone).date()), default=None)
    if soonest is None:
        return _("Nothing else is free today.")
    clock, name = say.clock(soonest[0], zone), soonest[1]
    return _("Next free today: {name} at {clock}.").format(name=name, clock=clock)


def rest_of_part(at: datetime, zone: ZoneInfo) -> Period:
    """From now to noon, to six in the evening or to midnight."""
    local = at.astimezone(zone)
    for end in (NOON, EVENING):
        if local.time() < end:
            return Period(at, datetime.combine(local.date(), end, zone))
    return Period(at, day_start(local.date() + DAY, zone))


def is_free(line: ResourceDays, part: Period) -> bool:
    """Whether it can be had for all of `part` in which it is open at all."""
    open_hours = [each for each in line.hours if each.overlaps(part)]
    return bool(open_hours) and all(
        any(
            free.period.start <= max(part.start, hours.start)
            and min(part.end, hours.end) <= free.period.end
            for free in line.free
        )
        for hours in open_hours
    )


def starts(lab: LabDays, at: datetime, zone: ZoneInfo, day: date) -> list[tuple[datetime, str]]:
    """When each thing is free next on one day, from now on."""
    return [
        (max(free.period.start, at), line.resource.name)
        for line in lab.by_hour
        for free in line.free
        if free.period.start.astimezone(zone).date() == day
    ]


def things(lines: Iterable[ResourceDays]) -> str:
    kept = groupby(lines, key=lambda line: line.resource.type)
    return listed([counted(of_type, len(list(group))) for of_type, group in kept])


def listed(words: list[str]) -> str:
    locale = "de" if (get_language() or "de").startswith("de") else "en_GB"
    return format_list(words, locale=locale)


def counted(of_type: ResourceType, count: int) -> str:
    """ "3 seats". In figures: "one" would need the gender of its noun in German."""
    name = of_type.name if count == 1 else of_type.plural
    return f"{count} {_in_running_text(name)}"


def _in_running_text(name: str) -> str:
    """English nouns are written small, German ones and abbreviations as they are."""
    if (get_language() or "de").startswith("de") or name[1:2].isupper():
        return name
    return name[:1].lower() + name[1:]


def _sentence(free: str, count: int, until: datetime) -> str:
    if until.time() == NOON:
        words = ngettext("{things} is free until noon.", "{things} are free until noon.", count)
    elif until.time() == EVENING:
        words = ngettext("{things} is free until 18:00.", "{things} are free until 18:00.", count)
    else:
        words = ngettext("{things} is free all evening.", "{things} are free all evening.", count)
    return words.format(things=free)
