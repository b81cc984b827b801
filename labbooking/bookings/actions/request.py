"""Asking for resources: one booking, or one for each date of a series."""

from __future__ import annotations

from datetime import datetime

from labbooking.bookings.demand.company import company_for
from labbooking.bookings.demand.spec import BookingSpec, Idempotency
from labbooking.bookings.models import Booking
from labbooking.bookings.planning.planner import plan_for
from labbooking.bookings.transaction.answers import approve_at_once
from labbooking.bookings.transaction.create import write
from labbooking.bookings.transaction.idempotency import recall, remember
from labbooking.bookings.transaction.locks import locked_with_group
from labbooking.bookings.transaction.preconditions import (
    dates_to_book,
    may_request,
    only_staff,
    spec_transaction,
)
from labbooking.bookings.transaction.record_intake import checked_reply
from residents.models import User


def request(
    spec: BookingSpec,
    *,
    by: User,
    at: datetime,
    person: User | None = None,
    idempotency: Idempotency | None = None,
    approve: bool = False,
) -> list[Booking]:
    """Ask for resources: one booking, or one for each date of a series, in order of time.

    Booked whole or not at all, unless the spec says to skip the dates that are taken. Confirmed
    at once where no rule wants staff's yes; with `approve` staff say it in the same act. Raises
    `Malformed`, `NotAllowed`, `Refused` with all refusals, or `SlotTaken` with suggestions.
    """
    person = person or by
    may_request(by, person)
    if approve:
        only_staff(by)
    with spec_transaction(spec, at):
        return _request(spec, by, at, person, idempotency, approve=approve)


def _request(
    spec: BookingSpec,
    by: User,
    at: datetime,
    person: User,
    idempotency: Idempotency | None,
    *,
    approve: bool,
) -> list[Booking]:
    person, group = locked_with_group(spec, person)
    if idempotency and (known := recall(idempotency, by)):
        return known
    company = company_for(spec, by=by, person=person)
    plan = plan_for(spec, person=person, at=at, lock=True, group=group.pk if group else None)
    said = checked_reply(plan.demand, spec.intake, person, at)
    dates, overridden = dates_to_book(plan, spec, by, also=said.refusals)
    bookings = write(
        plan,
        dates,
        spec,
        person=person,
        by=by,
        at=at,
        said=said,
        overridden=overridden,
        company=company,
        group=group,
    )
    if approve:
        approve_at_once(bookings, by=by, at=at)
    if idempotency:
        remember(idempotency, by, bookings[0], at)
    return bookings
