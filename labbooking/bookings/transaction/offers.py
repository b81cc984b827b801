"""What frees is passed on: to who has waited longest, in the very transaction that frees it.

So nobody who does not wait can see it free. Who comes later is served only where the earlier
cannot be. The clock looks as well, for what becomes possible without a time being let go: a quota
that has room again, another unit of a kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from equipment.models import Resource
from labbooking.bookings.demand.resolve import Demand, demand_for
from labbooking.bookings.demand.resource_lookup import lock_resources
from labbooking.bookings.groups import groups_of
from labbooking.bookings.models import Allocation, Booking, BookingGroup
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.participants import among_participants
from labbooking.bookings.planning.planner import planned
from labbooking.bookings.queries import detailed
from labbooking.bookings.states import State
from labbooking.bookings.transaction.create import write_hold
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.preconditions import (
    dates_to_book,
    guarded_transaction,
    may_request,
)
from labbooking.bookings.transaction.record_intake import checked_reply
from labbooking.bookings.transaction.state_changes import change_state
from labbooking.bookings.waitlist.matching import (
    Wanted,
    all_waiting,
    could_be_served,
    spec_of,
    who_wants,
    with_demands,
)
from labbooking.errors import DomainError
from labbooking.period import HOUR, MINUTE, Period
from residents.models import User

OFFER_LASTS = 2 * HOUR
BEFORE_THE_START = 15 * MINUTE
SHORTEST_OFFER = 10 * MINUTE
AT_ONCE = 200
"""So many offers one tick tries; the others follow with the next."""


@contextmanager
def passing_on(
    may_free: QuerySet[Allocation],
    at: datetime,
    *,
    also: Iterable[Resource] = (),
    opens: Iterable[Resource] = (),
    may_be_undone: bool = False,
    otherwise: str = "",
) -> Iterator[None]:
    """One transaction in which some allocations may be let go; what frees is offered at its end.

    Locks every resource that plays a part before anything else is locked: those of the
    allocations, `also` those the act is going to lock, and those of the specs that wait for any
    of it. Of what the act `opens` (to service, to other rules) any time may become possible.
    `otherwise` is as in `guarded_transaction`, which this is.
    """
    with guarded_transaction(otherwise):
        opened = frozenset(each.pk for each in opens)
        waiting = _locked(may_free, opened, opened.union(each.pk for each in also), at)
        yield
        # What they ask for is looked up once, under the locks, and as the act has left it.
        _offer_in_turn(with_demands(waiting, lock=True), at, may_be_undone=may_be_undone)


@dataclass(frozen=True, slots=True)
class Stakes:
    """Who waits for what may free, and every resource that plays a part: by primary key, and as
    those who wait name it."""

    waiting: tuple[Waiting, ...]
    resources: frozenset[int]

    @property
    def named(self) -> frozenset[str]:
        return frozenset(slug for each in self.waiting for slug in each.resources)

    @property
    def types(self) -> frozenset[str]:
        return frozenset(slug for each in self.waiting for slug in each.types)

    def lock(self) -> None:
        lock_resources(self.resources, self.named, self.types)

    def covers(self, other: Stakes) -> bool:
        known = other.named <= self.named and other.types <= self.types
        return known and other.resources <= self.resources


def _locked(
    may_free: QuerySet[Allocation], opened: frozenset[int], also: frozenset[int], at: datetime
) -> tuple[Waiting, ...]:
    """Who waits, once all resources are locked.

    Who joins the list, moves or books locks them too, so under the lock nothing more comes. What
    came while it was waited for may want further resources; then all locks are given back first,
    for nobody takes them out of order.
    """
    stakes = _stakes(may_free, opened, also, at)
    while True:
        before = transaction.savepoint()
        stakes.lock()
        found = _stakes(may_free, opened, also, at)
        if stakes.covers(found):
            transaction.savepoint_commit(before)
            return found.waiting
        transaction.savepoint_rollback(before)
        stakes = found


def _stakes(
    may_free: QuerySet[Allocation], opened: frozenset[int], also: frozenset[int], at: datetime
) -> Stakes:
    rows = may_free.order_by().values_list("resource_id", "active", "guarded_from", "guarded_until")
    found = list(rows)
    held = [(key, Period(start, end)) for key, active, start, end in found if active]
    waiting = who_wants(held, at, opened=opened)
    return Stakes(tuple(waiting), frozenset(row[0] for row in found) | also)


def _offer_in_turn(waiting: Sequence[Wanted], at: datetime, *, may_be_undone: bool) -> None:
    """Each offer takes some of what is free, so after each it is looked at again."""
    left = waiting
    while left and (free := could_be_served(left)):
        _offered(free[0].wait, at, free[0].demand, may_be_undone=may_be_undone)
        left = left[left.index(free[0]) + 1 :]


def serve(at: datetime) -> int:
    """Offer what is free to who has waited longest; how many places were acted on.

    Safe to run twice or from two workers at once: each place is locked and looked at again.
    """
    free = could_be_served(all_waiting(at))[:AT_ONCE]
    return sum(_offered(each.wait, at) for each in free)


def _offered(
    wait: Waiting, at: datetime, known: Demand | None = None, *, may_be_undone: bool = False
) -> bool:
    """Somebody may have been faster, or the house rules say no to this person by now. What is
    asked for is `known` where it is locked already."""
    try:
        with guarded_transaction():
            wanted = Wanted(wait, known) if known else _looked_up_again(wait)
            return _offer(wanted, at, may_be_undone=may_be_undone)
    except DomainError:
        return False


def _looked_up_again(wait: Waiting) -> Wanted:
    wait = Waiting.objects.select_related("person").get(pk=wait.pk)
    return Wanted(wait, demand_for(spec_of(wait), lock=True))


def _offer(wanted: Wanted, at: datetime, *, may_be_undone: bool) -> bool:
    """The person is not locked, because who frees a time has other locks by then, nor is a group;
    that all their specs together keep to the quotas is asked once more when they confirm."""
    wait, person = wanted.wait, wanted.wait.person
    may_request(person, person)
    company = list(among_participants(wait.participants.order_by("pk")))
    spec = replace(spec_of(wait), participants=tuple(map(str, company)))
    group = _still_in(wait)
    key = group.pk if group else None
    plan = planned(spec, wanted.demand, person=person, at=at, group=key)
    dates, _overridden = dates_to_book(plan, spec, person)
    still = Waiting.objects.select_for_update(of=("self",))
    if not still.filter(pk=wait.pk, state=Waiting.Status.WAITING):
        return False
    until = offered_until(spec.period, at)
    # What was asked of them when they joined comes along; what is asked since, when they confirm.
    said = checked_reply(wanted.demand, spec.intake, person, at)
    booking = write_hold(
        plan, dates[0], spec, person=person, by=person, at=at, until=until, said=said,
        company=company, group=group,
    )  # fmt: skip
    wait.state, wait.offered_at, wait.booking = Waiting.Status.OFFERED, at, booking
    wait.save(update_fields=["state", "offered_at", "booking"])
    undone = {"may_be_undone": True} if may_be_undone else {}
    record_entries("booking.held", [booking], by=None, at=at, waiting=wait.pk)
    record_entries("waiting.offered", [booking], by=None, at=at, waiting=wait.pk, **undone)
    return True


def _still_in(wait: Waiting) -> BookingGroup | None:
    """Who is in the group no more has waited for themselves; so has who waited for one that was
    dissolved."""
    if wait.group_id is None:
        return None
    return next((each for each in groups_of(wait.person) if each.pk == wait.group_id), None)


def offered_until(period: Period, at: datetime) -> datetime:
    """Two hours, and no longer than a quarter of an hour before the start; but never so short
    that nobody could answer, and never beyond the start."""
    latest = max(period.start - BEFORE_THE_START, at + SHORTEST_OFFER)
    return min(at + OFFER_LASTS, latest, period.start)


def offers_of(bookings: QuerySet[Booking]) -> QuerySet[Booking]:
    """The offers, not taken up yet, of time that these bookings have let go."""
    given_up = Allocation.objects.filter(
        booking__in=bookings,
        active=False,
        resource=OuterRef("resource"),
        guarded_from__lt=OuterRef("guarded_until"),
        guarded_until__gt=OuterRef("guarded_from"),
    )
    of_that_time = Allocation.objects.filter(Exists(given_up), active=True)
    return Booking.objects.filter(
        state=State.HELD, waited_for__isnull=False, allocations__in=of_that_time
    ).distinct()


def locked_offers(keys: Collection[int]) -> list[Booking]:
    """Those that are offers still; they are younger than what they were made from, so this is in
    order."""
    rows = Booking.objects.filter(pk__in=keys).order_by("pk").select_for_update()
    locked = list(rows.values_list("pk", flat=True))
    return list(detailed(Booking.objects.filter(pk__in=locked, state=State.HELD)))


def take_back(offers: Iterable[Booking], *, by: User, at: datetime) -> None:
    """What freed the time is undone: who was offered it waits again, at the place they had."""
    for booking in offers:
        change_state([booking], State.WITHDRAWN)
        record_entries("waiting.put_back", [booking], by=by, at=at, waiting=booking.waited_for.pk)
        Waiting.objects.filter(booking=booking).update(
            state=Waiting.Status.WAITING, offered_at=None, booking=None
        )
