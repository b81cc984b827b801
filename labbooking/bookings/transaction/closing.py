"""What closing and opening again come to in rows, for one closure or for thousands of them.

The caller holds the locks of all resources.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from equipment.models import Resource
from labbooking.bookings.availability.busy import Occupied, busy
from labbooking.bookings.models import Allocation, Closure
from labbooking.errors import SlotTaken
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import Period, free_between
from labbooking.rows import insert
from residents.models import User

AT_ONCE = 500
"""So many closures go into one statement."""


@dataclass(frozen=True, slots=True)
class Closing:
    """One closure to be made, why in German and in English, and its key."""

    period: Period
    reason_de: str
    reason_en: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Locked:
    """What is closed: the named resources, and the whole of each part that is closed along."""

    named: Sequence[Resource]
    parts: Mapping[Resource, Resource]

    @property
    def all(self) -> list[Resource]:
        return [*self.named, *self.parts]

    @property
    def with_wholes(self) -> list[tuple[Resource, Resource | None]]:
        return [*((each, None) for each in self.named), *self.parts.items()]


def locked(resources: Iterable[Resource]) -> Locked:
    """The named resources and the parts of wholes among them, locked."""
    keys = {resource.pk for resource in resources}
    links = Resource.parts.through.objects.filter(from_resource_id__in=keys)
    whole_of = dict(links.values_list("to_resource_id", "from_resource_id").order_by("pk"))
    rows = {each.pk: each for each in lock(keys | set(whole_of))}
    parts = {rows[part]: rows[whole] for part, whole in whole_of.items() if part not in keys}
    return Locked([each for key, each in rows.items() if key in keys], parts)


def lock(keys: Iterable[int]) -> Iterable[Resource]:
    rows = Resource.objects.filter(pk__in=list(keys)).select_related("type")
    return rows.order_by("pk").select_for_update(of=("self",), no_key=True)


def allocations_of(closure_id: int) -> QuerySet[Allocation]:
    """Of a closure that is locked later. None for a number too large for the database."""
    return Allocation.objects.filter(closure__in=Closure.objects.filter(pk=closure_id))


def close_all(
    closings: Sequence[Closing],
    closed: Locked,
    taken: Occupied,
    *,
    by: User | None,
    at: datetime,
) -> list[Closure]:
    """Write closures for times that no booking holds. `taken` covers all of them."""
    closures = insert(
        Closure(
            key=each.key,
            starts_at=each.period.start,
            ends_at=each.period.end,
            reason_de=each.reason_de,
            reason_en=each.reason_en,
            made_by=by,
        )
        for each in closings
    )
    rows = []
    for resource, whole in closed.with_wholes:
        left = _Free(each.period for each in taken[resource.pk])
        for closure in closures:
            rows += _rows(closure, resource, whole, left.take(closure.period))
    insert(rows)
    tell_closures(
        "resource.closed", [(each, closed.named, each.period) for each in closures], by, at
    )
    return closures


def lift_all(
    closures: Sequence[Closure], *, by: User | None, at: datetime, forget_keys: bool = False
) -> None:
    """Take away what is ahead of closures that are not over; what has passed stays on record."""
    left = [Period(max(at, each.starts_at), each.ends_at) for each in closures]
    named: dict[int, list[Resource]] = {each.pk: [] for each in closures}
    touched: dict[int, Resource] = {}
    for some in batches(list(named)):
        rows = Allocation.objects.filter(closure__in=some, ends_at__gt=at)
        for row in rows.select_related("resource__type").order_by("resource", "pk"):
            touched[row.resource_id] = row.resource
            if row.whole_id is None and row.closure_id:
                named[row.closure_id].append(row.resource)
        rows.filter(starts_at__gte=at).delete()
        rows.update(ends_at=at, guarded_until=at)
        known = Closure.objects.filter(pk__in=some)
        known.filter(starts_at__lt=at).update(ends_at=at)
        if forget_keys:
            known.update(key=None)
    _let_others_take_over(touched.values(), left)
    pairs = zip(closures, left, strict=True)
    told = [(each, list(dict.fromkeys(named[each.pk])), rest) for each, rest in pairs]
    tell_closures("resource.reopened", told, by, at)


def batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


class _Free:
    """What is left of one resource's time while closure after closure takes some of it."""

    def __init__(self, taken: Iterable[Period]) -> None:
        self._taken = sorted(taken)

    def take(self, period: Period) -> list[tuple[Period, bool]]:
        """The pieces of a period, and whether each was free; they are taken now."""
        free = free_between(period, self._near(period))
        for piece in free:
            insort(self._taken, piece)
        pieces = [(piece, True) for piece in free]
        return pieces + [(piece, False) for piece in free_between(period, free)]

    def _near(self, period: Period) -> Iterator[Period]:
        """What is taken never overlaps, so beside what starts within only one can reach into it."""
        index = max(0, bisect_left(self._taken, period) - 1)
        while index < len(self._taken) and self._taken[index].start < period.end:
            if self._taken[index].end > period.start:
                yield self._taken[index]
            index += 1


