"""Staff say yes to a time: within it its person moves a booking, outside they are asked anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from equipment.models import HouseRules
from labbooking.bookings.models import ApprovalStep, Booking
from labbooking.bookings.planning.planner import DatePlan
from labbooking.bookings.rules.who_decides import answers_at
from labbooking.bookings.states import ASKED_ANEW, State
from labbooking.bookings.transaction.create import as_request
from labbooking.bookings.transaction.step_rows import steps_for
from labbooking.errors import Refusal, WrongState
from labbooking.period import Period
from residents.models import User

UNGRANTED = {"granted_from": None, "granted_until": None}
"""After a decision the booked time is what was decided on."""

IN_GOOD_TIME = frozenset({"too_soon", "too_far_ahead"})
"""What house rules say of when one asks. What a booking has was asked for when it could be."""


def without_settled(date: DatePlan, booking: Booking, at: datetime) -> DatePlan:
    """What house rules say against giving a booking this time, without what is settled already.

    Who keeps to the time they have, or that staff said yes to, asks for nothing new, and what
    staff made an exception from stays set aside. What has begun can be made shorter, and while it
    is in use, longer.
    """
    to = date.period
    keeps_to_it = any(each and each.covers(to) for each in (booking.period, booking.granted))
    if not keeps_to_it and booking.state != State.IN_USE:
        return date
    settled = IN_GOOD_TIME.union(booking.exception_from if keeps_to_it else ())
    if to.start == booking.starts_at and to.end > at:
        settled |= {"in_the_past"}
    return replace(date, refusals=tuple(no for no in date.refusals if no.code not in settled))


def asks_anew(booking: Booking, to: Period, by: User) -> bool:
    """Whether moving a confirmed booking makes a request of it again."""
    yes = booking.granted
    beyond = yes is not None and not yes.covers(to)
    may_wait_again = State.REQUESTED in ASKED_ANEW.get(State(booking.state), ())
    return beyond and may_wait_again and not _grants(booking, by)


def _grants(booking: Booking, by: User) -> bool:
    """Staff grant what they move to; of what was confirmed in steps, who answers at each of now."""
    steps = steps_of(booking) if by.is_lab_staff and booking.steps else ()
    return by.is_lab_staff and all(answers_at(each, by) for each in steps)


def latest_end(booking: Booking, by: User | None) -> datetime | None:
    """Until when somebody may let last what is in use: it cannot wait for a new answer."""
    if booking.state != State.IN_USE or booking.granted is None or by is None or by.is_lab_staff:
        return None
    return booking.granted.end


def may_last(booking: Booking, to: Period, by: User) -> None:
    """Raises `WrongState` where what is in use would last longer than staff said yes to."""
    end = latest_end(booking, by)
    if end is None or to.end <= max(end, booking.ends_at):
        return
    message = _("Staff confirmed this time. Ask them to extend it.")
    raise WrongState(message, refusals=(Refusal("needs_staff", message),))


def after_moving(
    booking: Booking, to: Period, rules: Sequence[HouseRules], *, by: User, at: datetime
) -> dict[str, Any]:
    """What becomes of staff's yes when the booking moves, as its changed fields.

    Who moves back into the time that was granted needs no new yes; staff grant what they move to,
    but for steps that are for others to answer.
    """
    yes = booking.granted
    if yes is None:
        return _from_the_first_step(booking, rules, to, at) if begins_again(booking, to) else {}
    anew = asks_anew(booking, to, by)
    if by.is_lab_staff and booking.state != State.REQUESTED and not anew:
        return {"granted_from": to.start, "granted_until": to.end}
    kept = {"granted_from": yes.start, "granted_until": yes.end}
    if anew:
        return kept | _from_the_first_step(booking, rules, to, at) | {"decided_by": None}
    if booking.state == State.REQUESTED and yes.covers(to):
        confirmed = {"state": State.APPROVED, "decided_at": at}
        return kept | confirmed | {"hold_until": None, "escalate_at": None, "waits_at": None}
    return kept | (
        _from_the_first_step(booking, rules, to, at) if begins_again(booking, to) else {}
    )


def begins_again(booking: Booking, to: Period) -> bool:
    """Whether steps have said yes to a time that a request would leave by moving there."""
    some_yes = booking.state == State.REQUESTED and booking.steps_done > 0
    return some_yes and not booking.period.covers(to)


def steps_of(booking: Booking) -> list[ApprovalStep]:
    """Those that it would go through if it were asked for now."""
    return steps_for(each.resource.type for each in booking.named)


def _from_the_first_step(
    booking: Booking, rules: Sequence[HouseRules], to: Period, at: datetime
) -> dict[str, Any]:
    asked = as_request(rules, to, at, by_staff=True, steps=steps_of(booking))
    in_steps = booking.steps or asked["steps"]
    asked |= {"requested_at": at} | ({"escalated_at": None} if in_steps else {})
    # While a question is open it is the person's turn.
    return asked | ({"escalate_at": None} if booking.asked_back else {})
