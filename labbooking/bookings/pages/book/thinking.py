"""From the form to what it comes to: one spec, thought through once."""

from __future__ import annotations

from datetime import datetime

from labbooking.bookings.pages.book.finder import next_free_times
from labbooking.bookings.pages.book.forms import BookForm
from labbooking.bookings.pages.book.outcome import Outcome, outcome_of
from labbooking.bookings.planning.obstacles import Obstacle
from labbooking.bookings.planning.preview import Preview, preview, preview_of
from labbooking.errors import DomainError
from residents.models import User


def think(
    form: BookForm, *, by: User, person: User, at: datetime, error: DomainError | None = None
) -> Outcome:
    """What the form comes to; after a failed attempt, from what that attempt has looked up."""
    detail = error.detail if error else ""
    if not (form.is_valid() and form.names_something and (form.finding or form.period)):
        return Outcome(detail=detail)
    try:
        if form.finding:
            found = next_free_times(form.question, form.page(at))
            return Outcome(detail=detail, found=found)
        thought = _preview(form, by, person, at, error)
    except DomainError as trouble:
        return Outcome(detail=trouble.detail)
    return outcome_of(form.spec, thought, form.page(at), person=person, error=error)


def _preview(
    form: BookForm, by: User, person: User, at: datetime, error: DomainError | None
) -> Preview:
    if not isinstance(error, Obstacle):
        return preview(form.spec, by=by, at=at, person=person)
    return preview_of(error.plan, form.spec, by=by, person=person, ways_on=error.suggestions)
