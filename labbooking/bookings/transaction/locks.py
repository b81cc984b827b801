"""The order in which rows are locked: person, group, resources, bookings, each by primary key, and
last the places on the waiting list.

Everybody takes locks in this order, so nobody deadlocks. SQLite has no row locks and needs none:
its write transactions are IMMEDIATE and so follow one another.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labbooking.bookings.demand.resource_lookup import lock_resources
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.groups import group_for
from labbooking.bookings.models import Allocation, Booking, BookingGroup
from labbooking.bookings.queries import detailed
from labbooking.errors import WrongState
from residents.models import User


def locked_person(person: User, group: int | None = None) -> User:
    """One request of a person at a time, or two at once could both fit into one quota; where it is
    a group's quota, one of the group as well, whoever of it asks.

    Of the person themselves only what decides over what they may do is read again.
    """
    row = User.objects.select_for_update(no_key=True).values(*_DECIDES).get(pk=person.pk)
    for name, value in row.items():
        setattr(person, name, value)
    if group is not None:
        list(BookingGroup.objects.select_for_update(no_key=True).filter(pk=group).values("pk"))
    return person


def locked_with_group(spec: BookingSpec, person: User) -> tuple[User, BookingGroup | None]:
    """As `locked_person`, with the group that a spec names. Who is in it is asked again under the
    lock: whoever takes somebody out of it, or dissolves it, takes the same one."""
    group = group_for(spec.group, person=person)
    person = locked_person(person, group.pk if group else None)
    return person, group and group_for(spec.group, person=person)


_DECIDES = ("role", "is_active", "stays_until")


def locked_bookings(booking: Booking, scope: Scope = Scope.ONE) -> list[Booking]:
    """A booking, and with a wider scope the dates of its series, locked and read anew; the booking
    first. Whether somebody may act on it is asked before (`queries.visible_booking`)."""
    rows = _rows(booking, scope)
    locked = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    # Read again once locked: what a lock was waited for, a join read before it would not show.
    return _named_first(booking, Booking.objects.filter(pk__in=locked))


def lock_things(booking: Booking) -> None:
    """What a booking takes, before it is locked itself: nobody else gets any of it meanwhile.

    Raises `WrongState` where it takes something else by then: that is not locked.
    """
    lock_resources(keys := _taken_by(booking))
    if not _taken_by(booking) <= keys:
        raise WrongState(_("Something has changed meanwhile. Please look again."))


def _taken_by(booking: Booking) -> frozenset[int]:
    return frozenset(allocations_of(booking).order_by().values_list("resource_id", flat=True))


def allocations_of(booking: Booking, scope: Scope = Scope.ONE) -> QuerySet[Allocation]:
    """What a booking and the dates of its series in that scope take."""
    return Allocation.objects.filter(booking__in=_rows(booking, scope))


def in_scope(booking: Booking, scope: Scope) -> list[Booking]:
    """The same bookings without locks, for looking ahead."""
    return _named_first(booking, _rows(booking, scope))


def _rows(booking: Booking, scope: Scope) -> QuerySet[Booking]:
    if booking.series_id is None or scope is Scope.ONE:
        return Booking.objects.filter(pk=booking.pk)
    rows = Booking.objects.filter(series_id=booking.series_id)
    return rows.filter(starts_at__gte=booking.starts_at) if scope is Scope.FOLLOWING else rows


def _named_first(booking: Booking, rows: QuerySet[Booking]) -> list[Booking]:
    return sorted(detailed(rows), key=lambda each: (each.pk != booking.pk, each.starts_at, each.pk))
