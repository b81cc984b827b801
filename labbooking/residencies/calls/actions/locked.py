"""A call as it is now, locked: whoever acts on the same one waits."""

from __future__ import annotations

from datetime import datetime

from labbooking.residencies.calls.entries import tell
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.queries import no_such_call
from labbooking.residencies.calls.states import CallState


def locked_call(slug: str, at: datetime) -> Call:
    """With what time has done to it until now on record. Raises `NotThere`."""
    rows = Call.objects.select_for_update(of=("self",), no_key=True)
    call = rows.filter(slug=slug).first()
    if call is None:
        raise no_such_call()
    catch_up(call, at)
    return call


def catch_up(call: Call, at: datetime) -> int:
    """Record that a locked call has opened, and has closed; how many entries that were."""
    before = call.state
    count = 0
    if call.state == CallState.ANNOUNCED and call.opens_at <= at:
        call.state = CallState.OPEN
        # Where it was to open before it was published or so said, it opened by that.
        tell("call.opened", call, by=None, at=max(call.opens_at, call.changed_at))
        count += 1
    if call.state == CallState.OPEN and call.closes_at <= at:
        call.state = CallState.CLOSED
        tell("call.closed", call, by=None, at=call.closes_at)
        count += 1
    if call.state != before:
        call.save(update_fields=["state"])
    return count


def turned(call: Call, at: datetime) -> None:
    """Staff have changed something of it."""
    call.revision += 1
    call.changed_at = at
