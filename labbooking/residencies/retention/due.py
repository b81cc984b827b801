"""When what somebody sent goes, by the numbers of its call. Pure: nothing is asked here."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from labbooking.period import DAY, WEEK
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.when import lab_zone

TOLD_BEFORE = WEEK
"""So long before it goes whoever wrote it is told."""
_S = ApplicationState
DECIDED = frozenset({_S.DECLINED, _S.INELIGIBLE, _S.REFUSED, _S.LAPSED, _S.CALLED_BACK})
NEVER_DECIDED = frozenset({_S.SUBMITTED, _S.ELIGIBLE, _S.RANKED, _S.RESERVE, _S.CHOSEN})
"""Nobody may come to an end with these: then they are over with their season."""
COUNTED = DECIDED | NEVER_DECIDED | {_S.ACCEPTED}
"""Of these a number is left. What was never handed in or was withdrawn leaves none."""


def goes_at(application: Application, file_closed_at: datetime | None = None) -> datetime | None:
    """The moment from which on nothing of it is kept; None where that is not foreseeable yet.
    `file_closed_at` is when the file of the stay was closed that came of it, None while it is open.
    """
    since = over_since(application, file_closed_at)
    return since + kept_for(application) if since else None


def over_since(application: Application, file_closed_at: datetime | None) -> datetime | None:
    call, state = application.call, ApplicationState(application.state)
    if state == _S.DRAFT:
        return min(call.closes_at, call.called_off_at or call.closes_at)
    if state == _S.WITHDRAWN:
        return application.withdrawn_at or application.changed_at
    if state == _S.ACCEPTED:
        return file_closed_at
    if state in DECIDED:
        return application.decided_at or end_of_season(call)
    return end_of_season(call) if state in NEVER_DECIDED else None


def kept_for(application: Application) -> timedelta:
    call = application.call
    days = {
        _S.DRAFT: call.keep_drafts_days,
        _S.WITHDRAWN: call.keep_withdrawn_days,
        _S.ACCEPTED: call.keep_accepted_days,
    }
    return days.get(ApplicationState(application.state), call.keep_declined_days) * DAY


def reviews_go_at(application: Application) -> datetime:
    """At the latest: they go with their application where that is earlier."""
    decided = application.decided_at or end_of_season(application.call)
    return decided + application.call.keep_reviews_days * DAY


def end_of_season(call: Call) -> datetime:
    """Or when it was called off."""
    midnight = datetime.combine(call.season_until, time.min, tzinfo=lab_zone())
    return call.called_off_at or midnight.astimezone(UTC)
