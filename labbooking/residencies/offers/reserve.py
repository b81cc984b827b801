"""Who is next for a place: a pure question, which a person answers by sending an offer or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.period import WEEK

SHORT_OF_A_WEEK = 2
"""Nights that the last week may lack: who comes on a Monday leaves on a Saturday."""


@dataclass(frozen=True, slots=True)
class FreePlace:
    """A studio between two days, and what it has."""

    arrive: date
    depart: date
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OnReserve:
    """What somebody on the list can come for. Days and weeks that nobody said bound nothing."""

    application: int
    earliest: date | None = None
    latest: date | None = None
    weeks_min: int | None = None
    weeks_max: int | None = None
    needs: frozenset[str] = frozenset()


def why_not(place: FreePlace, who: OnReserve) -> list[str]:
    """All that stands against it, in sentences; nothing where they could come."""
    found = []
    begins_too_soon = who.earliest and place.arrive < who.earliest
    if begins_too_soon or (who.latest and place.depart > who.latest):
        found.append(_("They cannot come in those days."))
    nights = (place.depart - place.arrive).days
    if who.weeks_min and nights < (who.weeks_min * WEEK).days - SHORT_OF_A_WEEK:
        words = ngettext(
            "They need at least {weeks} week.", "They need at least {weeks} weeks.", who.weeks_min
        )
        found.append(words.format(weeks=who.weeks_min))
    if who.weeks_max and nights > (who.weeks_max * WEEK).days:
        words = ngettext(
            "They can stay at most {weeks} week.",
            "They can stay at most {weeks} weeks.",
            who.weeks_max,
        )
        found.append(words.format(weeks=who.weeks_max))
    if who.needs - place.features:
        found.append(_("The studio does not have what they need."))
    return found


def next_in_line(place: FreePlace, reserve: Iterable[OnReserve]) -> Sequence[OnReserve]:
    """Those who could come, in the order of the list."""
    return [each for each in reserve if not why_not(place, each)]
