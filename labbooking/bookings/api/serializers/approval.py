"""How far a request has come, where it is decided on in steps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.bookings.api.schemas.bookings import ApprovalDetail, ApprovalOut, StepOut
from labbooking.bookings.models import Booking, BookingStep
from labbooking.bookings.queries import steps_of
from labbooking.bookings.rules.permitted_acts import may_act_on
from labbooking.bookings.rules.who_decides import is_in_steps, named, reach_at
from residents.models import User


def approval_out(booking: Booking, viewer: User, at: datetime) -> ApprovalOut | None:
    """Needs the booking in detail (`queries.detailed`). Who only takes part is told nothing of what
    is decided."""
    if not booking.steps or not may_act_on(booking, viewer):
        return None
    return ApprovalOut(**_facts(booking, viewer, at))


def approval_detail(booking: Booking, viewer: User, at: datetime) -> ApprovalDetail | None:
    """With one query more for what was answered at each step."""
    if not booking.steps or not may_act_on(booking, viewer):
        return None
    answers = [_step(row, booking) for row in steps_of(booking, viewer)]
    return ApprovalDetail(**_facts(booking, viewer, at), answers=answers)


def _facts(booking: Booking, viewer: User, at: datetime) -> dict[str, Any]:
    waits = booking.waits_at if is_in_steps(booking) else None
    told = waits and viewer.is_lab_staff
    people = named(booking, reach_at(booking, at)) if told else ()
    return {
        "done": booking.steps_done,
        "steps": booking.steps,
        "waits_at": waits.slug if waits else None,
        "name": waits.name if waits else None,
        "since": _local(booking, booking.step_since) if waits else None,
        "waits_for": [each.name for each in people],
        "others_from": _local(booking, booking.escalate_at) if people else None,
    }


def _local(booking: Booking, moment: datetime | None) -> datetime | None:
    return moment.astimezone(booking.named[0].resource.zone) if moment else None


def _step(row: BookingStep, booking: Booking) -> StepOut:
    return StepOut(
        number=row.number,
        step=row.step.slug,
        name=row.step.name,
        answer=None if row.is_yes is None else "yes" if row.is_yes else "no",
        by=row.answered_by.name if row.answered_by else None,
        at=_local(booking, row.answered_at),
        words=row.words,
    )
