"""What the team has to see to: what waits, who comes, what goes back, how the house stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking import when as say
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.confirmations import Question, question
from labbooking.desk.day import DeskRow, Place, sections
from labbooking.period import Period
from labbooking.today.queries import FEW, Counts
from labbooking.when import lab_zone
from residents.models import User


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that waits for the team, and where it is done."""

    words: str
    url: str
    label: str


def to_do_at_the_desk(found: Counts) -> list[ToDo]:
    return [*_requests(found), *_inductions(found), *_mails(found), *_of_accounts(found)]


def to_do_for_administrators(found: Counts) -> list[ToDo]:
    return [*_of_accounts(found), *_invitations(found)]


def _requests(found: Counts) -> Iterator[ToDo]:
    if found.waiting:
        words = ngettext(
            "%(count)s request is waiting for an answer.",
            "%(count)s requests are waiting for an answer.",
            found.waiting,
        )
        yield ToDo(words % {"count": found.waiting}, reverse("approvals"), _("Decide"))
    if found.unsettled:
        words = ngettext(
            "%(count)s booking fell due while the house could not be reached.",
            "%(count)s bookings fell due while the house could not be reached.",
            found.unsettled,
        )
        yield ToDo(words % {"count": found.unsettled}, reverse("after_outage"), _("Settle it"))


def _inductions(found: Counts) -> Iterator[ToDo]:
    page, asked, begun = reverse("inductions"), found.inductions_asked_for, found.inductions_begun
    if asked:
        words = ngettext(
            "{count} request for an induction is waiting.",
            "{count} requests for an induction are waiting.",
            asked,
        )
        yield ToDo(words.format(count=asked), page, _("Look at it"))
    if begun:
        words = ngettext(
            "{count} induction has begun: tick off who is there.",
            "{count} inductions have begun: tick off who is there.",
            begun,
        )
        yield ToDo(words.format(count=begun), page, _("Tick off"))
    yield from _inductions_ahead(found, page)


def _inductions_ahead(found: Counts, page: str) -> Iterator[ToDo]:
    if missed := found.inductions_missed:
        words = ngettext(
            "{count} induction is offered and nobody gives it.",
            "{count} inductions are offered and nobody gives them.",
            missed,
        )
        yield ToDo(words.format(count=missed), page, _("Look at it"))
    if found.next_induction_at:
        words = ngettext(
            "{count} induction today, at {clock}.",
            "{count} inductions today, the next at {clock}.",
            found.inductions,
        )
        clock = say.clock(found.next_induction_at, lab_zone())
        yield ToDo(words.format(count=found.inductions, clock=clock), page, _("See who comes"))


def _mails(found: Counts) -> Iterator[ToDo]:
    if found.undelivered:
        words = ngettext(
            "{count} e-mail could not be delivered and is laid aside.",
            "{count} e-mails could not be delivered and are laid aside.",
            found.undelivered,
        )
        yield ToDo(words.format(count=found.undelivered), reverse("lab_mail"), _("See the e-mails"))


def _of_accounts(found: Counts) -> Iterator[ToDo]:
    if found.account_requests:
        words = ngettext(
            "{count} person asks for an account.",
            "{count} people ask for an account.",
            found.account_requests,
        )
        words = words.format(count=found.account_requests)
        yield ToDo(words, reverse("account_requests"), _("Answer"))
    if found.recoveries:
        words = ngettext(
            "{count} person is to be let back in.",
            "{count} people are to be let back in.",
            found.recoveries,
        )
        yield ToDo(words.format(count=found.recoveries), reverse("recoveries"), _("Look at it"))
    if found.erasures:
        words = ngettext(
            "{count} person asks to be erased.",
            "{count} people ask to be erased.",
            found.erasures,
        )
        asking = f"{reverse('people')}?state=asks"
        yield ToDo(words.format(count=found.erasures), asking, _("Look at it"))


def _invitations(found: Counts) -> Iterator[ToDo]:
    if found.invitations_over:
        words = ngettext(
            "{count} invitation ran out without an answer.",
            "{count} invitations ran out without an answer.",
            found.invitations_over,
        )
        words = words.format(count=found.invitations_over)
        yield ToDo(words, reverse("invitations"), _("Send again or take back"))


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A booking at the desk with the one act that is due, if one is."""

    row: DeskRow
    act: Question | None


@dataclass(frozen=True, slots=True)
class DeskPart:
    title: str
    hint: str
    lines: list[DeskLine]
    more: int


_SHOWN = (Place.OVERDUE, Place.UNSETTLED, Place.ARRIVALS, Place.DUE)


def desk_parts(
    bookings: Iterable[Booking], day: Period, person: User, at: datetime
) -> list[DeskPart]:
    """Of `desk.queries.bookings_on`: what is late, who comes and what is due back, the next few."""
    parts = []
    for section in sections(bookings, day, at):
        if section.lines[0].place in _SHOWN:
            lines = [DeskLine(row, _act(row, person, at)) for row in section.lines[:FEW]]
            more = len(section.lines) - len(lines)
            parts.append(DeskPart(section.title, section.hint, lines, more))
    return parts


def _act(row: DeskRow, person: User, at: datetime) -> Question | None:
    if not row.act:
        return None
    return question(row.act, row.booking, by=person, at=at, back=reverse("today"))
