"""Keeping a time: for a moment, or firmly, for an offer that somebody answers in a room above.

Of a time that is kept firmly only that room says what becomes of it, by `grant`, `keep_longer` and
`let_go` in its own transaction: no ordinary act ends it or makes a booking of it, and neither does
the clock. So an offer and its time never say two things. To the database and to everybody who looks
for a free time it is a hold like any other.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.company import company_for
from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.demand.spec import BookingSpec, IntakeReply
from labbooking.bookings.demand.spec_of_booking import spec_for
from labbooking.bookings.models import Booking, BookingGroup
from labbooking.bookings.planning.planner import plan_for
from labbooking.bookings.queries import no_such_booking
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.states import State
from labbooking.bookings.transaction.create import tell_request, write_hold
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import (
    allocations_of,
    locked_bookings,
    locked_with_group,
)
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.party import begin_company
from labbooking.bookings.transaction.preconditions import (
    dates_to_book,
    refuse_what_is_gone,
    spec_transaction,
    what_became_of,
)
from labbooking.bookings.transaction.record_intake import checked_reply, record_intake
from labbooking.bookings.transaction.state_changes import change_state, end_hold
from labbooking.errors import Malformed, NotAllowed, WrongState
from residents.models import User

NOTHING_SAID = IntakeReply()


def write_kept(
    spec: BookingSpec,
    *,
    person: User,
    by: User,
    at: datetime,
    until: datetime,
    group: BookingGroup | None = None,
    firmly: bool = False,
) -> Booking:
    """Plan a hold for somebody who is locked, write it and record it, in the caller's transaction.

    What its types ask may be answered now, and has to be when it becomes a booking."""
    company = company_for(spec, by=by, person=person)
    plan = plan_for(spec, person=person, at=at, lock=True, group=group.pk if group else None)
    said = checked_reply(plan.demand, spec.intake, person, at)
    dates, overridden = dates_to_book(plan, spec, by, also=said.wrong)
    booking = write_hold(
        plan, dates[0], spec, person=person, by=by, at=at, until=until, said=said,
        overridden=overridden, company=company, group=group, firmly=firmly,
    )  # fmt: skip
    extra = {"overridden": overridden} if overridden else {}
    record_entries("booking.held", [booking], by=by, at=at, **extra)
    return booking


def keep(spec: BookingSpec, *, person: User, by: User, at: datetime, until: datetime) -> Booking:
    """Keep a time firmly. Who may be offered one is for the caller to ask: it may be somebody who
    does not book here yet.

    Raises `Malformed` for a series and for an answer that would be due after the beginning,
    `NotAllowed` for who can never have it, and else like `actions.hold`.
    """
    refuse_series(spec)
    if not at < until <= spec.period.start:
        raise Malformed(_("The answer has to be due before the time begins."))
    with spec_transaction(spec, at):
        person, group = locked_with_group(spec, person)
        if person.is_researcher or not person.is_active:
            raise NotAllowed(_("{name} cannot hold bookings.").format(name=person))
        return write_kept(spec, person=person, by=by, at=at, until=until, group=group, firmly=True)


def refuse_series(spec: BookingSpec) -> None:
    if spec.rrule:
        raise Malformed(_("A series cannot be held. Hold one date, or book the series."))


def grant(booking_id: int, *, by: User, at: datetime, reply: IntakeReply = NOTHING_SAID) -> Booking:
    """What was kept firmly becomes a confirmed booking: whoever keeps it so has said yes to this
    time, so no rule, step or member of staff is asked again.

    Nobody's decision is written down that they could take back alone. Raises `WrongState` where it
    is not kept any more or nothing can come of it, and `Refused` with what its types ask.
    """
    with transaction.atomic():
        booking = _locked(booking_id)
        if booking.hold_until is None or booking.hold_until <= at:
            raise WrongState(_("The time to answer is over."))
        refuse_what_is_gone([booking])
        demand = demand_for(spec_for([booking], booking.period))
        said = checked_reply(demand, reply, booking.person, at)
        refuse(list(said.refusals))
        change_state(
            [booking],
            State.APPROVED,
            kept_firmly=False,
            is_hold=False,
            hold_until=None,
            requested_at=at,
            decided_at=at,
            granted_from=booking.starts_at,
            granted_until=booking.ends_at,
        )
        record_intake(said, [booking], person=booking.person, by=by, at=at)
        tell_request([booking], by=by, at=at, answers=said.for_research)
        begin_company(booking, by=by, at=at)
        return booking


def keep_longer(booking_id: int, *, until: datetime, at: datetime) -> Booking:
    """What is kept firmly is kept until later. Raises `WrongState` where it is not kept any more,
    and `Malformed` for what is no later, or after the beginning."""
    with transaction.atomic():
        booking = _locked(booking_id)
        if booking.hold_until is None or not max(at, booking.hold_until) < until:
            raise Malformed(_("More time to answer has to be more than there is."))
        if until > booking.starts_at:
            raise Malformed(_("The answer has to be due before the time begins."))
        change_state([booking], State.HELD, hold_until=until)
        return booking


def let_go(booking_id: int, *, by: User | None, at: datetime, lapsed: bool = False) -> Booking:
    """What was kept firmly is free again, and goes to who waits for it: somebody let it go, or the
    time to answer has `lapsed`. Raises `WrongState` where it is not kept any more."""
    with passing_on(allocations_of(_row(booking_id)), at):
        booking = _locked(booking_id)
        end_hold(booking, by=by, at=at, lapsed=lapsed)
        return booking


def _locked(booking_id: int) -> Booking:
    (booking,) = locked_bookings(_row(booking_id))
    if not booking.kept_firmly:
        raise WrongState(what_became_of(booking))
    return booking


def _row(booking_id: int) -> Booking:
    booking = Booking.objects.filter(pk=booking_id).first()
    if booking is None:
        raise no_such_booking()
    return booking
