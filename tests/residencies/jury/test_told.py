"""What jurors and applicants are told, and may ask for, and what erasing leaves."""

import pytest
from django.core import mail

from labbooking.journal.models import Entry
from labbooking.notifications.models import Notification
from labbooking.period import DAY
from labbooking.research.exports.batches import entries_of
from labbooking.residencies.applications.models import Application
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.reviews.models import Review
from residents.membership.ending import end_account
from residents.privacy.erase import erase
from residents.privacy.my_data import as_file
from tests.notifications.post import tell
from tests.residencies.jury.judging import (
    AFTER,
    a_closed_call,
    a_read_call,
    all_finished,
    order,
)

pytestmark = pytest.mark.django_db


def told_to(who):
    return [each.subject for each in mail.outbox if each.to == [who.email]]


def test_who_is_asked_gets_tasks_and_is_reminded_is_told_so_while_it_is_true(lab, sam, jury):
    call = a_closed_call(sam)
    actions.invite_juror("summer", jury[0].email, by=sam, at=AFTER)
    tell(AFTER + DAY / 24)
    assert told_to(jury[0]) == ["Will you sit on the jury? A summer in the Daig"]
    actions.accept_jury_terms("summer", by=jury[0], at=AFTER)
    actions.distribute_tasks("summer", 1, by=sam, at=AFTER)
    actions.remind("summer", by=sam, at=AFTER)
    all_finished(call, jury[:1])
    tell(AFTER + DAY / 24)
    assert len(told_to(jury[0])) == 1
    assert set(Notification.objects.values_list("template", flat=True)) == {
        "jury_invited",
        "jury_tasks",
        "jury_reminder",
    }


def test_who_is_declined_is_told_neutrally(lab, sam, jury):
    call = a_read_call(sam, jury)
    actions.make_ranking("summer", by=sam, at=AFTER)
    actions.choose("summer", 1, by=sam, at=AFTER)
    code = order(call)[-1]
    mail.outbox.clear()
    actions.decline("summer", [code], by=sam, at=AFTER)
    tell(AFTER + DAY / 24)
    who = Application.objects.get(code=code).person
    (letter,) = [each for each in mail.outbox if each.to == [who.email]]
    assert "4 people applied" in letter.body
    assert not {"place", "grade", code} & set(letter.body.split())


def test_own_data_tells_grades_without_jurors_and_erasing_empties_words(lab, sam, jury, admin):
    call = a_read_call(sam, jury[:2])
    who = call.applications.first().person
    told = repr(as_file(who, at=AFTER))
    assert "Fine." in told
    assert not any(each.name in told or each.email in told for each in jury)
    theirs = Review.objects.filter(task__juror__person=jury[1])
    count = theirs.count()
    end_account(jury[1].pk, by=admin, at=AFTER)
    erase(jury[1].pk, by=admin, at=AFTER)
    assert theirs.filter(words="").count() == count > 0


def test_nothing_of_a_jury_is_in_a_studys_log(lab, sam, jury):
    call = a_read_call(sam, jury)
    actions.make_ranking("summer", by=sam, at=AFTER)
    actions.choose("summer", 1, by=sam, at=AFTER)
    told = set(Entry.objects.values_list("kind", flat=True))
    assert told >= {"juror.invited", "review.finished", "results.opened", "application.chosen"}
    people = [*jury, *(each.person for each in call.applications.select_related("person"))]
    assert not entries_of([str(each.subject_key) for each in people])
