"""Who may act for whose bookings: each for their own, and for those of the groups they are in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.bookings.models.groups import BookingGroup, Membership
from labbooking.errors import Malformed
from residents.models import Role, User
from residents.profile.names import folded

_KNOWN = "_groups_of_this_request"


def current_members() -> QuerySet[Membership]:
    """Who has left the house, or is no creative by now, is in no group: staff act for everybody,
    and whoever does research learns no names (G9)."""
    return Membership.objects.filter(person__is_active=True, person__role=Role.CREATIVE)


def own_and_of_groups(person: User) -> QuerySet[Booking]:
    own = Booking.objects.filter(person=person).order_by().values("pk")
    shared = Booking.objects.filter(group__in=_groups(person)).order_by().values("pk")
    # Each half by its own index: one condition with an "or" would read through all bookings.
    return Booking.objects.filter(pk__in=own.union(shared))


def groups_of(person: User) -> list[BookingGroup]:
    return list(BookingGroup.objects.filter(pk__in=_groups(person)))


def _groups(person: User) -> QuerySet[Membership, Any]:
    return current_members().filter(person=person).order_by().values_list("group", flat=True)


def acts_for(person: User, booking: Booking) -> bool:
    """Whoever has it, and all of its group. What acts ask again of the database (`queries`) is
    looked up once for the buttons of a page, and not at all where it belongs to no group."""
    if person.pk == booking.person_id:
        return True
    if booking.group_id is None or not person.is_creative:
        return False
    known = vars(person).get(_KNOWN)
    if known is None:
        known = vars(person)[_KNOWN] = frozenset(_groups(person))
    return booking.group_id in known


def may_ask_for(person: User, booking: Booking) -> bool:
    """Who may confirm, withdraw and answer: also whoever made it for somebody."""
    return booking.is_asked_for_by(person) or acts_for(person, booking)


def members_of(bookings: Iterable[Booking]) -> dict[int, list[User]]:
    """Who is in the groups of some bookings, by the group's key: one query, and none where they
    belong to no group."""
    found: dict[int, list[User]] = defaultdict(list)
    if groups := {each.group_id for each in bookings if each.group_id}:
        for row in current_members().filter(group__in=groups).select_related("person"):
            found[row.group_id].append(row.person)
    return found


def group_for(name: str, *, person: User) -> BookingGroup | None:
    """The group a booking of this person would belong to. Raises `Malformed` for one that they are
    not in: of it the answer is that of none."""
    if not name.strip():
        return None
    found = [each for each in groups_of(person) if folded(each.name) == folded(name)]
    if not found:
        words = _("{person} is in no group called “{name}”.")
        raise Malformed(words.format(person=person, name=name.strip()))
    return found[0]


def groups_seen_by(reader: User) -> QuerySet[BookingGroup]:
    """Those one is in, for staff all, each with its `people`: two queries."""
    there = current_members().select_related("person")
    seen = BookingGroup.objects.prefetch_related(Prefetch("memberships", there, "people"))
    return seen if reader.is_lab_staff else seen.filter(pk__in=_groups(reader))
