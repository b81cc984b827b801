"""Who takes part in bookings, as far as they are still of the house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from labbooking.bookings.groups import own_and_of_groups
from labbooking.bookings.models import Booking
from labbooking.bookings.models.party import Participant
from labbooking.bookings.states import State
from residents.models import Role, User

BOOKING_ROLES = (Role.CREATIVE, Role.STAFF)
NAMED = "named_along"
"""The attribute of bookings that `with_party` fills."""


def taking_part() -> QuerySet[Participant]:
    """Who has left, was erased or does research by now takes part in nothing."""
    return Participant.objects.filter(person__is_active=True, person__role__in=BOOKING_ROLES)


def among_participants(people: QuerySet[User]) -> QuerySet[User]:
    """Those of them who could take part in something now."""
    return people.filter(is_active=True, role__in=BOOKING_ROLES)


def of_somebody(person: User) -> QuerySet[Booking]:
    """What somebody may act for and what they take part in, but what is only held so far."""
    own = own_and_of_groups(person).order_by().values("pk")
    with_others = taking_part().filter(person=person).exclude(booking__state=State.HELD)
    return Booking.objects.filter(pk__in=own.union(with_others.order_by().values("booking")))


def with_party(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """Each knows how many take part by name (`named_along`)."""
    named = taking_part().filter(booking=OuterRef("pk")).order_by().values("booking")
    count = Subquery(named.annotate(count=Count("pk")).values("count"))
    return bookings.annotate(**{NAMED: Coalesce(count, 0, output_field=IntegerField())})


def know_party(bookings: Iterable[Booking]) -> None:
    """Each knows who takes part (`along`): one query, and none where nobody does."""
    unknown = [each for each in bookings if each.along is None]
    for each in unknown:
        each.along = []
    named = {each.pk: each for each in unknown if each.named_along}
    if not named:
        return
    found: dict[int, list[Participant]] = defaultdict(list)
    for row in taking_part().filter(booking__in=named).select_related("person").order_by("pk"):
        found[row.booking_id].append(row)
    for pk, each in named.items():
        each.along = found[pk]


def party_of(booking: Booking) -> list[Participant]:
    know_party([booking])
    return booking.along or []


def told_before(bookings: Iterable[Booking], at: datetime) -> tuple[User, ...]:
    """Who took part in some of these before that moment; whoever came with it is told of that."""
    rows = [row for booking in bookings for row in party_of(booking) if row.added_at < at]
    return tuple({row.person_id: row.person for row in rows}.values())


def takes_part(person: User, booking_id: int) -> bool:
    """Nobody does where the number is too large for the database."""
    asked = Booking.objects.filter(pk=booking_id).exclude(state=State.HELD)
    return taking_part().filter(person=person, booking__in=asked).exists()
