"""Two who want to come together: each names the code of the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, auto

from labbooking.period import WEEK
from labbooking.residencies.applications.models import Application


class Partner(Enum):
    """How it stands with whom somebody has named."""

    NOBODY = auto()
    NOT_MUTUAL = auto()
    """Nobody has that code in this call, or they name somebody else or nobody."""
    APART = auto()
    """They name each other, and are not free at the same time."""
    PAIR = auto()


def pairs(applications: Iterable[Application]) -> set[frozenset[str]]:
    """The codes of those of one call who name each other. Three who name each other in a round are
    no pair, nor is who names themselves."""
    named = {each.code: each.partner_code for each in applications if each.partner_code}
    return {
        frozenset({code, other})
        for code, other in named.items()
        if code != other and named.get(other) == code
    }


def partner_of(application: Application, known: Mapping[str, Application]) -> Partner:
    """`known` are the applications of the call that are not withdrawn, by their codes."""
    if not application.partner_code:
        return Partner.NOBODY
    other = known.get(application.partner_code)
    if other is None or other.code == application.code:
        return Partner.NOT_MUTUAL
    if other.partner_code != application.code:
        return Partner.NOT_MUTUAL
    return Partner.APART if _meet_too_shortly(application, other) else Partner.PAIR


def _meet_too_shortly(one: Application, other: Application) -> bool:
    begins, ends = (one.earliest, other.earliest), (one.latest, other.latest)
    first = max((each for each in begins if each), default=None)
    last = min((each for each in ends if each), default=None)
    if first is None or last is None:
        return False
    weeks = max(one.weeks_min or 1, other.weeks_min or 1)
    return last - first < weeks * WEEK
