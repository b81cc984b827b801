"""What is asked when a time that is kept is asked for: by its person, or by staff for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.intake.for_person import Intake, intake_for
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.intake.forms import IntakeForm, reply_to
from labbooking.errors import DomainError
from residents.models import User


def intake_of(
    booking: Booking,
    *,
    by: User,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    error: DomainError | None = None,
) -> IntakeForm:
    form = IntakeForm(_intake(booking, at), person=booking.person, by=by, data=data)
    if error:
        form.take(error.refusals)
    return form


def reply_for(booking: Booking, data: Mapping[str, Any], at: datetime) -> IntakeReply:
    return reply_to(_intake(booking, at), data)


def _intake(booking: Booking, at: datetime) -> Intake:
    types = {each.resource.type_id: each.resource.type for each in booking.named}
    return intake_for(types.values(), booking.person, at)
