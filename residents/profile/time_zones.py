"""Where people are when they are not in the house: zones named after places, and their clocks."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.period import Period
from labbooking.when import lab_zone
from residents.models import User

# The regions of the IANA database; the places are named by the CLDR, which Babel brings along.
_REGIONS = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific"),
}


@cache
def time_zones(language: str) -> list[tuple[str, str]]:
    """The zones named after places, as choices: `Europe/Vienna` reads “Wien (Europa)” in German.

    Of the names that mean the same clocks by the CLDR (`US/Eastern`, `America/New_York`), and of
    those that read alike, one is enough.
    """
    names = {same_zone(name) for name in available_timezones() if "/" in name}
    places = {name for name in names if name.partition("/")[0] in _REGIONS}
    with override(language):
        spoken = {f"{place_of(name)} ({_region(name)})": name for name in sorted(places)}
    return sorted(((name, words) for words, name in spoken.items()), key=lambda choice: choice[1])


def same_zone(name: str) -> str:
    """The name under which a zone is offered, whichever of its names it was given."""
    return str(get_global("zone_aliases").get(name, name))


def place_of(zone: str) -> str:
    """ "Vienna", "Wien": the place a zone is named after, in the active language."""
    return str(get_timezone_location(zone, locale=get_language() or "en", return_city=True))


def zone_of(person: User) -> ZoneInfo | None:
    """Where they say they are; nothing where no such zone is known here."""
    known = person.time_zone in available_timezones()
    return ZoneInfo(person.time_zone) if known else None


def elsewhere(period: Period, person: User) -> str:
    """The same time by the clocks of where somebody is: "Tue 12 Jan, 04:00–06:00 in New York".

    Nothing where those clocks show what the house's do.
    """
    theirs = zone_of(person)
    if theirs is None or all(
        shows_house_time(instant, theirs) for instant in (period.start, period.end)
    ):
        return ""
    when = say.when(period, theirs)
    return _("{when} in {place}").format(when=when, place=place_of(person.time_zone))


def shows_house_time(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether the clocks there show then what those of the house do."""
    return instant.astimezone(zone).utcoffset() == instant.astimezone(lab_zone()).utcoffset()


def _region(zone: str) -> str:
    return str(_REGIONS[zone.partition("/")[0]])
