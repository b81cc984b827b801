"""A jury that has read five hundred applications, and the order that came of it."""

from __future__ import annotations

from datetime import datetime
from random import Random

from django.utils import timezone

from labbooking.period import DAY, WEEK
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.models import Role, User

CALL, JURORS, EACH = "residencies", 12, 3


def write(count: int) -> str:
    """The address at which whoever decides reads it."""
    now, sam = timezone.now(), User.objects.get(email="sam@daig.example")
    Call.objects.filter(slug=CALL).update(opens_at=now - WEEK, closes_at=now - 2 * DAY)
    call = Call.objects.get(slug=CALL)
    _applications(call, count, now)
    jurors = [_juror(number, sam, now) for number in range(JURORS)]
    actions.distribute_tasks(CALL, EACH, by=sam, at=now)
    _reviews(call, now)
    actions.open_results(CALL, by=jurors[0], at=now)
    actions.make_ranking(CALL, by=sam, at=now)
    return f"/deciding/{CALL}/?taken=20"


def _applications(call: Call, count: int, now: datetime) -> None:
    people = User.objects.bulk_create(
        User(email=f"ranked-{number}@daig.example", name=f"Ranked {number}", role=Role.APPLICANT)
        for number in range(count)
    )
    said = {
        "terms": call.terms.last(),
        "state": ApplicationState.ELIGIBLE,
        "discipline": 0,
        **dict.fromkeys(("begun_at", "changed_at", "submitted_at"), now - 3 * DAY),
    }
    Application.objects.bulk_create(
        Application(call=call, person=each, code=f"R{number}", title=f"Work {number}", **said)
        for number, each in enumerate(people)
    )


def _juror(number: int, by: User, now: datetime) -> User:
    email = f"juror-{number}@daig.example"
    person = User.objects.create_user(email, name=f"Juror {number}", role=Role.JUROR)
    actions.invite_juror(CALL, email, by=by, at=now, is_chair=number == 0)
    actions.accept_jury_terms(CALL, by=person, at=now)
    return person


def _reviews(call: Call, now: datetime) -> None:
    chance = Random(11)
    criteria = [str(each.pk) for each in call.criteria.all()]
    moments = dict.fromkeys(("begun_at", "changed_at", "finished_at"), now)
    Review.objects.bulk_create(
        Review(task=each, grades={key: chance.randint(1, 5) for key in criteria}, **moments)
        for each in ReviewTask.objects.filter(juror__jury__call=call)
    )
