"""The only writers of applications."""

from labbooking.residencies.applications.actions.begin import begin
from labbooking.residencies.applications.actions.judge import hand_in_late, judge_eligibility
from labbooking.residencies.applications.actions.leave import discard, take_back, withdraw
from labbooking.residencies.applications.actions.locked import CallClosed
from labbooking.residencies.applications.actions.needs import erase_needs
from labbooking.residencies.applications.actions.save import save_draft
from labbooking.residencies.applications.actions.submit import submit

__all__ = [
    "CallClosed",
    "begin",
    "discard",
    "erase_needs",
    "hand_in_late",
    "judge_eligibility",
    "save_draft",
    "submit",
    "take_back",
    "withdraw",
]
