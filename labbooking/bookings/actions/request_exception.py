"""Asking for an exception: for what a house rule refuses and staff may set aside.

It is a request like any other, with its time held meanwhile, that always waits for staff's yes.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from labbooking.bookings.demand.company import company_for
from labbooking.bookings.demand.spec import BookingSpec, Idempotency
from labbooking.bookings.models import Booking
from labbooking.bookings.planning.planner import plan_for
from labbooking.bookings.transaction.create import AskedException, write
from labbooking.bookings.transaction.idempotency import recall, remember
from labbooking.bookings.transaction.locks import locked_with_group
from labbooking.bookings.transaction.preconditions import (
    dates_to_book,
    may_request,
    spec_transaction,
)
from labbooking.bookings.transaction.record_intake import checked_reply
from labbooking.errors import Malformed
from labbooking.lengths import LONGEST_PARAGRAPH
from residents.models import User


def ask_exception(
    spec: BookingSpec,
    *,
    reason: str,
    by: User,
    at: datetime,
    idempotency: Idempotency | None = None,
) -> list[Booking]:
    """Ask for resources against the house rules: one booking, or one for each date of a series.

    Raises like `actions.request`: `Refused` by what nobody can set aside, and `SlotTaken`, for an
    exception is one from rules and never from the time of others. `Malformed` without a reason,
    and where no rule says no.
    """
    reason = _checked(reason)
    may_request(by, by)
    with spec_transaction(spec, at):
        return _ask(spec, reason, by, at, idempotency)


def _ask(
    spec: BookingSpec, reason: str, by: User, at: datetime, idempotency: Idempotency | None
) -> list[Booking]:
    person, group = locked_with_group(spec, by)
    if idempotency and (known := recall(idempotency, by)):
        return known
    company = company_for(spec, by=by, person=person)
    plan = plan_for(spec, person=person, at=at, lock=True, group=group.pk if group else None)
    said = checked_reply(plan.demand, spec.intake, person, at)
    dates, _overridden = dates_to_book(plan, spec, by, also=said.refusals, as_exception=True)
    codes = sorted({refusal.code for refusal in plan.refusals})
    if not codes:
        raise Malformed(_("No rule stands in the way any more: you can book it as usual."))
    exception = AskedException(reason, codes)
    bookings = write(
        plan, dates, spec, person=person, by=by, at=at, said=said, exception=exception,
        company=company, group=group,
    )  # fmt: skip
    if idempotency:
        remember(idempotency, by, bookings[0], at)
    return bookings


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Malformed(_("Say why staff should make an exception."))
    if len(reason) > LONGEST_PARAGRAPH:
        raise Malformed(_("Please say it in {count} characters.").format(count=LONGEST_PARAGRAPH))
    return reason
