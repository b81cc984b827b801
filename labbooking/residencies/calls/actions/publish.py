"""Staff publish a call: from then on anybody reads it, and it opens and closes by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import WrongState
from labbooking.residencies.calls.actions.locked import locked_call, turned
from labbooking.residencies.calls.announcing import keep_in_step
from labbooking.residencies.calls.checks import refuse
from labbooking.residencies.calls.entries import tell
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.rules import missing, mistakes
from labbooking.residencies.calls.spec import said_of
from labbooking.residencies.calls.states import CallState
from residents.models import User


@transaction.atomic
def publish(slug: str, *, by: User, at: datetime, based_on: int) -> Call:
    """`based_on` is its `revision` when it was previewed: nothing unread is published.

    Raises `NotAllowed`, `NotThere`, `WrongState` where it is published already, `Overtaken`, and
    `ValidationError` by field for what is still missing.
    """
    only_staff(by)
    call = locked_call(slug, at)
    if call.state != CallState.DRAFT:
        raise WrongState(_("This call is no longer a draft."))
    if call.revision != based_on:
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    said = said_of(call)
    refuse([*mistakes(call, said), *missing(call, said, at)])
    turned(call, at)
    call.state, call.published_at = CallState.ANNOUNCED, at
    call.save()
    keep_in_step(call, by=by, at=at)
    tell("call.published", call, by=by, at=at)
    return call
