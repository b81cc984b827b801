"""Mails about inductions: staff hear who asks for one, the person hears what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from equipment.models import ResourceType
from labbooking import when as say
from labbooking.bookings.approvals.approvers import NOBODY_NAMED, deciders, everybody_of
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import actors, people_of, staff, subjects
from labbooking.when import lab_zone
from residents.induction_requests import asked_at
from residents.models import Induction, User


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry about somebody's induction; `types` are those whose rules ask for it, one or more.

    `actor` is the subject key of who did it.
    """

    entry: Entry
    person: User
    actor: str
    types: tuple[ResourceType, ...]

    @property
    def topic(self) -> str:
        return str(self.entry.data["topic"])

    @property
    def what(self) -> str:
        return self.types[0].name

    @property
    def inductions(self) -> list[Induction]:
        return list(self.person.inductions.filter(topic=self.topic).order_by("given_at"))


@dataclass(frozen=True, slots=True)
class InductionMessage:
    """Who gets which mail about an induction, while what is true, and what it says."""

    template: str
    hearers: Callable[[Happened], tuple[User, ...]]
    is_true: Callable[[Happened, datetime], bool]
    written: Callable[[Happened], Written]
    for_staff: bool = False


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Who is to be told of entries about inductions, at once."""
    for happened in _read(entries):
        telling = INDUCTION_MESSAGES[happened.entry.kind]
        if telling.is_true(happened, at):
            for person in telling.hearers(happened):
                if str(person.subject_key) != happened.actor:
                    yield Planned(happened.entry, person, telling.template, at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    telling = INDUCTION_MESSAGES[notification.entry.kind]
    if telling.for_staff and not notification.person.is_lab_staff:
        return None
    happened = next(_read([notification.entry]), None)
    return telling.written(happened) if happened and telling.is_true(happened, at) else None


def _read(entries: Sequence[Entry]) -> Iterator[Happened]:
    """What nobody needs any more, or was done by who has left, is left out."""
    if not entries:
        return
    people, acting = people_of(subjects(entries)), actors(entries)
    topics = _topics({str(entry.data.get("topic", "")) for entry in entries})
    for entry in entries:
        person, types = people.get(entry.pk), topics.get(entry.data.get("topic", ""))
        if person and types:
            yield Happened(entry, person, acting.get(entry.pk, ""), tuple(types))


def _topics(wanted: set[str]) -> dict[str, list[ResourceType]]:
    found: dict[str, list[ResourceType]] = {}
    types = ResourceType.objects.filter(rules__induction__in=wanted - {""})
    for each in types.select_related("rules"):
        if each.rules:
            found.setdefault(each.rules.induction, []).append(each)
    return found


def _who_gives_them(happened: Happened) -> tuple[User, ...]:
    """Who decides on the types that need it; where nobody is named, all staff."""
    keys = [each.pk for each in happened.types]
    named = deciders(keys)
    return everybody_of((named.get(key, NOBODY_NAMED).approvers for key in keys), staff())


def _the_person(happened: Happened) -> tuple[User, ...]:
    return (happened.person,)


def _still_asked(happened: Happened, at: datetime) -> bool:
    return asked_at(happened.person, happened.topic, at) == happened.entry.at


def _still_given(happened: Happened, at: datetime) -> bool:
    given = [each for each in happened.inductions if each.given_at == happened.entry.at]
    return any(each.holds_at(at) for each in given)


def _still_without(happened: Happened, at: datetime) -> bool:
    return not any(each.holds_at(at) for each in happened.inductions)


def _asked(happened: Happened) -> Written:
    said = Said(
        _("{name} asks for an induction: {what}").format(name=happened.person, what=happened.what),
        (
            _("Offer an appointment or agree on a time."),
            _("Once you have shown how it works, write it down on the desk’s page."),
        ),
        _("To the inductions"),
    )
    facts = [
        (_("Who"), str(happened.person)),
        (_("What"), happened.what),
        (_("E-mail"), happened.person.email),
    ]
    return Written(said, reverse("inductions"), facts)


def _given(happened: Happened) -> Written:
    until = happened.inductions[-1].valid_until
    holds = _("From now on you can book it.")
    if until:
        day = say.day(until, lab_zone(), at=happened.entry.at)
        holds = _("You can book it now; the induction holds until {day}.").format(day=day)
    said = Said(
        _("Inducted: {what}").format(what=happened.what),
        (_("Somebody has shown you how it works, and staff have written it down."), holds),
        _("Book it"),
    )
    return Written(said, f"{reverse('book')}?type={happened.types[0].slug}:1")


def _withdrawn(happened: Happened) -> Written:
    said = Said(
        _("Your induction is no longer valid: {what}").format(what=happened.what),
        (
            _("What you have booked already stays yours."),
            _("To book again, ask for another induction: on the page that books or at the desk."),
        ),
        _("See the house"),
    )
    return Written(said, f"{reverse('house')}#{happened.types[0].slug}")


INDUCTION_MESSAGES = {
    "induction.requested": InductionMessage(
        "induction_asked", _who_gives_them, _still_asked, _asked, for_staff=True
    ),
    "induction.given": InductionMessage("induction_given", _the_person, _still_given, _given),
    "induction.withdrawn": InductionMessage(
        "induction_over", _the_person, _still_without, _withdrawn
    ),
}
KINDS = frozenset(INDUCTION_MESSAGES)
