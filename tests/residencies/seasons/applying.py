"""Applications that are admitted, and calls that have closed, without the pages to them."""

from datetime import timedelta

from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls import actions
from labbooking.residencies.seasons.models import SeasonPlan
from residents.models import Role
from tests.people import person
from tests.residencies.calling import a_call

WEEK = timedelta(days=7)


def a_closed_call(by, now, *, slug="a-call", **more):
    """For a season of eight weeks that begins on a Monday, with one studio unless told."""
    monday = now.date() + timedelta(days=60)
    monday += timedelta(days=-monday.weekday() % 7)
    days = {
        "opens_at": now - timedelta(days=20),
        "closes_at": now + timedelta(hours=1),
        "decision_on": now.date() + timedelta(days=30),
        "season_from": monday,
        "season_until": monday + 8 * WEEK,
        "stay_weeks_min": 2,
        "stay_weeks_max": 8,
        "arrival_every_weeks": 2,
        "studios": ("studio-1",),
    }
    call = a_call(by, now - timedelta(days=10), slug, **{**days, **more})
    actions.close_now(slug, by=by, at=now)
    call.refresh_from_db()
    return call


def apply(call, code, **more):
    """Whoever it is; in the season from its first day to its last."""
    applicant = person(code, Role.APPLICANT, email=f"{code.lower()}@{call.slug}.example")
    said = {
        "state": "eligible", "begun_at": call.opens_at, "changed_at": call.opens_at,
        "submitted_at": call.opens_at, "terms": call.terms.first(),
        "earliest": call.season_from, "latest": call.season_until, "weeks_min": 4,
        "weeks_wished": 4, "weeks_max": 6, "arrival_wished": call.season_from,
    }  # fmt: skip
    return Application.objects.create(call=call, person=applicant, code=code, **{**said, **more})


def a_plan(call, by, at, **more):
    """The next one; nobody has solved it, and it was asked about nobody unless told."""
    said = {
        "version": call.plans.count() + 1, "aim": "order", "season_from": call.season_from,
        "question": {"instance": {"wishes": [], "studios": [], "fixings": [], "weeks": 0},
                     "before": []},
        "made_by": by, "made_at": at,
    }  # fmt: skip
    return SeasonPlan.objects.create(call=call, **{**said, **more})
