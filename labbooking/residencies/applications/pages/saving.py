"""What was typed is saved as far as it can be: nobody loses a text because of a date beside it."""

from __future__ import annotations

from datetime import datetime

from labbooking.residencies.applications import actions
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pages.forms import FIELD_OF, DraftForm
from labbooking.residencies.applications.rules import WEEKS, Wrong, mistakes, said_of
from labbooking.residencies.applications.tidy import tidied
from residents.models import User

TOGETHER = frozenset({*WEEKS, "earliest", "latest", "arrival_wished"})
"""What is wrong with one of these may be told of another."""


def save(
    form: DraftForm, application: Application, *, by: User, at: datetime, based_on: int
) -> Application:
    """What cannot be kept is told at the fields of the form. Raises as `save_draft` does."""
    form.is_valid()
    said, wrong = tidied(form.said())
    call = application.call
    while said and (found := mistakes(call, {**said_of(application), **said}, application.code)):
        told = [each for each in found if each.field in said]
        if not told:
            # It does not go with what was saved before: the new one is what is told.
            new = [name for name in said if name in TOGETHER] or list(said)
            told = [Wrong(name, found[0].code, found[0].message) for name in new]
        wrong += told
        for each in told:
            said.pop(each.field, None)
    for each in wrong:
        name = FIELD_OF.get(each.field, each.field)
        if each.message not in form.errors.get(name, []):
            form.add_error(name if name in form.fields else None, each.message)
    return actions.save_draft(
        call.slug,
        said,
        by=by,
        at=at,
        based_on=based_on,
        answers=form.answers(),
        features=form.features(),
    )
