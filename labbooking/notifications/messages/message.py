"""What a mail is about, and what it says: the two sides between which its words stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from labbooking import when as say
from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from residents.membership.models import Invitation
from residents.models import User
from residents.signin.models import AccountRequest, FormerAddress

Recipient = User | Invitation | AccountRequest | FormerAddress


@dataclass(frozen=True, slots=True)
class About:
    """The bookings (one, or several dates of a series) a mail is about, and when it is written.

    `refused` are the other dates, where some were confirmed and the rest got a no. `actor` is the
    name of somebody of its group who did what is told, instead of staff.
    """

    bookings: list[Booking]
    at: datetime
    refused: list[Booking] = field(default_factory=list)
    actor: str = ""

    @property
    def booking(self) -> Booking:
        return self.bookings[0]

    @property
    def zone(self) -> ZoneInfo:
        return self.booking.named[0].resource.zone

    @property
    def what(self) -> str:
        names = [each.resource.name for each in self.booking.named]
        return str(get_text_list(names, pgettext("Seat 1 and Seat 2", "and")))

    @property
    def when(self) -> str:
        return self.when_of(self.booking)

    @property
    def fact(self) -> str:
        """ "AR headset 2, Tue 12 Jan, 10:00–12:00" """
        further = len(self.bookings) - 1
        if not further:
            return _("{what}, {when}").format(what=self.what, when=self.when)
        dates = ngettext(
            "{what}, {when} and {count} more date",
            "{what}, {when} and {count} more dates",
            further,
        )
        return dates.format(what=self.what, when=self.when, count=further)

    @property
    def start(self) -> str:
        """ "Tuesday 12 January, 10:00" """
        return self.moment(self.booking.starts_at)

    @property
    def kept_until(self) -> datetime | None:
        """Until when a request keeps its time; None where nothing ends that by itself, or where it
        would have ended while the house was down."""
        until = self.booking.hold_until
        return until if until and until > self.at else None

    def when_of(self, booking: Booking) -> str:
        return say.when(booking.period, self.zone, at=self.at)

    def moment(self, instant: datetime) -> str:
        day, clock = say.day(instant, self.zone), say.clock(instant, self.zone)
        return _("{day}, {clock}").format(day=day, clock=clock)


@dataclass(frozen=True, slots=True)
class Said:
    """`reason` are somebody's own words; `page` names the page the button leads to, and `ask` the
    act that page asks about at once."""

    headline: str
    sentences: tuple[str, ...]
    button: str
    reason: str = ""
    page: str = "booking"
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG in a mail, shown where its HTML names it by `cid:` and this name."""

    name: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """A mail before it is put into a letter: `facts` ((label, value)) and `dates` follow the words,
    `path` is where the button leads. Nobody else reads a private one on the demo lab's pages.

    A letter of its own `layout` finds in `more` what it shows beside.
    """

    said: Said
    path: str
    facts: Sequence[tuple[str, str]] = ()
    dates: Sequence[str] = ()
    is_private: bool = False
    layout: str = "letter"
    more: Mapping[str, object] = field(default_factory=dict)
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One person is to be told of one entry by one mail."""

    entry: Entry
    recipient: Recipient
    template: str
    due_at: datetime
