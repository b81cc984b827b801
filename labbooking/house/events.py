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
from labbooking.bookings.actions.closures import close, free_key, lift
from labbooking.bookings.models import Allocation, Closure
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import Malformed, WrongState
from labbooking.period import Period
from labbooking.residencies.models import Call
from residents.models import User


def _key(pk: int) -> str:
    return f"event-{pk}"


def blocked_by(pk: int) -> list[Resource]:
    """What an event has blocked."""
    rows = Allocation.objects.filter(closure__key=_key(pk), whole=None)
    things = Resource.objects.filter(pk__in=rows.values("resource")).select_related("type")
    return list(things.order_by("type__order", "order", "slug"))


def left_of(event: Announcement, at: datetime) -> Period | None:
    """What is ahead of an event, if anything: who had a thing this morning is not in the way."""
    if event.period is None or event.period.end <= at:
        return None
    return Period(max(at, event.period.start), event.period.end)


def block(pk: int, resources: Collection[Resource], *, by: User, at: datetime) -> None:
    """Close exactly these for as long as the event lasts; none opens everything again.

    Raises `NotAllowed`, `Announcement.DoesNotExist`, `Malformed` where nobody knows when it ends,
    `WrongState` where it is over, and `SlotTaken` where bookings stand in the way.
    """
    only_staff(by)
    with _together(pk, resources, at):
        event = _locked(pk)
        _lift(pk, by, at)
        _close(event, resources, by, at)


def _locked(pk: int) -> Announcement:
    """Who blocks for an event and who takes it down come one after the other."""
    return Announcement.objects.select_for_update().get(pk=pk)


def change_event(
    pk: int, fields: Mapping[str, Any], *, by: User, at: datetime, based_on: str
) -> Announcement:
    """As `equipment.actions.change_announcement`; what it blocks moves along."""
    only_staff(by)
    _refuse_of_a_call(pk)
    with _together(pk, (), at):
        before = _told(_locked(pk))
        needed = blocked_by(pk)
        event = actions.change_announcement(pk, fields, by=by, at=at, based_on=based_on)
        if needed and before != _told(event):
            _lift(pk, by, at)
            _close(event, needed, by, at)
    return event


def _told(event: Announcement) -> tuple[object, ...]:
    """What a closure tells of its event."""
    return event.period, event.is_call, event.title_de, event.title_en


def _refuse_of_a_call(pk: int) -> None:
    """Raises `WrongState`: it says what its call says, which is where it is changed."""
    if call_of(pk):
        raise WrongState(_("This announcement belongs to a call: change the call itself."))


def call_of(pk: int) -> Call | None:
    """The call that an announcement tells of, where it is one that staff write at `/calls/`."""
    announced = Announcement.objects.filter(pk=pk).select_related("call").first()
    return getattr(announced, "call", None)


def take_down_event(pk: int, *, by: User, at: datetime) -> None:
    """As `equipment.actions.take_down`; what it blocked can be booked again."""
    only_staff(by)
    _refuse_of_a_call(pk)
    with _together(pk, (), at):
        _locked(pk)
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
    elif known:
        free_key(_key(pk))  # The desk has opened it again.


def _close(event: Announcement, resources: Collection[Resource], by: User, at: datetime) -> None:
    if not resources:
        return
    if event.is_call:
        raise Malformed(_("A call blocks nothing: say first that it needs nothing."))
    if event.period is None:
        raise Malformed(_("Say when the event ends: it blocks what it needs until then."))
    rest = left_of(event, at)
    if rest is None:
        raise WrongState(_("That is already over."))
    reasons = {"reason_de": event.title_de, "reason_en": event.title_en}
    close(resources, rest, **reasons, by=by, at=at, key=_key(event.pk))
