"""The only writers of juries, and of what they decide."""

from labbooking.residencies.jury.actions.choosing import choose, decline
from labbooking.residencies.jury.actions.conflicts import declare_conflict
from labbooking.residencies.jury.actions.ranking import make_ranking, move_in_ranking
from labbooking.residencies.jury.actions.results import open_identities, open_results
from labbooking.residencies.jury.actions.reviews import (
    ReviewSaid,
    finish_review,
    reopen_review,
    save_review,
)
from labbooking.residencies.jury.actions.seats import accept_jury_terms, invite_juror, remind
from labbooking.residencies.jury.actions.tasks import distribute_tasks

__all__ = [
    "ReviewSaid",
    "accept_jury_terms",
    "choose",
    "declare_conflict",
    "decline",
    "distribute_tasks",
    "finish_review",
    "invite_juror",
    "make_ranking",
    "move_in_ranking",
    "open_identities",
    "open_results",
    "remind",
    "reopen_review",
    "save_review",
]
