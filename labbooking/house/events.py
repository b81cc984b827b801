"""An event that is announced can block what it needs, and takes that along when it moves or ends.

What is blocked is a closure like every other; its key says which event it belongs to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from equipment import actions
from equipment.models import Announcement, Resource
from labbooking.bookings.actions.closures import close, lift
from labbooking.bookings.models import Allocation, Closure
from labbooking.bookings.transaction.offers import passing_on
from labbooking.errors import Malformed
from residents.models import User


def _key(pk: int) -> str:
    return f"event-{pk}"


def blocked_by(pk: int) -> list[Resource]:
    """What an event has blocked."""
    rows = Allocation.objects.filter(closure__key=_key(pk), whole=None)
    things = Resource.objects.filter(pk__in=rows.values("resource")).select_related("type")
    return list(things.order_by("type__order", "order", "slug"))


def block(pk: int, resources: Collection[Resource], *, by: User, at: datetime) -> None:
    """Close exactly these for as long as the event lasts; none opens everything again.

    Raises `Announcement.DoesNotExist`, `Malformed` where nobody knows when it ends, and `SlotTaken`
    where bookings stand in the way.
    """
    with _together(pk, resources, at):
        event = Announcement.objects.get(pk=pk)
        _lift(pk, by, at)
        _close(event, resources, by, at)


def change_event(
    pk: int, fields: Mapping[str, Any], *, by: User, at: datetime, based_on: str
) -> Announcement:
    """As `equipment.actions.change_announcement`; what it blocks moves along."""
    needed = blocked_by(pk)
    with _together(pk, needed, at):
        event = actions.change_announcement(pk, fields, by=by, at=at, based_on=based_on)
        if needed:
            _lift(pk, by, at)
            _close(event, needed, by, at)
    return event


def take_down_event(pk: int, *, by: User, at: datetime) -> None:
    """As `equipment.actions.take_down`; what it blocked can be booked again."""
    with _together(pk, (), at):
        _lift(pk, by, at)
        actions.take_down(pk, by=by, at=at)


def _together(pk: int, resources: Collection[Resource], at: datetime) -> Any:
    parts = Resource.objects.filter(wholes__in=resources)
    before = Allocation.objects.filter(closure__key=_key(pk))
    return passing_on(before, at, also=[*resources, *parts])


def _lift(pk: int, by: User, at: datetime) -> None:
    known = Closure.objects.filter(key=_key(pk)).first()
    if known and known.allocations.filter(ends_at__gt=at).exists():
        lift(known.pk, by=by, at=at, forget_key=True)


def _close(event: Announcement, resources: Collection[Resource], by: User, at: datetime) -> None:
    if not resources:
        return
    if event.period is None or event.is_call:
        raise Malformed(_("Say when the event ends: so long it blocks what it needs."))
    reasons = {"reason_de": event.title_de, "reason_en": event.title_en}
    close(resources, event.period, **reasons, by=by, at=at, key=_key(event.pk))
