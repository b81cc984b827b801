"""Applications for the demo lab's open call that lack nothing but to be handed in."""

from __future__ import annotations

from django.utils import timezone

from labbooking.period import WEEK
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.grid import arrivals
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from residents.models import Scope, User
from residents.tokens import issue

CALL = "residencies"


def write(count: int) -> list[tuple[str, int]]:
    """The token of whoever wrote it, and its revision."""
    return [_draft(number) for number in range(count)]


def _draft(number: int) -> tuple[str, int]:
    at = timezone.now()
    by = User.objects.create_user(f"artist-{number}@daig.example", name=f"Artist {number}")
    draft = actions.begin(CALL, by=by, at=at)
    said = _said(draft.call, number)
    saved = actions.save_draft(CALL, said, by=by, at=at, based_on=draft.revision)
    return issue(by, "bench", at, scope=Scope.BOOK), saved.revision


def _said(call: Call, number: int) -> dict[str, object]:
    first = arrivals(call)[0]
    weeks = call.stay_weeks_min
    return {
        "title": f"Work {number}",
        "discipline": 0,
        "language": "en",
        "project": "A room and a rope. " * 100,
        "about": "I work with ropes. " * 50,
        "earliest": first,
        "latest": first + 2 * weeks * WEEK,
        **dict.fromkeys(("weeks_min", "weeks_wished", "weeks_max"), weeks),
    }


def handed_in() -> int:
    rows = Application.objects.filter(call__slug=CALL, state=ApplicationState.SUBMITTED)
    return rows.exclude(receipt="").count()
