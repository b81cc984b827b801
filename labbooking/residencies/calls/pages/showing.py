"""What the page of a call is made of, for the public and for who previews it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.spec import newest_terms
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.calls.wording import (
    by_two_clocks,
    dates,
    facts,
    kept,
    limits,
    standing,
)


def shown(call: Call, at: datetime, stage: CallState | None = None) -> dict[str, Any]:
    """Needs studios, criteria, questions and terms at hand. `stage` is what it is looked at as."""
    stage = stage or call.stage(at)
    return {
        "call": call,
        "stage": stage.value,
        "standing": standing(call, stage),
        "opening": by_two_clocks(call.opens_at),
        "closing": by_two_clocks(call.closes_at),
        "dates": dates(call),
        "facts": facts(call),
        "criteria": call.criteria.all(),
        "limits": limits(call),
        "questions": call.questions.all(),
        "terms": newest_terms(call),
        "kept": kept(call),
    }
