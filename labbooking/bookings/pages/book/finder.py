"""The next free times as links that fill the form, for whoever looks for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from labbooking.bookings.availability.slots_by_day import FreeDay, free_days
from labbooking.bookings.demand.url_query import OF_A_SEARCH
from labbooking.bookings.pages.book.page import BookPage, Offer
from labbooking.errors import Suggestion
from labbooking.when import clocks, day, when


@dataclass(frozen=True, slots=True)
class FinderQuery:
    """What is looked for: from when on, how long, and in which part of the day."""

    resources: tuple[str, ...]
    types: Mapping[str, int]
    since: datetime
    length: timedelta
    part: str = ""


@dataclass(frozen=True, slots=True)
class OfferedDay:
    day: str
    offers: list[Offer]


def next_free_times(question: FinderQuery, page: BookPage) -> list[OfferedDay]:
    """Raises like `free_days`."""
    days = free_days(
        resources=question.resources,
        types=question.types,
        since=question.since,
        length=question.length,
        at=page.at,
        zone=page.zone,
        part=question.part,
    )
    return [_offered(each, page) for each in days]


def _offered(free: FreeDay, page: BookPage) -> OfferedDay:
    words = day(free.day, page.zone, at=page.at)
    return OfferedDay(words, [_offer(slot, page) for slot in free.slots])


def _offer(slot: Suggestion, page: BookPage) -> Offer:
    """A link that fills the form with the time; which units it will be is settled there."""
    unsaid = dict.fromkeys((*OF_A_SEARCH, "day", "arrive"))
    words = (when if page.by_night else clocks)(slot.period, page.zone, at=page.at)
    return Offer(page.url_at(slot.period, **unsaid), words)
