"""Closing resources for a time, and opening them again: a holiday, maintenance, a repair.

A closure takes time as a booking does, so the database guards it likewise. Where closures
overlap, the earlier one keeps the time and the later one leaves an inactive allocation there,
which takes over once the earlier one is lifted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import Resource
from labbooking.bookings.availability.busy import Occupied, busy
from labbooking.bookings.models import Allocation, Closure
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, NotThere, SlotTaken, WrongState
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import Period, free_between, is_within_reach
from labbooking.when import years_that_can_be_named
from residents.models import User


def close(
    resources: Iterable[Resource],
    period: Period,
    *,
    reason_de: str,
    reason_en: str,
    by: User | None,
    at: datetime,
    key: str | None = None,
) -> Closure:
    """Take resources, and the parts of wholes among them, out of use for a period.

    `by` is staff, or None for the lab's own commands. A second call with the same `key` answers
    with the first closure and changes nothing, also after that was reopened. Raises `SlotTaken`
    where bookings stand in the way.
    """
    if by is not None:
        only_staff(by)
    if not (is_within_reach(period.start) and is_within_reach(period.end)):
        raise Malformed(years_that_can_be_named())
    reasons = reason_de.strip(), reason_en.strip()
    with transaction.atomic():
        return _close(resources, period, reasons, by, at, key)


def _close(
    resources: Iterable[Resource],
    period: Period,
    reasons: tuple[str, str],
    by: User | None,
    at: datetime,
    key: str | None,
) -> Closure:
    named, parts = _locked(resources)
    if not named:
        raise Malformed(_("Say what is to be closed."))
    if not all(reasons):
        raise Malformed(_("Say why it is closed, in both languages."))
    if key and (known := Closure.objects.filter(key=key).first()):
        return known
    taken = busy([*named, *parts], period)
    _refuse_bookings([*named, *parts], taken)
    closure = Closure.objects.create(
        key=key,
        starts_at=period.start,
        ends_at=period.end,
        reason_de=reasons[0],
        reason_en=reasons[1],
        made_by=by,
    )
    rows = [each for resource in named for each in _rows(closure, resource, None, period, taken)]
    for part, whole in parts.items():
        rows += _rows(closure, part, whole, period, taken)
    Allocation.objects.bulk_create(rows)
    _tell("resource.closed", closure, named, period, by=by, at=at)
    return closure


def reopen(closure_id: int, *, by: User | None, at: datetime, forget_key: bool = False) -> Closure:
    """Lift what is left of a closure. Time under another closure stays closed.

    With `forget_key` the closure's key may close again: its file or calendar took it back itself.
    Raises `WrongState` where nothing of it is left.
    """
    if by is not None:
        only_staff(by)
    with passing_on(Allocation.objects.filter(closure=closure_id), at):
        return lift(closure_id, by=by, at=at, forget_key=forget_key)


def lift(closure_id: int, *, by: User | None, at: datetime, forget_key: bool = False) -> Closure:
    """As `reopen`, for acts of several steps that are inside one `offers.passing_on` already."""
    closure = Closure.objects.filter(pk=closure_id).first()
    if closure is None:
        raise NotThere(_("There is no such closure."))
    resources = list(
        Resource.objects.filter(allocations__closure=closure).order_by("pk").distinct()
    )
    resources = list(_lock(resource.pk for resource in resources))
    ahead = closure.allocations.filter(ends_at__gt=at).select_related("resource__type")
    named = [each.resource for each in ahead.filter(whole=None).order_by("resource", "pk")]
    if not ahead:
        raise WrongState(_("That closure is already over."))
    left = Period(max(at, closure.starts_at), closure.ends_at)
    _lift(closure, at)
    if forget_key:
        closure.key = None
        closure.save(update_fields=["key"])
    _let_others_take_over(resources, left)
    _tell("resource.reopened", closure, list(dict.fromkeys(named)), left, by=by, at=at)
    return closure


def _lock(keys: Iterable[int]) -> Iterable[Resource]:
    rows = Resource.objects.filter(pk__in=list(keys)).select_related("type")
    return rows.order_by("pk").select_for_update(of=("self",), no_key=True)


def _locked(resources: Iterable[Resource]) -> tuple[list[Resource], dict[Resource, Resource]]:
    """The named resources, and the whole of each part that is closed along; all locked."""
    keys = {resource.pk for resource in resources}
    links = Resource.parts.through.objects.filter(from_resource_id__in=keys)
    whole_of = dict(links.values_list("to_resource_id", "from_resource_id").order_by("pk"))
    rows = {each.pk: each for each in _lock(keys | set(whole_of))}
    parts = {rows[part]: rows[whole] for part, whole in whole_of.items() if part not in keys}
    return [each for key, each in rows.items() if key in keys], parts


def _refuse_bookings(resources: Iterable[Resource], taken: Occupied) -> None:
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


def _rows(
    closure: Closure,
    resource: Resource,
    whole: Resource | None,
    period: Period,
    taken: Occupied,
) -> list[Allocation]:
    """Active allocations where the resource is free, inactive ones where it is closed already."""
    free = free_between(period, (each.period for each in taken[resource.pk]))
    pieces = [(piece, True) for piece in free]
    pieces += [(piece, False) for piece in free_between(period, free)]
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


def _lift(closure: Closure, at: datetime) -> None:
    """What has passed was closed and stays on record; what is ahead is taken away."""
    closure.allocations.filter(starts_at__gte=at).delete()
    closure.allocations.filter(ends_at__gt=at).update(ends_at=at, guarded_until=at)
    if closure.starts_at < at:
        closure.ends_at = at
        closure.save(update_fields=["ends_at"])


def _let_others_take_over(resources: Sequence[Resource], left: Period) -> None:
    waiting = Allocation.objects.filter(
        resource__in=resources,
        closure__isnull=False,
        active=False,
        starts_at__lt=left.end,
        ends_at__gt=left.start,
    ).select_related("closure", "resource", "whole")
    for row in waiting.order_by("pk"):
        if row.closure is not None:
            taken = busy([row.resource], row.period)
            row.delete()
            Allocation.objects.bulk_create(
                _rows(row.closure, row.resource, row.whole, row.period, taken)
            )


def _tell(
    kind: str,
    closure: Closure,
    resources: Sequence[Resource],
    period: Period,
    *,
    by: User | None,
    at: datetime,
) -> None:
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
    record(Happening(kind, at, tuple(touched), data))
