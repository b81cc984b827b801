"""Everybody hands in in the last minute, and some press twice: nothing is lost, nothing is there
twice."""

import pytest
from django.utils import timezone

from labbooking.journal.models import Entry
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.models import Application
from residents.models import User
from tests.bookings.races.test_races import race
from tests.people import person
from tests.residencies.applications.applying import A_SECOND, CALL, a_draft, submitted
from tests.residencies.calling import open_at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def hand_in(pk):
    """As somebody does who reads their draft first."""
    draft = Application.objects.select_related("call", "person").get(pk=pk)
    last = draft.call.closes_at - A_SECOND
    return submitted(draft, draft.person, last).receipt


def begin(pk):
    return actions.begin(CALL, by=User.objects.get(pk=pk), at=timezone.now()).code


def test_of_many_in_the_last_minute_none_is_lost_or_there_twice(lab, sam, now):
    open_at(sam, now)
    people = [person(f"Artist {number}", email=f"a{number}@x.example") for number in range(5)]
    drafts = [a_draft(each, now).pk for each in people]
    receipts = race(hand_in, [*drafts, drafts[0]])
    assert len(set(receipts)) == 5
    assert list(Application.objects.values_list("state", flat=True)) == ["submitted"] * 5
    assert Entry.objects.filter(kind="application.submitted").count() == 5


def test_two_windows_begin_one_application(lab, sam, ada, now):
    open_at(sam, now)
    assert len(set(race(begin, [ada.pk] * 4))) == 1
    assert Entry.objects.filter(kind="application.begun").count() == 1
