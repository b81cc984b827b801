"""Who has asked for an induction and waits for it: read from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from labbooking.journal.models import Entry, EntryObject
from residents.models import Induction, User

ASKED = "induction.requested"
STAYS_OPEN = timedelta(days=30)
"""After so long somebody may ask again, and the desk no longer lists the old request."""


@dataclass(frozen=True, slots=True)
class InductionRequest:
    person: User
    topic: str
    asked_at: datetime


def asked_at(person: User, topic: str, at: datetime) -> datetime | None:
    """When this person asked for it, if nothing has come of that yet."""
    found = Entry.objects.filter(
        kind=ASKED,
        at__gt=at - STAYS_OPEN,
        at__lte=at,
        data__topic=topic,
        objects_touched__type=EntryObject.Type.SUBJECT,
        objects_touched__key=str(person.subject_key),
        objects_touched__qualifier="person",
    )
    last = found.order_by("-at", "-pk").first()
    if last is None:
        return None
    given = person.inductions.filter(topic=topic, given_at__gte=last.at).exists()
    return None if given else last.at


def open_requests(at: datetime) -> list[InductionRequest]:
    """What nobody has answered yet, who has waited longest first; three queries."""
    links = EntryObject.objects.filter(
        entry__kind=ASKED,
        entry__at__gt=at - STAYS_OPEN,
        entry__at__lte=at,
        type=EntryObject.Type.SUBJECT,
        qualifier="person",
    )
    asked = list(links.select_related("entry").order_by("entry__at", "entry_id"))
    active = User.objects.filter(subject_key__in={each.key for each in asked}, is_active=True)
    people = {str(each.subject_key): each for each in active}
    given = _last_given(people.values())
    found: dict[tuple[str, str], InductionRequest] = {}
    for link in asked:
        person, topic = people.get(link.key), str(link.entry.data.get("topic", ""))
        if person and given.get((person.pk, topic), _NEVER) < link.entry.at.timestamp():
            request = InductionRequest(person, topic, link.entry.at)
            found.setdefault((link.key, topic), request)
    return list(found.values())


_NEVER = float("-inf")


def _last_given(people: Iterable[User]) -> dict[tuple[int, str], float]:
    """When each of them was last inducted, by person and topic."""
    rows = Induction.objects.filter(person__in=list(people)).order_by("given_at")
    return {(each.person_id, each.topic): each.given_at.timestamp() for each in rows}
