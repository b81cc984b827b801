"""What messages need to know, in a few queries whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from labbooking.bookings.approvals.approvers import NOBODY_NAMED, deciders, everybody_of
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed
from labbooking.bookings.rules.who_decides import is_in_steps, newly_named
from labbooking.bookings.rules.who_decides import named as named_at
from labbooking.bookings.states import State
from labbooking.journal.models import Entry, EntryObject
from labbooking.notifications.messages.audience import MESSAGES, WHO_HEARS_OF_WHAT, Message
from labbooking.notifications.models import OPEN, Notification
from labbooking.period import MINUTE
from residents.models import Role, User

Type = EntryObject.Type
Act = tuple[str, datetime, str]
"""The entries one act wrote about the dates of one series: their kind, their time, the series."""

FIRST_STEP = frozenset({"waiting", "asks_anew"})
"""What the first step is told; once it has said yes, the next one is told so."""
CLAIM_LASTS = MINUTE
"""After so long without an end, whoever claimed a message is taken for dead: nobody needs it, for
opening and sending have limits of their own."""


def due(at: datetime) -> QuerySet[Notification]:
    """Messages to send now, the longest due first, without those a worker is at."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM_LASTS)
    return Notification.objects.filter(OPEN, unclaimed, due_at__lte=at).order_by("due_at", "pk")


def staff() -> tuple[User, ...]:
    return tuple(User.objects.filter(role=Role.STAFF, is_active=True).order_by("pk"))


def deciding(
    told: Iterable[list[Booking]],
) -> Callable[[list[Booking]], tuple[tuple[User, ...], tuple[User, ...]]]:
    """Who decides on some bookings, and who stands in; looked up once for all that are told."""
    named = deciders({each for bookings in told for each in _types(bookings)})
    everybody = staff()

    def of(bookings: list[Booking]) -> tuple[tuple[User, ...], tuple[User, ...]]:
        if at_steps := [each for each in bookings if is_in_steps(each)]:
            answer = everybody_of((named_at(each, each.step_reach) for each in at_steps), everybody)
            return answer, everybody_of((newly_named(each) for each in at_steps), everybody)
        found = [named.get(each, NOBODY_NAMED) for each in _types(bookings)]
        approvers, deputies = [each.approvers for each in found], [each.deputies for each in found]
        return everybody_of(approvers, everybody), everybody_of(deputies, everybody)

    return of


def _types(bookings: Iterable[Booking]) -> set[int]:
    return {each.resource.type_id for booking in bookings for each in booking.named}


def subjects(entries: Iterable[Entry]) -> dict[int, str]:
    """The subject key of whom it is about, by the entry's key."""
    return _touched(entries, Type.SUBJECT, "person")


def people_of(keys: Mapping[int, str]) -> dict[int, User]:
    """The people of these subject keys, by what the keys are told by; who may no longer sign in is
    left out."""
    people = User.objects.filter(subject_key__in=set(keys.values()), is_active=True)
    known = {str(each.subject_key): each for each in people}
    return {name: known[key] for name, key in keys.items() if key in known}


def actors(entries: Iterable[Entry]) -> dict[int, str]:
    """The subject key of who did it, by the entry's key; an entry of the house has none."""
    return _touched(entries, Type.SUBJECT, "actor")


def member_acting(entry: Entry, booking: Booking) -> str:
    """The name of who of its group did it; empty where staff, or time, acted, and no query where it
    belongs to none."""
    if booking.group_id is None or entry.data.get("actor_role") != Role.CREATIVE:
        return ""
    known = User.objects.filter(subject_key__in=actors([entry]).values()).first()
    return str(known or _("Somebody who has left"))


def participants(entries: Iterable[Entry]) -> dict[int, str]:
    """The subject key of who comes along, or does no longer, by the entry's key."""
    return _touched(entries, Type.SUBJECT, "participant")


def dates_of_act(entry: Entry) -> list[Booking]:
    """The bookings of an entry about somebody who comes along, those of the same act included."""
    whose = participants([entry])[entry.pk]
    same_act = Entry.objects.filter(
        Exists(_link(Type.SUBJECT, "participant", whose)), kind=entry.kind, at=entry.at
    )
    series = _touched([entry], Type.SERIES, "part_of").get(entry.pk)
    if series and "part_of_act" in entry.data:
        same_act = same_act.filter(Exists(_link(Type.SERIES, "part_of", series)))
    else:
        same_act = same_act.filter(pk=entry.pk)
    return sorted(_bookings(same_act).values(), key=lambda booking: booking.starts_at)


