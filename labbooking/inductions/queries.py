"""Which inductions are offered, and who has a place in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
)

from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.inductions.validity import topics
from labbooking.period import WEEK
from residents.models import Role, User

SHOWN = 3
"""So many of the next slots stand beside a refusal."""
STAYS_AT_THE_DESK = 2 * WEEK
"""For so long those who had a place can be ticked off there."""


def offered(at: datetime) -> QuerySet[InductionSlot]:
    """What has not begun and is not called off."""
    return InductionSlot.objects.filter(called_off_at=None, starts_at__gt=at)


def ahead(at: datetime) -> QuerySet[InductionSlot]:
    """The same, the next first, with `free`, how many places."""
    return with_free(offered(at)).order_by("starts_at", "pk")


def with_free(slots: QuerySet[InductionSlot]) -> QuerySet[InductionSlot]:
    return slots.select_related("given_by").annotate(free=F("people") - Count("taken"))


def without_giver(at: datetime) -> QuerySet[InductionSlot]:
    """What lies ahead and nobody gives any more: who was to has left the team, by whatever way."""
    return offered(at).exclude(given_by__is_active=True, given_by__role=Role.STAFF)


def open_to(person: User, at: datetime, *, topic: str) -> list[InductionSlot]:
    """The next with a free place while somebody may still sign in, few enough to choose from; none
    where they have a place already, for one is all that anybody gets."""
    theirs = places_ahead(person, at).filter(slot__topic=topic)
    slots = ahead(at).filter(~Exists(theirs), Q(("free__gt", 0)), topic=topic)
    if person.stays_until:
        slots = slots.filter(ends_at__lte=person.stays_until)
    return list(slots[:SHOWN])


def places_ahead(person: User, at: datetime) -> QuerySet[InductionPlace]:
    """Where somebody goes, the next first, with `has_begun`: then it is not given back any more."""
    places = InductionPlace.objects.filter(
        person=person, slot__called_off_at=None, slot__ends_at__gt=at
    )
    begun = ExpressionWrapper(Q(slot__starts_at__lte=at), output_field=BooleanField())
    places = places.annotate(has_begun=begun).select_related("slot__given_by")
    return places.order_by("slot__starts_at", "pk")


def where_they_go(people: Collection[User], at: datetime) -> dict[tuple[int, str], InductionSlot]:
    """The slots that lie ahead of these people, by person and topic."""
    places = InductionPlace.objects.filter(
        person__in=people, slot__called_off_at=None, slot__ends_at__gt=at
    )
    found = places.select_related("slot").order_by("-slot__starts_at")
    return {(each.person_id, each.slot.topic): each.slot for each in found}


def places_since(person: User, since: datetime) -> list[InductionPlace]:
    """For somebody's calendar: also where they were lately, and what is called off."""
    places = InductionPlace.objects.filter(person=person, slot__ends_at__gte=since)
    return list(places.select_related("slot").order_by("slot__starts_at", "pk"))


def places_named(person: User, at: datetime) -> list[tuple[InductionPlace, str]]:
    """The same, each with what the induction is on; two queries, or one where there is none."""
    places = list(places_ahead(person, at))
    names = topics() if places else {}
    return [(each, names.get(each.slot.topic, each.slot.topic)) for each in places]


def with_people(slots: QuerySet[InductionSlot]) -> QuerySet[InductionSlot]:
    """With those who have a place, by the order in which they took it, in one more query."""
    places = InductionPlace.objects.select_related("person").order_by("taken_at", "pk")
    return slots.prefetch_related(Prefetch("taken", queryset=places, to_attr="places"))


def to_tick_off(at: datetime) -> QuerySet[InductionSlot]:
    """What has begun lately, and not everybody who had a place is ticked off."""
    left = InductionPlace.objects.filter(slot=OuterRef("pk"), inducted_at=None)
    lately = InductionSlot.objects.filter(starts_at__lte=at, starts_at__gt=at - STAYS_AT_THE_DESK)
    return lately.filter(Exists(left), called_off_at=None)


def for_the_desk(at: datetime) -> QuerySet[InductionSlot]:
    """What lies ahead, and what is over but not yet ticked off for everybody who had a place."""
    return with_free(offered(at) | to_tick_off(at)).order_by("starts_at", "pk")
