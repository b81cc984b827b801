"""What a resident hears of their stay: what is due, and what staff have decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.bookings.states import State
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.residencies.stays.actions.scheduled import LIST_WITHIN, due
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.presence.models import Guest, GuestState
from labbooking.residencies.stays.presence.queries import presence_of
from labbooking.residencies.stays.queries import visible_stays, with_booking
from residents.models import User


@dataclass(frozen=True, slots=True)
class StayEntry:
    """An entry about a stay as it is now."""

    entry: Entry
    stay: Stay
    at: datetime

    @property
    def studio(self) -> str:
        return self.stay.studio.name

    @property
    def guest(self) -> Guest | None:
        return Guest.objects.filter(stay=self.stay, pk=self.entry.data.get("guest")).first()


@dataclass(frozen=True, slots=True)
class StayMessage:
    """`is_true` says whether a mail still helps; `said` is what it says."""

    template: str
    is_true: Callable[[StayEntry], bool]
    said: Callable[[StayEntry], Said]


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    for told in _read(entries, at):
        message = STAY_MESSAGES[told.entry.kind]
        person = told.stay.booking.person
        if message.is_true(told) and _may_read(told.stay, person):
            yield Planned(told.entry, person, message.template, at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true, or the stay is
    no longer this person's."""
    message = STAY_MESSAGES[notification.entry.kind]
    told = next(_read([notification.entry], at), None)
    reader = notification.person
    if told is None or told.stay.booking.person_id != reader.pk:
        return None
    if not (message.is_true(told) and _may_read(told.stay, reader)):
        return None
    facts = [
        (_("What"), told.studio),
        (_("When"), say.when(told.stay.booking.period, told.stay.studio.zone, at=at)),
    ]
    path = reverse("stay", args=[told.stay.pk])
    return Written(message.said(told), path, facts, is_private=True)


def _may_read(stay: Stay, person: User) -> bool:
    return visible_stays(person).filter(pk=stay.pk).exists()


def _read(entries: Sequence[Entry], at: datetime) -> Iterator[StayEntry]:
    if not entries:
        return
    rows = with_booking(Stay.objects.filter(closed_at=None)).prefetch_related("checklists")
    stays = rows.in_bulk({entry.data["stay"] for entry in entries})
    for entry in entries:
        if stay := stays.get(entry.data["stay"]):
            yield StayEntry(entry, stay, at)


def _still_due(told: StayEntry) -> bool:
    """As the clock would say now, of the same day."""
    kind, day = told.entry.kind, told.entry.data.get("day")
    return any(
        each.kind == kind and each.day.isoformat() == day for each in due(told.stay, told.at)
    )


def _still_decided(told: StayEntry) -> bool:
    guest = told.guest
    decided = guest is not None and guest.state in {GuestState.AGREED, GuestState.REFUSED}
    return decided and guest is not None and guest.decided_at == told.entry.at


def _still_too_little(told: StayEntry) -> bool:
    if told.stay.booking.state not in {State.APPROVED, State.IN_USE}:
        return False
    return not presence_of(told.stay, told.stay.absences.all()).is_enough


def _before_arrival(told: StayEntry) -> Said:
    start = say.moment(told.stay.booking.starts_at, told.stay.studio.zone, at=told.at)
    return Said(
        _("Your stay begins: {studio}, {start}").format(studio=told.studio, start=start),
        (
            _("We look forward to you. The page of your stay says what is to be done before."),
            _("If you cannot come, or come later, please tell us now."),
        ),
        _("See my stay"),
    )


def _inventory(told: StayEntry) -> Said:
    return Said(
        _("How did you find it? {studio}").format(studio=told.studio),
        (
            _(
                "Please look through the list of what is in your studio within {time} of arrival."
            ).format(time=say.duration(LIST_WITHIN)),
            _("What was broken before you came is then nothing that you have to answer for."),
        ),
        _("See the list"),
    )


def _before_departure(told: StayEntry) -> Said:
    end = say.moment(told.stay.booking.ends_at, told.stay.studio.zone, at=told.at)
    return Said(
        _("Your stay ends: {studio}, {end}").format(studio=told.studio, end=end),
        (
            _("Before you leave, go through the list of what is in your studio with staff."),
            _("Please bring back all keys."),
        ),
        _("See my stay"),
    )


def _report(told: StayEntry) -> Said:
    day = say.day(told.stay.report_due_on, at=told.at)
    return Said(
        _("Your report is due by {day}").format(day=day),
        (_("Tell us in a few sentences what came of your stay."),),
        _("Write the report"),
    )


def _report_late(told: StayEntry) -> Said:
    day = say.day(told.stay.report_due_on, at=told.at)
    return Said(
        _("Your report was due by {day}").format(day=day),
        (_("A few sentences are enough. If something keeps you from it, please tell us."),),
        _("Write the report"),
    )


def _presence(told: StayEntry) -> Said:
    found = presence_of(told.stay, told.stay.absences.all())
    return Said(
        _("You would be away too much: {studio}").format(studio=told.studio),
        (
            _(
                "You would be here for {here} of {nights} nights; agreed are at least {needed}."
            ).format(here=found.here, nights=found.nights, needed=found.needed),
            _("If there is a reason, please speak with staff: they can excuse nights."),
        ),
        _("See my stay"),
    )


def _guest(told: StayEntry) -> Said:
    guest = told.guest
    agreed = guest is not None and guest.state == GuestState.AGREED
    return Said(
        _("Your guest may come") if agreed else _("Your guest cannot come"),
        (_("Staff have decided on the guest you announced."),),
        _("See my stay"),
        reason=guest.reason if guest else "",
    )


STAY_MESSAGES = {
    "stay.before_arrival": StayMessage("stay_begins", _still_due, _before_arrival),
    "stay.inventory_due": StayMessage("stay_list_due", _still_due, _inventory),
    "stay.before_departure": StayMessage("stay_ends", _still_due, _before_departure),
    "stay.report_due": StayMessage("stay_report_due", _still_due, _report),
    "stay.report_overdue": StayMessage("stay_report_late", _still_due, _report_late),
    "stay.presence_low": StayMessage("stay_away_too_much", _still_too_little, _presence),
    "stay.guest_decided": StayMessage("stay_guest", _still_decided, _guest),
}
KINDS = frozenset(STAY_MESSAGES)
