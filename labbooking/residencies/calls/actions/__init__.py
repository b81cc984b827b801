"""The only writers of calls."""

from labbooking.residencies.calls.actions.ending import archive, call_off, close_now
from labbooking.residencies.calls.actions.publish import publish
from labbooking.residencies.calls.actions.write import change_call, draft_call

__all__ = ["archive", "call_off", "change_call", "close_now", "draft_call", "publish"]
