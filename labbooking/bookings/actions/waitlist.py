"""Joining the waiting list and leaving it. Who is served, says `transaction/offers.py`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.company import company_for
from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.demand.spec import BookingSpec, Idempotency
from labbooking.bookings.models import Allocation, BookingGroup
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.planning.planner import Plan, plan_for
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.states import State
from labbooking.bookings.transaction.idempotency import recall_place, remember
from labbooking.bookings.transaction.locks import (
    allocations_of,
    locked_bookings,
    locked_with_group,
)
from labbooking.bookings.transaction.offers import AT_ONCE, passing_on
from labbooking.bookings.transaction.preconditions import may_request
from labbooking.bookings.transaction.record_intake import checked_reply, record_intake
from labbooking.bookings.transaction.state_changes import end_hold
from labbooking.bookings.waitlist.matching import OPEN, find_wait
from labbooking.errors import Malformed, Refusal, WrongState
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import HOUR
from residents.models import User

MOST_PLACES = 10
"""So many places one person has at most."""


def join(
    spec: BookingSpec,
    *,
    by: User,
    at: datetime,
    person: User | None = None,
    any_unit: bool = False,
    idempotency: Idempotency | None = None,
) -> Waiting:
    """Wait for a time that is taken now. With `any_unit`, equal units will do as well.

    Asking for the same again answers with the place one has. Raises `Malformed`, `NotAllowed`,
    or `Refused` with every reason: the house rules, and `not_taken` where the time is free.
    """
    person = person or by
    may_request(by, person)
    if spec.rrule:
        raise Malformed(_("The waiting list is for one date at a time."))
    spec = _of_any_unit(spec) if any_unit else spec
    with transaction.atomic():
        return _join(spec, by, at, person, idempotency)


def _join(
    spec: BookingSpec, by: User, at: datetime, person: User, idempotency: Idempotency | None
) -> Waiting:
    person, group = locked_with_group(spec, person)
    if idempotency and (repeated := recall_place(idempotency, by)):
        return repeated
    known = _open_places(person)
    if mine := next((each for each in known if _is_same(each, spec, group)), None):
        return mine
    company = company_for(spec, by=by, person=person)
    plan = plan_for(spec, person=person, at=at, lock=True, group=group.pk if group else None)
    said = checked_reply(plan.demand, spec.intake, person, at)
    refuse([*_reasons(plan, spec, person, len(known), at), *said.refusals])
    wait = Waiting.objects.create(
        person=person,
        resources=list(spec.resources),
        types=dict(spec.types),
        purpose=spec.purpose,
        people=spec.people,
        group=group,
        starts_at=spec.period.start,
        ends_at=spec.period.end,
        joined_at=at,
    )
    wait.participants.add(*company)
    record_intake(said, [], person=person, by=by, at=at)
    record(_happening("waiting.joined", wait, by=by, at=at))
    if idempotency:
        remember(idempotency, by, wait, at)
    return wait


def _of_any_unit(spec: BookingSpec) -> BookingSpec:
    types: Counter[str] = Counter()
    for line in demand_for(spec).lines:
        types[line.type.slug] += line.count
    return replace(spec, resources=(), types=dict(types))


def _open_places(person: User) -> list[Waiting]:
    return list(Waiting.objects.filter(person=person, state__in=OPEN))


def _is_same(wait: Waiting, spec: BookingSpec, group: BookingGroup | None) -> bool:
    theirs = (wait.period, set(wait.resources), wait.types, wait.group_id)
    key = group.pk if group else None
    return theirs == (spec.period, set(spec.resources), dict(spec.types), key)


def _reasons(
    plan: Plan, spec: BookingSpec, person: User, known: int, at: datetime
) -> list[Refusal]:
    reasons = list(plan.refusals)
    if spec.period.start <= at and not any(each.code == "in_the_past" for each in reasons):
        reasons.append(Refusal("in_the_past", _("That time has already begun.")))
    if not plan.clashes:
        message = _("That time is free now: book it, there is no need to wait.")
        reasons.append(Refusal("not_taken", message))
    elif mine := _is_mine(spec, person):
        message = _("{name} is already yours at that time.").format(name=mine.resource.name)
        reasons.append(Refusal("already_yours", message, mine.resource.slug))
    if known >= MOST_PLACES:
        message = _("You are already waiting for {count} times. Leave one of them first.")
        reasons.append(Refusal("too_many_places", message.format(count=known)))
    return reasons


def _is_mine(spec: BookingSpec, person: User) -> Allocation | None:
    mine = Allocation.objects.filter(
        booking__person=person,
        active=True,
        resource__slug__in=spec.resources,
        starts_at__lt=spec.period.end,
        ends_at__gt=spec.period.start,
    )
    return mine.select_related("resource__type").first()


def leave(waiting_id: int, *, by: User, at: datetime) -> Waiting:
    """Give up a place, and with it a time that is offered. Staff take people off as well."""
    wait = find_wait(by, waiting_id)
    with transaction.atomic():
        return _leave(wait, by, at)


def _leave(wait: Waiting, by: User, at: datetime) -> Waiting:
    if _was_waiting(wait, Waiting.Status.LEFT):
        record(_happening("waiting.left", wait, by=by, at=at))
        return wait
    wait.refresh_from_db()
    if wait.booking is None or wait.state != Waiting.Status.OFFERED:
        raise WrongState(_("You are no longer waiting for this."))
    with passing_on(allocations_of(wait.booking), at):
        (booking,) = locked_bookings(wait.booking)
        if booking.state != State.HELD:
            raise WrongState(_("You are no longer waiting for this."))
        end_hold(booking, by=by, at=at)
    wait.refresh_from_db()
    return wait


def _was_waiting(wait: Waiting, state: Waiting.Status) -> bool:
    """Puts a place that still waits into a state; False where it was offered or left meanwhile."""
    waiting = Waiting.objects.filter(pk=wait.pk, state=Waiting.Status.WAITING)
    changed = bool(waiting.update(state=state))
    wait.state = state if changed else wait.state
    return changed


def lapse(at: datetime) -> int:
    """Nobody waits for a time that has begun without having become free; how many did."""
    over = Waiting.objects.filter(state=Waiting.Status.WAITING, starts_at__lte=at)
    return sum(_lapse(each, at) for each in over.select_related("person")[:AT_ONCE])


@transaction.atomic
def _lapse(wait: Waiting, at: datetime) -> bool:
    if not _was_waiting(wait, Waiting.Status.LAPSED):
        return False
    record(_happening("waiting.passed", wait, by=None, at=at))
    return True


def _happening(kind: str, wait: Waiting, *, by: User | None, at: datetime) -> Happening:
    touched = [Touched("resource", slug, "wanted") for slug in wait.resources]
    touched.append(Touched("subject", str(wait.person.subject_key), "person"))
    if by is not None:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    data: dict[str, Any] = {
        "waiting": wait.pk,
        "starts_at": wait.starts_at.isoformat(),
        "ends_at": wait.ends_at.isoformat(),
        "resources": wait.resources,
        "wanted": wait.types,
        "planned_hours": round(wait.period.length / HOUR, 4),
        "actor_role": by.role if by else "system",
        "on_behalf": by is not None and by.pk != wait.person_id,
    }
    return Happening(kind, at, tuple(touched), data)
