"""The page that books as somebody has it before them, and the links that lead back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.urls import reverse

from labbooking.bookings.availability.catalogue import Shelf
from labbooking.bookings.demand.url_query import query, span_of
from labbooking.period import Period
from residents.models import User


@dataclass(frozen=True, slots=True)
class Offer:
    """A time, and units that are free then, as a link that fills the form."""

    url: str
    time: str
    things: str = ""


@dataclass(frozen=True, slots=True)
class BookPage:
    """Who looks at it when, what there is to choose from, and all that is typed."""

    by: User
    at: datetime
    zone: ZoneInfo
    stock: Sequence[Shelf]
    typed: QueryDict
    by_night: bool

    def url(self, **changes: object) -> str:
        """This page with some of what is typed changed; None drops it."""
        return f"{reverse('book')}?{query(self.typed, by_night=self.by_night, **changes)}"

    def url_at(self, period: Period, **changes: object) -> str:
        """This page with another time, and everything else that was typed."""
        span = span_of(period, self.zone, by_night=self.by_night)
        return self.url(**{**span, **changes})

    @property
    def exception_url(self) -> str:
        return f"{reverse('exception')}?{query(self.typed, by_night=self.by_night)}"
