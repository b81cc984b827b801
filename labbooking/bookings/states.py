"""The life of a booking. This table decides; nothing else does."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    HELD = "held", pgettext_lazy("state of a booking", "held")
    REQUESTED = "requested", pgettext_lazy("state of a booking", "waits for an answer")
    APPROVED = "approved", pgettext_lazy("state of a booking", "confirmed")
    IN_USE = "in_use", pgettext_lazy("state of a booking", "in use")
    COMPLETED = "completed", pgettext_lazy("state of a booking", "done")
    DECLINED = "declined", pgettext_lazy("state of a booking", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of a booking", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("state of a booking", "lapsed")
    CANCELLED = "cancelled", pgettext_lazy("state of a booking", "cancelled")
    NO_SHOW = "no_show", pgettext_lazy("state of a booking", "nobody came")


NEXT: dict[State, frozenset[State]] = {
    State.HELD: frozenset({State.REQUESTED, State.APPROVED, State.WITHDRAWN, State.EXPIRED}),
    State.REQUESTED: frozenset({State.APPROVED, State.DECLINED, State.WITHDRAWN, State.EXPIRED}),
    State.APPROVED: frozenset({State.IN_USE, State.CANCELLED, State.NO_SHOW}),
    State.IN_USE: frozenset({State.COMPLETED}),
}

UNDO: dict[State, frozenset[State]] = {
    State.APPROVED: frozenset({State.REQUESTED}),
    State.DECLINED: frozenset({State.REQUESTED}),
}
"""Who decides may take the decision back for a moment."""
UNDO_HANDOVER: dict[State, frozenset[State]] = {
    State.IN_USE: frozenset({State.APPROVED}),
    State.COMPLETED: frozenset({State.IN_USE}),
}
"""Who handed something over, or took it back, may undo that for the same moment."""
UNDO_WITHIN = timedelta(seconds=30)
"""That moment, also for who has moved a booking."""

ASKED_ANEW: dict[State, frozenset[State]] = {State.APPROVED: frozenset({State.REQUESTED})}
"""Its person wants another time than the one staff said yes to (see `moves.approved_time`)."""

PASSED: dict[State, frozenset[State]] = {State.APPROVED: frozenset({State.COMPLETED})}
"""Its time is over, nobody has checked in and no house rule gives it up: the clock alone closes it
(see `actions.scheduled`), for nobody can check in any more. It has no `checked_in_at`."""

HOLDING = frozenset({State.HELD, State.REQUESTED, State.APPROVED, State.IN_USE})
"""In these states a booking keeps its time from everybody else."""


def may_become(state: str, wanted: State) -> bool:
    return wanted in NEXT.get(State(state), frozenset())


def is_open_to(state: str, wanted: State) -> bool:
    """Whether an act may lead on. What is only held, its person confirms or lets go: nobody
    decides on it, and confirming (`actions.confirm`) is no decision."""
    if state == State.HELD and wanted is not State.WITHDRAWN:
        return False
    return may_become(state, wanted)


WITH_A_PARTY = frozenset({State.REQUESTED, State.APPROVED, State.IN_USE})
"""In these states it can be said who comes along."""
MOVABLE = frozenset({State.REQUESTED, State.APPROVED})
"""In these states a booking moves as a whole; one that is in use only ends at another time."""
