"""What applicants rely on: from the moment a call opens it changes no more, and what is still to
come may only come later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from labbooking.residencies.calls.models import KEPT
from labbooking.residencies.calls.rules import Mistake
from labbooking.residencies.calls.spec import CallSaid
from labbooking.residencies.calls.states import CallState

LATER = frozenset({"closes_at", "decision_on"})
"""These may be put off."""
LONGER = "grace_minutes"
SHORTER = frozenset(KEPT)
"""What people sent is not kept longer than they were told."""
STILL_FREE = frozenset(
    {
        "name_de", "name_en", "summary_de", "summary_en", "description_de", "description_en",
        "access_de", "access_en", "email", "cushion_days",
    }
)  # fmt: skip
"""Words that may be put right, whom to ask, and what no applicant is told: how long the house needs
between two stays. A plan that was made with another number is not settled any more."""


def broken_promises(
    changed: Sequence[str], said: CallSaid, before: CallSaid, stage: CallState
) -> Iterator[Mistake]:
    """What of a change cannot be, once the call has opened."""
    for name in changed:
        if name == "closes_at" and stage == CallState.CLOSED:
            yield name, _("It has closed already: the deadline stays what it was.")
        elif name in LATER | {LONGER}:
            if said.fields[name] < before.fields[name]:
                yield name, _backwards(name)
        elif name in SHORTER:
            if said.fields[name] > before.fields[name]:
                yield name, _("Since the call is open, it may only become shorter.")
        elif name not in STILL_FREE:
            yield _kept(name)


def _backwards(name: str) -> str:
    if name == LONGER:
        return _("Since the call is open, it may only become longer.")
    return _("Since the call is open, this may only move to later.")


def _kept(name: str) -> Mistake:
    if name == "criteria":
        return name, _("Applicants rely on the criteria since the call has opened.")
    if name == "questions":
        return name, _("Applicants rely on the questions since the call has opened.")
    field = "terms_de" if name == "terms" else name
    return field, _("Applicants rely on it since the call has opened: it stays as it is.")
