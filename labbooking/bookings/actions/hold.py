"""The actions around a timed hold: keep a time while one decides, and then ask for it.

Letting go is `actions.withdraw`; that its time runs out is told by the clock. A hold is planned
like a request, with the same locks, rules and quotas, and the database guards it likewise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.resolve import Demand, demand_for
from labbooking.bookings.demand.spec import BookingSpec, Idempotency, IntakeReply
from labbooking.bookings.demand.spec_of_booking import spec_for
from labbooking.bookings.groups import acts_for, groups_of, may_ask_for
from labbooking.bookings.models import Allocation, Booking, BookingGroup
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.planning.planner import Planner
from labbooking.bookings.queries import detailed, find_booking
from labbooking.bookings.rules.overrides import refuse, set_aside
from labbooking.bookings.states import State
from labbooking.bookings.transaction.answers import approve_at_once
from labbooking.bookings.transaction.create import as_request, tell_request
from labbooking.bookings.transaction.idempotency import recall, remember
from labbooking.bookings.transaction.keeping import NOTHING_SAID, refuse_series, write_kept
from labbooking.bookings.transaction.locks import (
    locked_bookings,
    locked_person,
    locked_with_group,
)
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.party import begin_company
from labbooking.bookings.transaction.preconditions import (
    may_request,
    only_staff,
    spec_transaction,
    what_became_of,
)
from labbooking.bookings.transaction.record_intake import checked_reply, record_intake
from labbooking.bookings.transaction.state_changes import change_state, end_hold
from labbooking.bookings.transaction.step_rows import lay_down, steps_for
from labbooking.bookings.undecided import undecided
from labbooking.errors import NotAllowed, Refusal, WrongState
from labbooking.period import MINUTE
from residents.models import User

A_WHILE = 10 * MINUTE
"""How long a time is kept while somebody decides."""
ASKED_WHEN_HELD = frozenset({"in_the_past", "too_soon", "too_far_ahead"})
"""Refusals that speak of how long ahead one asks; whoever takes what is kept has asked already."""


def hold(
    spec: BookingSpec,
    *,
    by: User,
    at: datetime,
    person: User | None = None,
    for_: timedelta = A_WHILE,
    idempotency: Idempotency | None = None,
) -> Booking:
    """Keep a time for a moment, never beyond its start; a new hold lets the earlier one go.

    What its types ask may be answered now, and has to be when it is confirmed. Raises like
    `actions.request`, and `Malformed` for a series.
    """
    person = person or by
    may_request(by, person)
    refuse_series(spec)
    with spec_transaction(spec, at):
        return _hold(spec, by, at, person, for_, idempotency)


def _hold(
    spec: BookingSpec,
    by: User,
    at: datetime,
    person: User,
    for_: timedelta,
    idempotency: Idempotency | None,
) -> Booking:
    person, group = locked_with_group(spec, person)
    if idempotency and (known := recall(idempotency, by)):
        return known[0]
    earlier = _earlier(person, by)
    if not earlier:
        return _write(spec, by, at, person, group, for_, idempotency)
    may_free = Allocation.objects.filter(booking__in=earlier)
    with passing_on(may_free, at, also=demand_for(spec).resources):
        _let_go(earlier, by, at)
        return _write(spec, by, at, person, group, for_, idempotency)


def _write(
    spec: BookingSpec,
    by: User,
    at: datetime,
    person: User,
    group: BookingGroup | None,
    for_: timedelta,
    idempotency: Idempotency | None,
) -> Booking:
    latest = spec.period.start if spec.period.start > at else spec.period.end
    until = min(at + for_, latest)
    booking = write_kept(spec, person=person, by=by, at=at, until=until, group=group)
    if idempotency:
        remember(idempotency, by, booking, at)
    return booking


def _earlier(person: User, by: User) -> list[int]:
    """What the person holds already, without what they waited for or is kept firmly."""
    earlier = Booking.objects.filter(
        person=person, made_by=by, state=State.HELD, waited_for__isnull=True, kept_firmly=False
    )
    return list(earlier.order_by("pk").values_list("pk", flat=True))


def _let_go(earlier: Sequence[int], by: User, at: datetime) -> None:
    """Before planning, so that a person's own hold does not stand in the way of the next."""
    held = Booking.objects.filter(pk__in=earlier)
    locked = list(held.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
    for booking in detailed(Booking.objects.filter(pk__in=[pk for (pk,) in locked])):
        if booking.state == State.HELD:
            end_hold(booking, by=by, at=at)


def confirm(
    booking_id: int,
    *,
    by: User,
    at: datetime,
    purpose: str | None = None,
    reply: IntakeReply = NOTHING_SAID,
    approve: bool = False,
) -> Booking:
    """Ask for what is held: confirmed at once where no rule wants staff's yes; with `approve` staff
    say it in the same act.

    The house rules are asked again, as they are by now, and what the types ask. Raises
    `WrongState`, saying what to do, where the hold is over, `NotAllowed` where its person has left,
    and `Refused` with every refusal; then the time stays kept.
    """
    booking = find_booking(by, booking_id)
    if not may_ask_for(by, booking):
        raise NotAllowed(_("Only the person holding a time can confirm it."))
    if approve:
        only_staff(by)
    with transaction.atomic():
        booking = _confirm(booking, by, at, purpose, reply)
        if approve:
            approve_at_once([booking], by=by, at=at)
        return booking


def _confirm(
    booking: Booking, by: User, at: datetime, purpose: str | None, reply: IntakeReply
) -> Booking:
    person = locked_person(booking.person, booking.group_id)
    (booking,) = locked_bookings(booking)
    _leave_group(booking, person)
    _refuse_if_over(booking, at)
    may_request(person if acts_for(by, booking) else by, person)
    if booking.ends_at <= at:
        refuse([Refusal("in_the_past", _("That time has already passed."))])
    demand = demand_for(spec_for([booking], booking.period))
    said = checked_reply(demand, reply, person, at)
    refuse([*_refusals(booking, demand, person, at), *said.refusals])
    steps = steps_for(line.type for line in demand.lines)
    asked = as_request([line.rules for line in demand.lines], booking.period, at, steps=steps)
    asked |= {} if purpose is None else {"purpose": purpose}
    asked |= {"is_hold": False, "requested_at": at, "group": booking.group}
    change_state([booking], asked.pop("state"), **asked)
    lay_down([booking] if booking.waits_at else [], steps)
    Waiting.objects.filter(booking=booking).update(state=Waiting.Status.TAKEN)
    record_intake(said, [booking], person=person, by=by, at=at)
    tell_request([booking], by=by, at=at, answers=said.for_research)
    begin_company(booking, by=by, at=at)
    return booking


def _leave_group(booking: Booking, person: User) -> None:
    """Who is in the group no more has held it for themselves."""
    if booking.group_id and booking.group not in groups_of(person):
        booking.group = None


def _refuse_if_over(booking: Booking, at: datetime) -> None:
    if booking.kept_firmly:
        raise WrongState(what_became_of(booking))
    if booking.state == State.HELD and booking.hold_until and booking.hold_until > at:
        return
    if booking.state == State.HELD and undecided(at).filter(pk=booking.pk).exists():
        return  # It could not be confirmed in time, and nobody has settled yet what comes of it.
    if booking.is_hold and booking.state != State.WITHDRAWN:
        raise WrongState(_("The time is no longer held. If it is still free, book it again."))
    if booking.is_hold:
        raise WrongState(_("This time was let go. If it is still free, book it again."))
    raise WrongState(what_became_of(booking))


def _refusals(booking: Booking, demand: Demand, person: User, at: datetime) -> list[Refusal]:
    """What has come up since it was held. What staff set aside for it then stays so."""
    period = booking.period
    planner = Planner(
        demand, (period,), person, at,
        ignoring=frozenset({booking.pk}), group=booking.group_id,
    )  # fmt: skip
    said = [
        each
        for each in planner.refusals(demand.lines, period, ())
        if each.code not in ASKED_WHEN_HELD
    ]
    standing, _overridden = set_aside(said, booking.made_by, booking.override_reason)
    return standing
