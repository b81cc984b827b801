"""What mails can be about. Each matter says who hears of its entries, and what they read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from labbooking.journal.models import Entry
from labbooking.notifications.messages import (
    accounts,
    asking,
    bookings,
    house,
    invitations,
    summaries,
    waitlist,
)
from labbooking.notifications.messages.inductions import appointments, asked_for
from labbooking.notifications.messages.message import Planned, Written
from labbooking.notifications.messages.party import joining_in
from labbooking.notifications.messages.residencies import (
    applications,
    declined,
    going,
    jury,
    offers,
    reserve_list,
    stays,
)
from labbooking.notifications.models import Notification


@dataclass(frozen=True, slots=True)
class Matter:
    """`planned` names who is to be told of entries of these kinds; `written` is the mail, or None
    where it is no longer true by then."""

    kinds: frozenset[str]
    planned: Callable[[Sequence[Entry], datetime], Iterator[Planned]]
    written: Callable[[Notification, datetime], Written | None]


MATTERS = (
    Matter(bookings.KINDS, bookings.planned, bookings.written),
    Matter(joining_in.KINDS, joining_in.planned, joining_in.written),
    Matter(asked_for.KINDS, asked_for.planned, asked_for.written),
    Matter(appointments.KINDS, appointments.planned, appointments.written),
    Matter(offers.KINDS, offers.planned, offers.written),
    Matter(reserve_list.KINDS, reserve_list.planned, reserve_list.written),
    Matter(stays.KINDS, stays.planned, stays.written),
    Matter(waitlist.KINDS, waitlist.planned, waitlist.written),
    Matter(house.KINDS, house.planned, house.written),
    Matter(accounts.KINDS, accounts.planned, accounts.written),
    Matter(summaries.KINDS, summaries.planned, summaries.written),
    Matter(asking.KINDS, asking.planned, asking.written),
    Matter(applications.KINDS, applications.planned, applications.written),
    Matter(invitations.KINDS, invitations.planned, invitations.written),
    Matter(jury.KINDS, jury.planned, jury.written),
    Matter(declined.KINDS, declined.planned, declined.written),
    Matter(going.KINDS, going.planned, going.written),
)
KINDS = frozenset[str]().union(*(matter.kinds for matter in MATTERS))


def matter_of(entry: Entry) -> Matter:
    return next(matter for matter in MATTERS if entry.kind in matter.kinds)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Who is to be told of what happened; who may no longer sign in is told nothing."""
    for matter in MATTERS:
        for each in matter.planned([each for each in entries if each.kind in matter.kinds], at):
            if each.recipient.is_active:
                yield each
