"""Applications by the real actions."""

from datetime import timedelta

from django.utils import timezone

from labbooking.period import DAY, HOUR
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.grid import arrivals
from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import Call
from tests.residencies.calling import open_at

A_SECOND = timedelta(seconds=1)
CALL = "a-call"
PAGE = f"/apply/{CALL}/"


def words(call):
    """All that is needed, as an application keeps it."""
    day = arrivals(call)[2]
    return {
        "title": "Rope and room",
        "discipline": 1,
        "language": "en",
        "project": "Ropes that hold a room.",
        "about": "I work with ropes.",
        "earliest": day,
        "latest": day + 70 * DAY,
        "weeks_min": 4,
        "weeks_wished": 6,
        "weeks_max": 8,
        "arrival_wished": day,
    }


def typed(call, **more):
    """The same as a browser sends it."""
    said = words(call)
    said["last_day"] = said.pop("latest") - DAY
    return {name: str(each) for name, each in {**said, **more}.items()}


def a_draft(by, at, slug=CALL, **more):
    draft = actions.begin(slug, by=by, at=at)
    said = {**words(draft.call), **more}
    return actions.save_draft(slug, said, by=by, at=at, based_on=draft.revision)


def handed_in(by, at, slug=CALL, **more):
    draft = a_draft(by, at, slug, **more)
    return submitted(draft, by, at)


def submitted(draft, by, at):
    slug = draft.call.slug
    return actions.submit(slug, by=by, at=at, based_on=draft.revision, agreed=1)


def closed_call(sam, now, **more):
    """A call that has closed by `now`, with what was handed in while it was open by whom it names
    afterwards; the moment at which it was open."""
    call = open_at(sam, now, **more)
    return call, call.closes_at + A_SECOND


def of(person):
    return Application.objects.get(person=person)


def close(call):
    """The call has closed a while ago."""
    at = timezone.now()
    Call.objects.filter(pk=call.pk).update(opens_at=at - DAY, closes_at=at - HOUR)
