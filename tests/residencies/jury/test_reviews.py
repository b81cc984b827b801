"""From the tasks to the results: what may be written, by whom, and what of it counts."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from equipment.actions import Overtaken
from labbooking.errors import NotAllowed, NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY
from labbooking.residencies.jury.actions import (
    ReviewSaid,
    declare_conflict,
    distribute_tasks,
    finish_review,
    open_results,
    remind,
    reopen_review,
    save_review,
)
from labbooking.residencies.jury.models import Conflict, ConflictKind, Jury
from labbooking.residencies.jury.queries import sees_grades
from labbooking.residencies.jury.ranking.made import marks_of
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.membership.ending import end_account
from tests.residencies.calling import CLOSES
from tests.residencies.jury.judging import (
    AFTER,
    a_closed_call,
    a_juror,
    a_read_call,
    all_finished,
    an_application,
    graded,
    seated,
    task_of,
    tasks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(lab, sam, jury):
    """Everybody reads everything."""
    call = a_closed_call(sam)
    seated(call, jury, sam)
    distribute_tasks("summer", 3, by=sam, at=AFTER)
    return call


def test_everybody_is_read_by_as_many_as_wanted_and_what_is_begun_stays(lab, sam, jury):
    call = a_closed_call(sam, 6)
    seated(call, jury, sam)
    distribute_tasks("summer", 2, by=jury[0], at=AFTER)
    assert [len(tasks(each)) for each in jury] == [4, 4, 4]
    begun = tasks(jury[1])[0]
    save_review(begun.pk, ReviewSaid(), by=jury[1], at=AFTER)

    distribute_tasks("summer", 1, by=sam, at=AFTER)
    assert ReviewTask.objects.count() == 6
    assert ReviewTask.objects.filter(pk=begun.pk).exists()


def test_the_number_of_a_task_does_not_tell_who_began_first(lab, sam, jury):
    seated(a_closed_call(sam, 12), jury, sam)
    distribute_tasks("summer", 3, by=sam, at=AFTER)
    for who in jury:
        in_line = [each.application_id for each in tasks(who)]
        assert len(in_line) == 12
        assert in_line != sorted(in_line)


def test_who_has_left_gets_nothing_to_read_and_what_they_finished_counts(lab, sam, jury, admin):
    call = a_closed_call(sam)
    seated(call, jury, sam)
    distribute_tasks("summer", 2, by=sam, at=AFTER)
    finished, begun, *_rest = tasks(jury[1])
    finish_review(finished.pk, graded(call, 4), by=jury[1], at=AFTER)
    save_review(begun.pk, ReviewSaid(), by=jury[1], at=AFTER)
    end_account(jury[1].pk, by=admin, at=AFTER)

    found = distribute_tasks("summer", 2, by=sam, at=AFTER)
    assert found.short == ()
    assert tasks(jury[1]) == [finished]
    readers = Counter(each.application_id for each in ReviewTask.objects.all())
    assert set(readers.values()) == {2}
    all_finished(call, [jury[0], jury[2]])
    with pytest.raises(WrongState):
        remind("summer", by=sam, at=AFTER)


def test_nothing_is_dealt_out_early_late_or_by_others(lab, sam, ada, jury):
    call = a_closed_call(sam)
    seated(call, jury, sam)
    for who, at, error in (
        (sam, CLOSES + DAY / 1440, WrongState),  # within the grace
        (ada, AFTER, NotThere),
        (jury[1], AFTER, NotThere),
    ):
        with pytest.raises(error):
            distribute_tasks("summer", 3, by=who, at=at)
    with pytest.raises(ValidationError):
        distribute_tasks("summer", 0, by=sam, at=AFTER)


def test_who_applied_after_being_invited_neither_reads_nor_runs_it(lab, sam, kim, jury):
    call = a_closed_call(sam)
    seated(call, [*jury, kim], sam)
    an_application(call, 9, kim)
    distribute_tasks("summer", 3, by=sam, at=AFTER)

    assert Conflict.objects.get().kind == ConflictKind.OWN
    assert not ReviewTask.objects.filter(juror__person=kim, application__person=kim).exists()
    with pytest.raises(NotThere):
        distribute_tasks("summer", 3, by=kim, at=AFTER)


def test_a_draft_may_lack_anything_and_a_finished_review_nothing(call, jury):
    task, max_ = tasks(jury[1])[0], jury[1]
    first = save_review(task.pk, ReviewSaid(words="Half."), by=max_, at=AFTER)
    assert (first.revision, first.finished_at, first.grades) == (1, None, {})
    with pytest.raises(ValidationError):
        finish_review(task.pk, ReviewSaid(), by=max_, at=AFTER, based_on=1)
    with pytest.raises(Overtaken):
        save_review(task.pk, ReviewSaid(), by=max_, at=AFTER)
    done = finish_review(task.pk, graded(call, 4), by=max_, at=AFTER, based_on=1)
    assert set(done.graded.values()) == {4}
    with pytest.raises(WrongState):
        save_review(task.pk, ReviewSaid(), by=max_, at=AFTER, based_on=2)


@pytest.mark.parametrize("grade", [0, 6, 5.5, "4", True, float("nan"), None])
def test_a_grade_is_a_whole_number_from_one_to_five(call, jury, grade):
    key = call.criteria.first().pk
    for grades in ({key: grade}, {key: 3, -1: 3}):
        with pytest.raises(ValidationError):
            save_review(tasks(jury[1])[0].pk, ReviewSaid(grades), by=jury[1], at=AFTER)
    assert not Review.objects.exists()


def test_nobody_writes_in_the_review_of_another(call, jury, sam, ada):
    theirs = tasks(jury[1])[0].pk
    for who in (jury[0], jury[2], sam, ada):
        for act in (save_review, finish_review):
            with pytest.raises(NotThere):
                act(theirs, graded(call, 5), by=who, at=AFTER)
        with pytest.raises(NotThere):
            declare_conflict(theirs, ConflictKind.OTHER, by=who, at=AFTER)


def test_a_conflict_takes_the_application_away_and_its_review_counts_no_more(call, jury):
    all_finished(call, jury, lambda who, _code: 5 if who == jury[1] else 2)
    task, room = task_of(jury[1], "code001"), Jury.objects.get()
    before = marks_of(room)
    declare_conflict(task.pk, ConflictKind.RECOGNISED, by=jury[1], at=AFTER)
    declare_conflict(task.pk, ConflictKind.FAMILY, "Again.", by=jury[1], at=AFTER)

    gone = (task.application_id, task.juror_id)
    assert marks_of(room) == [each for each in before if (each.application, each.juror) != gone]
    assert Review.objects.filter(task=task).exists()
    assert Conflict.objects.get().kind == ConflictKind.RECOGNISED
    assert Entry.objects.filter(kind="juror.conflict").count() == 1
    with pytest.raises(NotThere):
        save_review(task.pk, ReviewSaid(), by=jury[1], at=AFTER, based_on=1)
    distribute_tasks("summer", 3, by=jury[0], at=AFTER)
    assert "code001" not in {each.application.code for each in tasks(jury[1])}


def test_the_chair_opens_a_review_again_and_what_was_said_before_is_kept(lab, sam, jury):
    call = a_read_call(sam, jury)
    review = Review.objects.filter(task__juror__person=jury[1]).first()
    for who, error in ((sam, NotAllowed), (jury[1], NotThere)):
        with pytest.raises(error):
            reopen_review(review.pk, "A slip.", by=who, at=AFTER)
    with pytest.raises(ValidationError):
        reopen_review(review.pk, " ", by=jury[0], at=AFTER)
    reopen_review(review.pk, "A slip.", by=jury[0], at=AFTER)
    finish_review(review.task_id, graded(call, 5), by=jury[1], at=AFTER + DAY, based_on=1)

    kept = review.versions.get()
    assert (set(kept.graded.values()), kept.number) == ({3}, 1)


def test_what_was_finished_is_kept_once_however_often_its_draft_saves_itself(call, jury):
    all_finished(call, jury[1:2])
    review, max_ = Review.objects.first(), jury[1]
    reopen_review(review.pk, "A slip.", by=jury[0], at=AFTER)  # before the results are open
    for revision in (1, 2):
        typed = graded(call, 5, "Typing.")
        save_review(review.task_id, typed, by=max_, at=AFTER, based_on=revision)
    finish_review(review.task_id, graded(call, 4), by=max_, at=AFTER, based_on=3)
    kept = review.versions.get()
    assert (kept.words, set(kept.graded.values())) == ("Fine.", {3})


def test_nobody_sees_the_grades_of_others_before_their_own_are_in_and_the_chair_opened(
    call, jury, sam, ada
):
    jo, max_, eva = jury
    room = Jury.objects.get()
    all_finished(call, [max_])
    with pytest.raises(WrongState):  # the chair has not read
        open_results("summer", by=jo, at=AFTER)
    with pytest.raises(NotAllowed):
        open_results("summer", by=sam, at=AFTER)
    with pytest.raises(NotThere):
        open_results("summer", by=max_, at=AFTER)
    all_finished(call, [jo])
    assert not any(sees_grades(each, room) for each in (jo, max_, eva, sam))
    room = open_results("summer", by=jo, at=AFTER)

    assert [sees_grades(each, room) for each in (jo, max_, eva, sam, ada)] == [
        True, True, False, True, False,
    ]  # fmt: skip
    all_finished(call, [eva])
    assert sees_grades(eva, room)


def test_who_has_not_finished_is_reminded_once_a_day(call, jury, sam):
    all_finished(call, jury[:2])
    assert remind("summer", by=sam, at=AFTER) == 1
    with pytest.raises(WrongState):
        remind("summer", by=sam, at=AFTER + DAY / 2)
    assert remind("summer", by=sam, at=AFTER + DAY) == 1


def test_a_chair_of_another_call_is_nobody_here(call, sam, jury):
    other = a_juror("Otto")
    seated(a_closed_call(sam, 1, slug="winter"), [other], sam)
    review = save_review(tasks(jury[1])[0].pk, graded(call, 3), by=jury[1], at=AFTER)
    for act in (
        lambda: distribute_tasks("summer", 3, by=other, at=AFTER),
        lambda: open_results("summer", by=other, at=AFTER),
        lambda: reopen_review(review.pk, "Why.", by=other, at=AFTER),
    ):
        with pytest.raises(NotThere):
            act()