def _link(type_: str, qualifier: str, key: str) -> QuerySet[EntryObject]:
    return EntryObject.objects.filter(
        entry=OuterRef("pk"), type=type_, qualifier=qualifier, key=key
    )


def studies(entries: Iterable[Entry]) -> dict[int, str]:
    """The study each entry is about, by the entry's key."""
    return _touched(entries, Type.STUDY, "about")


def _touched(entries: Iterable[Entry], type_: str, qualifier: str) -> dict[int, str]:
    touched = EntryObject.objects.filter(
        entry__in=[entry.pk for entry in entries], type=type_, qualifier=qualifier
    )
    return dict(touched.values_list("entry_id", "key"))


def told(entries: Iterable[Entry]) -> dict[int, list[Booking]]:
    """The bookings each entry tells of, by the entry's key, in the order of their dates.

    Of an act about several dates of a series the first entry tells all, the others are left out.
    """
    acts = _acts(entries)
    alone = _bookings([entry for entry in entries if entry.pk not in acts])
    found = {entry: [booking] for entry, booking in alone.items()}
    for act in set(acts.values()):
        dates = _bookings(_entries_of(act))
        found[min(dates)] = sorted(dates.values(), key=lambda booking: booking.starts_at)
    return found


def _bookings(entries: Iterable[Entry]) -> dict[int, Booking]:
    keys = _touched(entries, Type.BOOKING, "about")
    bookings = detailed(Booking.objects.all()).in_bulk([int(key) for key in keys.values()])
    return {entry: bookings[int(key)] for entry, key in keys.items() if int(key) in bookings}


def _acts(entries: Iterable[Entry]) -> dict[int, Act]:
    """The act of each entry that is part of one. A reminder is about one date, so it is of none."""
    parts = {entry.pk: entry for entry in entries if _may_share_a_message(entry)}
    series = _touched(parts.values(), Type.SERIES, "part_of")
    return {pk: (parts[pk].kind, parts[pk].at, key) for pk, key in series.items()}


def _may_share_a_message(entry: Entry) -> bool:
    reminds = any(telling.is_reminder for telling in WHO_HEARS_OF_WHAT[entry.kind])
    return "part_of_act" in entry.data and not reminds


def _entries_of(act: Act) -> QuerySet[Entry]:
    kind, at, series = act
    return Entry.objects.filter(
        kind=kind,
        at=at,
        data__has_key="part_of_act",
        objects_touched__type=Type.SERIES,
        objects_touched__key=series,
    )


def still_told(notification: Notification, at: datetime) -> list[Booking]:
    """The bookings of which the message is still true and of use; with none, nobody is told."""
    entry, telling = notification.entry, MESSAGES[notification.template]
    bookings = told([entry]).get(entry.pk, [])
    return [each for each in bookings if still_true(telling, entry, each, at)]


def refused_with(bookings: list[Booking]) -> list[Booking]:
    """The dates of a series that got a no in the very act that confirmed these."""
    first = bookings[0]
    if first.series_id is None or first.decided_by_id is None:
        return []
    same_act = Booking.objects.filter(
        series=first.series_id, state=State.DECLINED, decided_at=first.decided_at
    )
    return list(detailed(same_act).order_by("starts_at"))


def still_true(telling: Message, entry: Entry, booking: Booking, at: datetime) -> bool:
    if booking.state not in telling.states or entry.data.get("told_with_the_yes"):
        return False
    if telling.moment and getattr(booking, telling.moment) != entry.at:
        return False
    was_answered = telling.template == "asked" and not booking.asked_back
    is_past_it = telling.template in FIRST_STEP and booking.steps_done > 0
    if was_answered or is_past_it or _too_late(telling, booking, at):
        return False
    if not telling.is_reminder:
        return True
    told = (datetime.fromisoformat(entry.data[name]) for name in ("starts_at", "ends_at"))
    return tuple(told) == (booking.starts_at, booking.ends_at)


def _too_late(telling: Message, booking: Booking, at: datetime) -> bool:
    """That something begins is not said once it has, nor that it is kept once it is not."""
    until = {"starting_soon": booking.starts_at, "your_turn": booking.hold_until}
    last = until.get(telling.template)
    return last is not None and at >= last