def _rows(
    closure: Closure,
    resource: Resource,
    whole: Resource | None,
    pieces: Iterable[tuple[Period, bool]],
) -> list[Allocation]:
    """Active allocations where the resource is free, inactive ones where it is closed already."""
    return [
        Allocation(
            resource=resource,
            closure=closure,
            whole=whole,
            starts_at=piece.start,
            ends_at=piece.end,
            guarded_from=piece.start,
            guarded_until=piece.end,
            active=active,
        )
        for piece, active in pieces
    ]


def _let_others_take_over(resources: Iterable[Resource], left: Sequence[Period]) -> None:
    """What waited below a closure takes its place, piece by piece."""
    if not left:
        return
    first, last = min(each.start for each in left), max(each.end for each in left)
    waiting = Allocation.objects.filter(
        Q(starts_at__lt=last, ends_at__gt=first),
        resource__in=list(resources),
        closure__isnull=False,
        active=False,
    ).select_related("closure", "resource", "whole")
    for row in waiting.order_by("pk"):
        if row.closure is not None and any(row.period.overlaps(each) for each in left):
            taken = busy([row.resource], row.period)
            row.delete()
            free = _Free(each.period for each in taken[row.resource_id])
            insert(_rows(row.closure, row.resource, row.whole, free.take(row.period)))


def tell_closures(
    kind: str,
    closures: Iterable[tuple[Closure, Sequence[Resource], Period]],
    by: User | None,
    at: datetime,
) -> None:
    record(*(_happening(kind, *each, by=by, at=at) for each in closures))


def _happening(
    kind: str,
    closure: Closure,
    resources: Sequence[Resource],
    period: Period,
    *,
    by: User | None,
    at: datetime,
) -> Happening:
    touched = [Touched("resource", resource.slug, "closed") for resource in resources]
    if by is not None:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    data = {
        "closure": closure.pk,
        "starts_at": period.start.isoformat(),
        "ends_at": period.end.isoformat(),
        "resources": [resource.slug for resource in resources],
        "types": [resource.type.slug for resource in resources],
        "kinds": [resource.type.kind for resource in resources],
        "actor_role": by.role if by else "system",
    }
    return Happening(kind, at, tuple(touched), data)


def refuse_bookings(resources: Iterable[Resource], taken: Occupied) -> None:
    """Raises `SlotTaken`, naming what is booked."""
    bookings: set[int] = set()
    names = []
    for resource in resources:
        in_the_way = {each.booking_id for each in taken[resource.pk] if each.booking_id}
        bookings |= in_the_way
        names += [resource.name] if in_the_way else []
    if bookings:
        message = ngettext(
            "{count} booking is in the way: {names}.",
            "{count} bookings are in the way: {names}.",
            len(bookings),
        )
        raise SlotTaken(message.format(count=len(bookings), names=", ".join(names)))
