"""What the page that books asks beside its form: about the chosen types, of whom it is for."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from equipment.models import ResourceType
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.intake.check_reply import OF_INTAKE
from labbooking.bookings.intake.for_person import intake_for
from labbooking.bookings.pages.book.forms import BookForm
from labbooking.bookings.pages.intake.forms import IntakeForm, reply_to
from labbooking.errors import DomainError
from residents.models import User


def intake_on(
    request: HttpRequest,
    form: BookForm,
    person: User,
    at: datetime,
    *,
    error: DomainError | None = None,
) -> IntakeForm:
    """As it is typed, where it was sent; with what stands against it."""
    data = request.POST if request.method == "POST" else None
    intake = intake_for(_chosen(form), person, at)
    asked = IntakeForm(intake, person=person, by=form.by, data=data)
    if error:
        asked.take(error.refusals)
    return asked


def reply_on(request: HttpRequest, form: BookForm, person: User, at: datetime) -> IntakeReply:
    return reply_to(intake_for(_chosen(form), person, at), request.POST)


def _chosen(form: BookForm) -> list[ResourceType]:
    """Also while the form is not valid yet."""
    named = form.chosen | {each.partition(":")[0] for each in form.data.getlist("type")}
    return [
        shelf.type
        for shelf in form.stock
        if named & {shelf.type.slug, *(unit.slug for unit in shelf.units)}
    ]


def is_about_intake(error: DomainError) -> bool:
    """Whether something that is asked would let it through, if it were answered."""
    return bool(error.refusals) and all(each.code in OF_INTAKE for each in error.refusals)
