"""Everything people, and time, can do with bookings, closures and the waiting list: the only
writers, one module an act.

Each action is one transaction: lock in a fixed order, ask the rules, write, record. `by` is who
acts, `at` is when. They raise the errors of `labbooking.errors`, and then nothing has changed.
Actions never call each other; what several need is in `transaction/`.
"""

from labbooking.bookings.actions.approvers import name_approver, remove_approver
from labbooking.bookings.actions.ask_back import answer, ask
from labbooking.bookings.actions.cancel import cancel, withdraw
from labbooking.bookings.actions.change_closure import change_closure
from labbooking.bookings.actions.closures import close, reopen
from labbooking.bookings.actions.decide import approve, decline
from labbooking.bookings.actions.decide_part import approve_part
from labbooking.bookings.actions.handover.hand_over import check_in, check_out
from labbooking.bookings.actions.handover.nudge import nudge
from labbooking.bookings.actions.handover.undo_handover import undo_handover
from labbooking.bookings.actions.hold import confirm, hold
from labbooking.bookings.actions.import_calendar import import_events
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.party.change import change_party
from labbooking.bookings.actions.party.leave import leave_party
from labbooking.bookings.actions.reassignment.swap_unit import swap_unit
from labbooking.bookings.actions.reply_templates import add_reason, change_reason, remove_reason
from labbooking.bookings.actions.request import request
from labbooking.bookings.actions.request_exception import ask_exception
from labbooking.bookings.actions.steps.describe import set_steps
from labbooking.bookings.actions.undo_decision import undo_decision
from labbooking.bookings.actions.waitlist import join, leave

__all__ = [
    "add_reason",
    "answer",
    "approve",
    "approve_part",
    "ask",
    "ask_exception",
    "cancel",
    "change_closure",
    "change_party",
    "change_reason",
    "check_in",
    "check_out",
    "close",
    "confirm",
    "decline",
    "hold",
    "import_events",
    "join",
    "leave",
    "leave_party",
    "move",
    "name_approver",
    "nudge",
    "remove_approver",
    "remove_reason",
    "reopen",
    "request",
    "set_steps",
    "swap_unit",
    "undo_decision",
    "undo_handover",
    "withdraw",
]
