"""What happened to bookings, as sentences with names. Only for who may see those bookings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.models import Booking
from labbooking.journal.kinds import KINDS
from labbooking.journal.models import Entry, EntryObject
from labbooking.period import Period
from labbooking.when import when
from residents.models import User

PASSED_ON = "booking.passed_on"


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One thing that happened; `reason` is what somebody wrote to it."""

    at: datetime
    sentence: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody and everything that some entries speak of, looked up once."""

    people: Mapping[str, User]
    resources: Mapping[str, Resource]

    def actor(self, entry: Entry) -> str:
        return self._subject(entry, "actor") or _("The house")

    def person(self, entry: Entry) -> str:
        return self._subject(entry, "person") or _("somebody who has left")

    def participant(self, entry: Entry) -> str:
        return self._subject(entry, "participant") or _("somebody who has left")

    def _subject(self, entry: Entry, qualifier: str) -> str:
        keys = _keys([entry], "subject", qualifier)
        if not keys:
            return ""
        known = self.people.get(keys[0])
        return str(known) if known else _("Somebody who has left")

    def things(self, entry: Entry) -> str:
        slugs = _keys([entry], "resource", "used")
        names = [self.resources[slug].name if slug in self.resources else slug for slug in slugs]
        return ", ".join(names)

    def zone(self, entry: Entry) -> ZoneInfo | None:
        known = (self.resources.get(slug) for slug in _keys([entry], "resource", "used"))
        return next((resource.zone for resource in known if resource), None)


def histories(
    bookings: Sequence[Booking], *, at: datetime, reader: User
) -> dict[int, list[HistoryItem]]:
    """The entries about each booking, newest first; four queries, however many there are. What was
    passed on to somebody begins for them with that: before, it was another's."""
    by_key = {str(booking.pk): booking for booking in bookings}
    entries = list(
        Entry.objects.filter(
            objects_touched__type=EntryObject.Type.BOOKING, objects_touched__key__in=by_key
        )
        .order_by("-at", "-id")
        .prefetch_related("objects_touched")
    )
    names = _names(entries)
    told: dict[int, list[HistoryItem]] = defaultdict(list)
    of_others: set[int] = set()
    for entry in entries:
        booking = by_key[_keys([entry], "booking", "about")[0]]
        if booking.pk in of_others:
            continue
        if entry.kind == PASSED_ON and not reader.is_lab_staff:
            of_others.add(booking.pk)
        reason = _reason(entry, booking, is_first_of_state=not told[booking.pk])
        told[booking.pk].append(HistoryItem(entry.at, _sentence(entry, names, at), reason))
    return told


def _names(entries: Sequence[Entry]) -> Names:
    people = User.objects.filter(subject_key__in=_keys(entries, "subject"))
    resources = Resource.objects.filter(slug__in=_keys(entries, "resource"))
    return Names(
        {str(person.subject_key): person for person in people},
        {resource.slug: resource for resource in resources},
    )


def _keys(entries: Iterable[Entry], kind: str, qualifier: str = "") -> list[str]:
    return [
        each.key
        for entry in entries
        for each in entry.objects_touched.all()
        if each.type == kind and qualifier in {"", each.qualifier}
    ]


def _sentence(entry: Entry, names: Names, at: datetime) -> str:
    sentence = str(KINDS.get(entry.kind, entry.kind))
    return sentence.format(
        actor=names.actor(entry),
        person=names.person(entry),
        participant=names.participant(entry),
        resources=names.things(entry),
        when=_when(entry, names, at),
        topic="",
        study="",
        step=entry.data.get("step", ""),
        steps=entry.data.get("steps", ""),
    )


def _when(entry: Entry, names: Names, at: datetime) -> str:
    zone = names.zone(entry)
    if zone is None or "starts_at" not in entry.data:
        return ""
    period = Period(
        datetime.fromisoformat(entry.data["starts_at"]),
        datetime.fromisoformat(entry.data["ends_at"]),
    )
    return when(period, zone, at=at)


def _reason(entry: Entry, booking: Booking, *, is_first_of_state: bool) -> str:
    """A booking keeps the words of its last decision, and why rules were set aside for it."""
    set_aside_at = {"booking.requested", "booking.held", "booking.checked_in"}
    if entry.kind in set_aside_at and entry.data.get("overridden"):
        return booking.override_reason
    decided = {"booking.declined", "booking.cancelled", "booking.approved"}
    is_its_state = entry.kind == f"booking.{booking.state}"
    return booking.reason if entry.kind in decided and (is_its_state or is_first_of_state) else ""
