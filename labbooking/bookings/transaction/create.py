"""Writing down a settled plan: bookings, allocations and what the journal says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from equipment.models import HouseRules
from labbooking.bookings.demand.resolve import Demand
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.intake.check_reply import CheckedReply
from labbooking.bookings.models import Allocation, ApprovalStep, Booking, BookingGroup, Series
from labbooking.bookings.planning.planner import DatePlan, Plan
from labbooking.bookings.planning.unit_assignment import Pick
from labbooking.bookings.states import State
from labbooking.bookings.transaction.create_series import store
from labbooking.bookings.transaction.journal_entries import happenings
from labbooking.bookings.transaction.party import add_company, join_company
from labbooking.bookings.transaction.record_intake import record_intake
from labbooking.bookings.transaction.step_rows import lay_down, steps_for
from labbooking.journal.record import record
from labbooking.period import DAY, Period
from labbooking.rows import insert
from residents.models import User

BEGINS_SOON = DAY
"""So long ahead it is said that a booking starts soon."""


@dataclass(frozen=True, slots=True)
class AskedException:
    """Why staff are asked for an exception, and from which rules (codes of refusals)."""

    exception_reason: str
    exception_from: list[str]


def write(
    plan: Plan,
    dates: Sequence[DatePlan],
    spec: BookingSpec,
    *,
    person: User,
    by: User,
    at: datetime,
    said: CheckedReply,
    overridden: Sequence[str] = (),
    exception: AskedException | None = None,
    company: Sequence[User] = (),
    group: BookingGroup | None = None,
) -> list[Booking]:
    """Write a booking for each date and what was `said` with it, in the caller's transaction.

    An exception waits for staff, whoever decides otherwise. `company` are those whom the spec names
    as coming along. The database refuses it (`IntegrityError`) if any of the time is taken after
    all.
    """
    rules = [line.rules for line in plan.demand.lines]
    steps = steps_for(line.type for line in plan.demand.lines)
    asked = as_request(rules, dates[0].period, at, by_staff=exception is not None, steps=steps)
    series = _series(plan, spec)
    bookings = insert(
        Booking(
            person=person,
            made_by=by,
            group=group,
            series=series,
            requested_at=at,
            **_words(spec, overridden),
            **(asdict(exception) if exception else {}),
            **asked,
            **_times(plan, date),
        )
        for date in dates
    )
    allocate(bookings, dates)
    lay_down([each for each in bookings if each.waits_at], steps)
    for booking in bookings:
        booking.not_given = []
    record_intake(said, bookings, person=person, by=by, at=at)
    tell_request(bookings, by=by, at=at, overridden=overridden, answers=said.for_research)
    join_company(bookings, company, by=by, at=at)
    return bookings


def write_hold(
    plan: Plan,
    date: DatePlan,
    spec: BookingSpec,
    *,
    person: User,
    by: User,
    at: datetime,
    until: datetime,
    said: CheckedReply,
    overridden: Sequence[str] = (),
    company: Sequence[User] = (),
    group: BookingGroup | None = None,
    firmly: bool = False,
) -> Booking:
    """Write a booking that only keeps its time until `until`; refused like `write`."""
    booking = Booking.objects.create(
        person=person,
        made_by=by,
        state=State.HELD,
        is_hold=True,
        kept_firmly=firmly,
        group=group,
        requested_at=at,
        hold_until=until,
        **_words(spec, overridden),
        **_times(plan, date),
    )
    allocate([booking], [date])
    booking.not_given = []
    if company:
        add_company([booking], company, at=at)
    record_intake(said, [booking], person=person, by=by, at=at)
    return booking


def _words(spec: BookingSpec, overridden: Sequence[str]) -> dict[str, Any]:
    reason = spec.override_reason if overridden else ""
    return {"purpose": spec.purpose, "people": spec.people, "override_reason": reason}


def _times(plan: Plan, date: DatePlan) -> dict[str, Any]:
    span = {"starts_at": date.period.start, "ends_at": date.period.end}
    return span | clockwork(plan.demand, date.period)


def as_request(
    rules: Sequence[HouseRules],
    first: Period,
    at: datetime,
    *,
    by_staff: bool = False,
    steps: Sequence[ApprovalStep] = (),
) -> dict[str, Any]:
    """The state in which asking puts a booking: confirmed at once, or waiting for staff, and then
    it holds its time until its hold ends, and no longer than it could still begin."""
    if not (by_staff or any(each.needs_staff for each in rules)):
        return {"state": State.APPROVED, "hold_until": None, "decided_at": at}
    return {
        "state": State.REQUESTED,
        "hold_until": min(at + min(each.hold for each in rules), latest_answer(first, at)),
        "escalate_at": escalation(rules, at, steps[0] if steps else None),
        "decided_at": None,
        "waits_at": steps[0] if steps else None,
        "steps": len(steps),
        "steps_done": 0,
        "step_since": at if steps else None,
        "step_reach": 0,
    }


def latest_answer(period: Period, at: datetime) -> datetime:
    """Until when an answer could still be of use."""
    return period.start if period.start > at else period.end


def held_anew(bookings: Sequence[Booking], at: datetime) -> datetime:
    """For a whole hold from now on, and never shorter than it was held already."""
    first = min(bookings, key=lambda booking: booking.starts_at)
    whole = at + min(each.hold for each in rules_of(bookings))
    anew = min(whole, latest_answer(first.period, at))
    return max([anew, *(each.hold_until for each in bookings if each.hold_until)])


def rules_of(bookings: Sequence[Booking]) -> list[HouseRules]:
    """The versions that what they take was asked for under."""
    return [each.rules for booking in bookings for each in booking.named if each.rules]


def escalation(
    rules: Sequence[HouseRules], at: datetime, step: ApprovalStep | None = None
) -> datetime | None:
    """When deputies hear of a request nobody has answered. The most impatient rules decide, where
    the step it is at has no deadline of its own."""
    if step and step.deadline is not None:
        return at + step.deadline
    waits = [each.escalate_after for each in rules if each.escalate_after is not None]
    return at + min(waits) if waits else None


def clockwork(demand: Demand, period: Period) -> dict[str, Any]:
    """What the clock will have to know of the house rules. The strictest line decides."""
    return clockwork_of([line.rules for line in demand.lines], period)


def clockwork_of(rules: Sequence[HouseRules], period: Period) -> dict[str, Any]:
    releases = [each.release_after for each in rules if each.release_after is not None]
    reminders = [each.remind_return for each in rules if each.remind_return is not None]
    return {
        "self_service": all(each.self_check_in for each in rules),
        "release_due_at": period.start + min(releases) if releases else None,
        "return_reminder_at": period.end - max(reminders) if reminders else None,
    }


def _series(plan: Plan, spec: BookingSpec) -> Series | None:
    if plan.recurrence is None:
        return None
    first_unit = plan.demand.lines[0].units[0]
    return store(plan.recurrence, spec.rrule, spec.period, first_unit)


def allocate(bookings: Sequence[Booking], dates: Sequence[DatePlan]) -> None:
    """Take the time of each booking as its date was planned."""
    rows = [
        (booking, [_allocation(booking, pick) for pick in date.picks])
        for booking, date in zip(bookings, dates, strict=True)
    ]
    insert(each for _, allocations in rows for each in allocations)
    for booking, allocations in rows:
        booking.named = [each for each in allocations if each.is_named]


def _allocation(booking: Booking, pick: Pick) -> Allocation:
    guarded = pick.guarded(booking.period)
    return Allocation(
        resource=pick.resource,
        booking=booking,
        whole=pick.whole,
        rules=pick.rules,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        guarded_from=guarded.start,
        guarded_until=guarded.end,
    )


def tell_request(
    bookings: Sequence[Booking],
    *,
    by: User,
    at: datetime,
    overridden: Sequence[str] = (),
    answers: Mapping[str, str] | None = None,
) -> None:
    """Record that bookings were asked for, and where no rule wants staff's yes, confirmed. Of the
    answers only those that research may have."""
    needs_staff = bookings[0].state == State.REQUESTED
    extra: dict[str, Any] = {"needs_staff": needs_staff}
    extra |= {"overridden": overridden} if overridden else {}
    extra |= {"answers": answers} if answers else {}
    entries = happenings("booking.requested", bookings, by=by, at=at, **extra)
    if not needs_staff:
        entries += happenings("booking.approved", bookings, by=None, at=at)
    record(*entries)
