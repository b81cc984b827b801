"""Closing resources for a time, and opening them again: a holiday, maintenance, a repair.

A closure takes time as a booking does, so the database guards it likewise. Where closures
overlap, the earlier one keeps the time and the later one leaves an inactive allocation there,
which takes over once the earlier one is lifted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.models import Closure
from labbooking.bookings.transaction.closing import (
    Closing,
    allocations_of,
    close_all,
    lift_all,
    lock,
    locked,
    refuse_bookings,
)
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.period import Period, is_within_reach
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
    with the first closure and changes nothing, also after that was reopened. What staff close
    begins now at the earliest: who had a thing until now is not in the way. Raises `SlotTaken`
    where bookings stand in the way, and `WrongState` for what is over.
    """
    if by is not None:
        only_staff(by)
    if not (is_within_reach(period.start) and is_within_reach(period.end)):
        raise Malformed(years_that_can_be_named())
    if by is not None:
        period = still_ahead(period, at)
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
    closed = locked(resources)
    if not closed.named:
        raise Malformed(_("Say what is to be closed."))
    if not all(reasons):
        raise Malformed(_("Say why it is closed, in both languages."))
    if key and (known := Closure.objects.filter(key=key).first()):
        return known
    taken = busy(closed.all, period)
    refuse_bookings(closed.all, taken)
    (closure,) = close_all([Closing(period, *reasons, key)], closed, taken, by=by, at=at)
    return closure


def still_ahead(period: Period, at: datetime) -> Period:
    """What is left of it. Raises `WrongState` where nothing is."""
    if period.end <= at:
        raise WrongState(_("That is already over."))
    return Period(max(at, period.start), period.end)


def reopen(closure_id: int, *, by: User | None, at: datetime, forget_key: bool = False) -> Closure:
    """Lift what is left of a closure. Time under another closure stays closed.

    With `forget_key` the closure's key may close again: its file or calendar took it back itself.
    Raises `WrongState` where nothing of it is left.
    """
    if by is not None:
        only_staff(by)
    with passing_on(allocations_of(closure_id), at):
        return lift(closure_id, by=by, at=at, forget_key=forget_key)


def lift(closure_id: int, *, by: User | None, at: datetime, forget_key: bool = False) -> Closure:
    """As `reopen`, for acts of several steps that are inside one `offers.passing_on` already."""
    closure = Closure.objects.filter(pk=closure_id).first()
    if closure is None:
        raise NotThere(_("There is no such closure."))
    touched = Resource.objects.filter(allocations__closure=closure)
    list(lock(touched.values_list("pk", flat=True).distinct()))
    if not closure.allocations.filter(ends_at__gt=at).exists():
        raise WrongState(_("That closure is already over."))
    lift_all([closure], by=by, at=at, forget_keys=forget_key)
    closure.refresh_from_db()
    return closure


def change_key(closure_id: int, key: str) -> None:
    """Whoever closes what is closed already goes on with this closure under a key of theirs."""
    Closure.objects.filter(pk=closure_id).update(key=key)


def free_key(key: str) -> None:
    """Under this key something else can be closed; what was closed under it is over or opened
    again, and stays as it is."""
    Closure.objects.filter(key=key).update(key=None)
