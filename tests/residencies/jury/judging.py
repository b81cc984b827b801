"""A call after its deadline, with applications that were admitted, and a jury for it."""

from datetime import date

from labbooking.period import DAY
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.actions import ReviewSaid
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.models import Role
from tests.lab import berlin
from tests.people import person
from tests.residencies.calling import CLOSES, NOW, a_call

AFTER = CLOSES + DAY
LONG_AGO = {
    "opens_at": berlin("2026-01-10 09:00"),
    "closes_at": berlin("2026-01-31 23:59"),
    "decision_on": date(2026, 2, 20),
    "season_from": date(2026, 4, 6),
    "season_until": date(2026, 10, 5),
}
"""The days of a call that is over by the clock, which pages ask."""


def applicant(n, **fields):
    address = f"artist-{n}@x.example".replace(" ", "-")
    return person(f"Artist {n}", Role.APPLICANT, email=address, **fields)


def an_application(call, n, who=None, state=ApplicationState.ELIGIBLE, **fields):
    said = {"title": f"Work {n}", "project": f"A room of sound, number {n}.", "discipline": 0}
    said |= {"code": f"code{n:03}", "begun_at": CLOSES - DAY, "changed_at": CLOSES - DAY}
    said |= {"submitted_at": CLOSES - DAY, "terms": call.terms.last(), "state": state}
    return Application.objects.create(call=call, person=who or applicant(n), **said | fields)


def a_closed_call(by, applications=4, slug="summer", **more):
    """Its applications carry the codes `code001` and so on."""
    call = a_call(by, more.get("opens_at", NOW) - DAY, slug, **more)
    for n in range(1, applications + 1):
        an_application(call, n, applicant(f"{slug} {n}"))
    return Call.objects.get(pk=call.pk)


def a_juror(name, role=Role.JUROR):
    return person(name, role)


def seated(call, people, by, at=AFTER, **more):
    """The first of them is the chair; all have accepted."""
    for index, each in enumerate(people):
        actions.invite_juror(call.slug, each.email, by=by, at=at, is_chair=index == 0, **more)
        actions.accept_jury_terms(call.slug, by=each, at=at)
    return Jury.objects.get(call=call)


def tasks(who):
    return list(ReviewTask.objects.filter(juror__person=who, stopped_at=None).order_by("pk"))


def task_of(who, code):
    return ReviewTask.objects.get(juror__person=who, application__code=code)


def graded(call, grade, words="Fine."):
    keys = call.criteria.values_list("pk", flat=True)
    return ReviewSaid(dict.fromkeys(keys, grade), words, 3, 2)


def all_finished(call, people, grade=lambda _who, _code: 3, at=AFTER):
    for who in people:
        for task in [each for each in tasks(who) if each.application.call_id == call.pk]:
            said = graded(call, grade(who, task.application.code))
            actions.finish_review(task.pk, said, by=who, at=at)


def a_read_call(by, people, applications=4, grade=lambda _who, _code: 3, **more):
    """Dealt out, read by all, and opened."""
    call = a_closed_call(by, applications, **more)
    seated(call, people, by)
    actions.distribute_tasks(call.slug, min(3, len(people)), by=by, at=AFTER)
    all_finished(call, people, grade)
    actions.open_results(call.slug, by=people[0], at=AFTER)
    return call


def states(call):
    return dict(call.applications.values_list("code", "state"))


def order(call):
    lines = Jury.objects.get(call=call).rankings.last().lines.order_by("place")
    return [each.application.code for each in lines.select_related("application")]
