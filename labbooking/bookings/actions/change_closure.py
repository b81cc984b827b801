"""Staff say anew what is closed, when and why."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.actions.closures import still_ahead
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.models import Closure
from labbooking.bookings.transaction.closing import (
    Closing,
    allocations_of,
    close_all,
    lift_all,
    locked,
    refuse_bookings,
    tell_closures,
)
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, NotThere, WrongState
from labbooking.period import Period, is_within_reach
from labbooking.when import years_that_can_be_named
from residents.models import User


def version_of(closure: Closure) -> str:
    """Another one as soon as anything about it is another."""
    said = [closure.starts_at, closure.ends_at, closure.reason_de, closure.reason_en]
    said += sorted(closure.allocations.values_list("resource", flat=True))
    return hashlib.sha256(repr(list(map(str, said))).encode()).hexdigest()[:16]


def change_closure(
    closure_id: int,
    resources: Collection[Resource],
    period: Period,
    *,
    reason_de: str,
    reason_en: str,
    by: User,
    at: datetime,
    based_on: str,
) -> Closure:
    """Close something else, at another time, or for another reason; one transaction.

    Another reason alone changes the closure; with another time or other things what is ahead of it
    is lifted and closed anew, and what has passed stays on record: who had a thing until now is not
    in the way. Raises `WrongState` where it is over, would be, or somebody has changed it since
    `based_on` was its version, and `SlotTaken` where bookings stand in the way.
    """
    only_staff(by)
    reasons = reason_de.strip(), reason_en.strip()
    if not all(reasons):
        raise Malformed(_("Say why it is closed, in both languages."))
    if not (is_within_reach(period.start) and is_within_reach(period.end)):
        raise Malformed(years_that_can_be_named())
    parts = Resource.objects.filter(wholes__in=resources)
    with passing_on(allocations_of(closure_id), at, also=[*resources, *parts]):
        closure = _current(closure_id, at, based_on)
        if (closure.period, _named(closure)) == (period, {each.pk for each in resources}):
            return _for_another_reason(closure, reasons, by, at)
        return _anew(closure, resources, Closing(period, *reasons), by, at)


def _current(closure_id: int, at: datetime, based_on: str) -> Closure:
    closure = Closure.objects.filter(pk=closure_id).first()
    if closure is None:
        raise NotThere(_("There is no such closure."))
    if not closure.allocations.filter(ends_at__gt=at).exists():
        raise WrongState(_("That closure is already over."))
    if version_of(closure) != based_on:
        raise WrongState(_("Somebody else has changed this closure meanwhile."))
    return closure


def _named(closure: Closure) -> set[int]:
    return set(closure.allocations.filter(whole=None).values_list("resource", flat=True))


def _for_another_reason(
    closure: Closure, reasons: tuple[str, str], by: User, at: datetime
) -> Closure:
    if (closure.reason_de, closure.reason_en) == reasons:
        return closure
    closure.reason_de, closure.reason_en = reasons
    closure.save(update_fields=["reason_de", "reason_en"])
    rows = closure.allocations.filter(whole=None).select_related("resource__type")
    closed = list(dict.fromkeys(each.resource for each in rows.order_by("resource")))
    tell_closures("closure.changed", [(closure, closed, closure.period)], by, at)
    return closure


def _anew(
    closure: Closure, resources: Collection[Resource], closing: Closing, by: User, at: datetime
) -> Closure:
    rest = still_ahead(closing.period, at)
    key = closure.key
    lift_all([closure], by=by, at=at, forget_keys=True)
    closed = locked(resources)
    if not closed.named:
        raise Malformed(_("Say what is to be closed."))
    taken = busy(closed.all, rest)
    refuse_bookings(closed.all, taken)
    # Whoever made it by its key finds it again: an event, the lab's file, a calendar.
    (made,) = close_all([replace(closing, period=rest, key=key)], closed, taken, by=by, at=at)
    return made
