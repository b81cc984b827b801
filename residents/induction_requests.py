"""Who has asked for an induction and waits for it: read from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Replace

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


def unanswered(at: datetime) -> QuerySet[EntryObject]:
    """The links from what was asked to whoever asked it and may still sign in, without what has
    been given since. Each knows its `topic`, and the person's key as `plain_key` writes it."""
    asked = EntryObject.objects.filter(
        entry__kind=ASKED,
        entry__at__gt=at - STAYS_OPEN,
        entry__at__lte=at,
        type=EntryObject.Type.SUBJECT,
        qualifier="person",
    ).annotate(topic=KeyTextTransform("topic", "entry__data"), of_person=plain_key("key"))
    given = Induction.objects.annotate(of_person=plain_key("person__subject_key"))
    since = {"topic": OuterRef("topic"), "given_at__gte": OuterRef("entry__at")}
    people = User.objects.annotate(of_person=plain_key("subject_key")).filter(is_active=True)
    same = {"of_person": OuterRef("of_person")}
    return asked.filter(Exists(people.filter(**same)), ~Exists(given.filter(**same, **since)))


def plain_key(field: str) -> Replace:
    """A subject key as text that compares on every database: some keep its hyphens, some do not."""
    return Replace(Cast(field, CharField()), Value("-"), Value(""))


def open_requests(at: datetime) -> list[InductionRequest]:
    """What nobody has answered yet, who has waited longest first; two queries."""
    asked = list(unanswered(at).select_related("entry").order_by("entry__at", "entry_id"))
    people = User.objects.filter(subject_key__in={each.key for each in asked})
    known = {str(each.subject_key): each for each in people}
    found: dict[tuple[str, str], InductionRequest] = {}
    for link in asked:
        topic = str(link.entry.data["topic"])
        if person := known.get(link.key):
            found.setdefault((link.key, topic), InductionRequest(person, topic, link.entry.at))
    return list(found.values())
