"""Somebody begins an application."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from labbooking.residencies.applications.actions.locked import refuse_unless_open
from labbooking.residencies.applications.codes import new_code
from labbooking.residencies.applications.entries import tell
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import own_alive
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.queries import no_such_call, public
from labbooking.residencies.impartial import refuse_whom_it_cannot_be
from residents.models import Role, User

TRIES = 20


def begin(slug: str, *, by: User, at: datetime) -> Application:
    """The draft there is from now on, or the application there is already.

    Raises `NotThere`, `NotAllowed` for who does research here or decides on it, and `CallClosed`.
    """
    call = public().filter(slug=slug).first()
    if call is None:
        raise no_such_call()
    if known := _alive(by, slug):
        return known
    refuse_whom_it_cannot_be(by, call)
    for number in range(TRIES):
        if known := _alive(by, slug):
            return known
        refuse_unless_open(call, at)
        # Where many have a short word already, the next ones are longer.
        made = _made(call, new_code(2 + number // 5), by, at)
        if made:
            return made
    raise RuntimeError(f"no code is free in {slug}")


def _alive(by: User, slug: str) -> Application | None:
    return own_alive(by, slug).select_related("person").first()


def _made(call: Call, code: str, by: User, at: datetime) -> Application | None:
    """None where the code is taken, or they have begun in another window at this moment."""
    draft = Application(
        call=call, person=by, code=code, language=by.language, begun_at=at, changed_at=at
    )
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
            tell("application.begun", draft, by=by, at=at, role=Role.APPLICANT.value)
    except IntegrityError as error:
        told = str(error)
        if not any(word in told for word in ("application_one_", ".code", ".person_id")):
            raise
        return None
    return draft
