"""Eight processes at once: jurors finish, one of them recognises somebody, those who applied erase
what is being read, and staff deal out anew. Nobody is told of a fault of the house."""

import pytest

from labbooking.errors import DomainError
from labbooking.residencies.applications.actions import withdraw
from labbooking.residencies.applications.models import Application
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.models import Conflict, Jury
from labbooking.residencies.jury.ranking.made import marks_of
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.models import User
from tests.bookings.races.test_races import race
from tests.residencies.jury.judging import AFTER, a_closed_call, graded, seated, tasks

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ERASED = (1, 2, 3)


def act(asked):
    kind, name = asked
    who = User.objects.get(name=name)
    if kind == "erase":
        return [told(lambda: withdraw("summer", by=who, at=AFTER, erase=True))]
    if kind == "deal":
        return [told(lambda: actions.distribute_tasks("summer", 3, by=who, at=AFTER))]
    call = Jury.objects.get().call
    if kind == "conflict":
        task = ReviewTask.objects.get(juror__person=who, application__code="code004")
        return [told(lambda: actions.declare_conflict(task.pk, "family", by=who, at=AFTER))]
    return [told(lambda each=each: finish(each.pk, call, who)) for each in tasks(who)]


def finish(key, call, who):
    actions.finish_review(key, graded(call, 4), by=who, at=AFTER)


def told(run):
    try:
        run()
    except DomainError as error:
        return error.code
    return "done"


def test_who_finishes_who_erases_and_who_deals_out_wait_for_each_other(lab, sam, jury):
    call = a_closed_call(sam, 6)
    seated(call, jury, sam)
    actions.distribute_tasks("summer", 3, by=sam, at=AFTER)

    ends = race(
        act,
        [
            *(("finish", each.name) for each in jury),
            ("conflict", "Max"),
            *(("erase", f"Artist summer {n}") for n in ERASED),
            ("deal", "Sam"),
        ],
    )

    assert {each for end in ends for each in end} <= {"done", "not_found"}
    left = {"code004", "code005", "code006"}
    assert set(Application.objects.values_list("code", flat=True)) == left
    barred = Conflict.objects.get()
    counted = {(each.application, each.juror) for each in marks_of(Jury.objects.get())}
    assert len(counted) == 8
    assert (barred.application_id, barred.juror_id) not in counted
