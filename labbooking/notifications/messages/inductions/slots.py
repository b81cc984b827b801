"""Mails about inductions as appointments, to those who have a place, or have none any more, and to
staff where nobody gives one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.inductions.queries import with_people
from labbooking.inductions.validity import topics
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import actors, staff, subjects
from labbooking.when import lab_zone
from residents.models import User
from residents.profile.time_zones import elsewhere


@dataclass(frozen=True, slots=True)
class SlotEntry:
    """An entry about a slot as it is now, and who is concerned. `person` and `actor` are subject
    keys, empty where it is about everybody who has a place, or where time itself acted."""

    entry: Entry
    slot: InductionSlot
    places: list[InductionPlace]
    concerned: list[User]
    what: str
    person: str
    actor: str

    @property
    def is_on(self) -> bool:
        return self.slot.called_off_at is None

    @property
    def is_as_told(self) -> bool:
        told = datetime.fromisoformat(self.entry.data["starts_at"])
        return self.is_on and told == self.slot.starts_at

    def has_place(self, person: User) -> bool:
        return any(each.person_id == person.pk for each in self.places)


@dataclass(frozen=True, slots=True)
class SlotMessage:
    """`is_true` says whether a mail still helps this person; `said` is what it says."""

    template: str
    is_true: Callable[[SlotEntry, User], bool]
    said: Callable[[SlotEntry], Said]
    for_staff: bool = False


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    for told in read(entries):
        message = SLOT_MESSAGES[told.entry.kind]
        for person in staff() if message.for_staff else told.concerned:
            if _still_true(message, told, person, at):
                yield Planned(told.entry, person, message.template, at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    message = SLOT_MESSAGES[notification.entry.kind]
    told = next(read([notification.entry]), None)
    if told is None or not _still_true(message, told, notification.person, at):
        return None
    path = reverse("induction_slots")
    if message.for_staff:
        path = reverse("induction_slot", args=[told.slot.pk])
    return Written(message.said(told), path, list(facts(told, notification.person, at)))


def read(entries: Sequence[Entry]) -> Iterator[SlotEntry]:
    """Each with its slot; a slot that is long over and forgotten is told to nobody."""
    if not entries:
        return
    keys = {entry.data["slot"] for entry in entries}
    slots = with_people(InductionSlot.objects.select_related("given_by")).in_bulk(keys)
    names, people, acting = topics(), subjects(entries), actors(entries)
    known = {str(each.subject_key): each for each in _with_keys(people.values())}
    for entry in entries:
        if slot := slots.get(entry.data["slot"]):
            places: list[InductionPlace] = slot.places  # type: ignore[attr-defined]
            person, actor = people.get(entry.pk, ""), acting.get(entry.pk, "")
            concerned = [each.person for each in places if each.taken_at <= entry.at]
            if person:
                concerned = [known[person]] if person in known else []
            what = names.get(slot.topic, slot.topic)
            yield SlotEntry(entry, slot, places, concerned, what, person, actor)


def _with_keys(keys: Iterable[str]) -> QuerySet[User]:
    return User.objects.filter(subject_key__in=set(keys))


def _still_true(message: SlotMessage, told: SlotEntry, person: User, at: datetime) -> bool:
    return not told.slot.has_begun(at) and message.is_true(told, person)


def _has_it(told: SlotEntry, person: User) -> bool:
    """Since before it was told: who gave it back and took one anew hears of the new one alone."""
    place = next((each for each in told.places if each.person_id == person.pk), None)
    return told.is_as_told and place is not None and place.taken_at <= told.entry.at


def _lost_it(told: SlotEntry, person: User) -> bool:
    """Who gave it back themselves knows, and so does who has left the house."""
    by_another = bool(told.actor) and told.actor != told.person
    return by_another and told.is_on and not told.has_place(person)


def _was_moved(told: SlotEntry, person: User) -> bool:
    return told.is_on and told.slot.moved_at == told.entry.at and told.has_place(person)


def _was_called_off(told: SlotEntry, person: User) -> bool:
    return told.slot.called_off_at == told.entry.at and told.has_place(person)


def _has_no_giver(told: SlotEntry, person: User) -> bool:
    return told.is_on and not told.slot.has_giver and person.is_lab_staff


def facts(told: SlotEntry, person: User, at: datetime) -> Iterator[tuple[str, str]]:
    period, zone = told.slot.period, lab_zone()
    yield _("What"), told.what
    yield _("When"), say.when(period, zone, at=at)
    if theirs := elsewhere(period, person):
        yield _("Where you are"), theirs
    yield _("How long"), say.length(period, zone)
    yield _("Where"), told.slot.location
    yield _("Who gives it"), str(told.slot.given_by)


def when(told: SlotEntry) -> str:
    return say.when(told.slot.period, lab_zone(), at=told.entry.at)


def _place(told: SlotEntry) -> Said:
    return Said(
        _("You have a place: induction on {what}, {when}").format(what=told.what, when=when(told)),
        (
            _("Somebody shows you how it works. Once you have been there, you can book."),
            _("If you cannot come, please give your place back, so that somebody else can."),
        ),
        _("See my place"),
    )


def _no_place(told: SlotEntry) -> Said:
    return Said(
        _("No place any more: induction on {what}, {when}").format(what=told.what, when=when(told)),
        (_("Staff have given your place back. You can take one at another time."),),
        _("See the next appointments"),
    )


def _moved(told: SlotEntry) -> Said:
    return Said(
        _("Changed: induction on {what}, {when}").format(what=told.what, when=when(told)),
        (
            _("The time or the location has changed; your place is kept."),
            _("If you cannot come, please give your place back, so that somebody else can."),
        ),
        _("See my place"),
    )


def _called_off(told: SlotEntry) -> Said:
    return Said(
        _("Called off: induction on {what}, {when}").format(what=told.what, when=when(told)),
        (_("It does not take place; we are sorry. You can take a place at another time."),),
        _("See the next appointments"),
        reason=told.slot.reason,
    )


def _soon(told: SlotEntry) -> Said:
    return Said(
        _("Soon: induction on {what}, {when}").format(what=told.what, when=when(told)),
        (_("If you cannot come, please give your place back, so that somebody else can."),),
        _("See my place"),
    )


def _no_giver(told: SlotEntry) -> Said:
    return Said(
        _("Nobody gives it: induction on {what}, {when}").format(what=told.what, when=when(told)),
        (_("Whoever was to give it has left the team. Say who gives it, or call it off."),),
        _("See the appointment"),
    )


SLOT_MESSAGES = {
    "induction.place_taken": SlotMessage("induction_place", _has_it, _place),
    "induction.place_given_back": SlotMessage("induction_no_place", _lost_it, _no_place),
    "induction.moved": SlotMessage("induction_moved", _was_moved, _moved),
    "induction.called_off": SlotMessage("induction_called_off", _was_called_off, _called_off),
    "induction.starting_soon": SlotMessage("induction_soon", _has_it, _soon),
    "induction.giver_left": SlotMessage(
        "induction_giver", _has_no_giver, _no_giver, for_staff=True
    ),
}
KINDS = frozenset(SLOT_MESSAGES)
