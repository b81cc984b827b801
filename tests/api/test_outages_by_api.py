"""What fell due while the house was down, listed and settled by API as on the desk's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbooking.journal.models import Entry
from tests.api.program import is_problem
from tests.desk.outages import down, not_checked_in
from tests.notifications.post import ask
from tests.people import person

LIST = "after-outage/"


@pytest.fixture
def missed(as_ada, ada):
    """Ada's seat, whose time to check in was that of the outage."""
    booking = not_checked_in(ada, "seat-1")
    down()
    return booking


def settle(program, booking, answer):
    return program.post(f"bookings/{booking.pk}/settle", {"answer": answer})


def test_staff_read_what_is_undecided_with_the_answers_there_are(as_sam, missed):
    told = as_sam.get(LIST).json()

    (item,) = told["items"]
    assert item["booking"]["id"] == missed.pk
    assert item["answers"] == ["came", "absent"]
    (outage,) = told["outages"]
    assert outage["starts_at"] < outage["ends_at"]
    assert told["next"] is None


@pytest.mark.parametrize(("answer", "state"), [("came", "in_use"), ("absent", "no_show")])
def test_what_is_settled_is_off_the_list_and_in_the_journal(as_sam, missed, answer, state):
    answered = settle(as_sam, missed, answer)

    assert answered.status_code == 200
    assert answered.json()["state"] == state
    assert as_sam.get(LIST).json()["items"] == []
    assert Entry.objects.filter(data__after_outage=True).exists()


def test_asking_again_settles_nothing_twice(as_sam, missed):
    settle(as_sam, missed, "came")
    entries = Entry.objects.count()

    is_problem(settle(as_sam, missed, "came"), 409, "wrong_state")
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(("answer", "code"), [("keep", "malformed"), ("perhaps", "malformed")])
def test_an_answer_that_does_not_fit_changes_nothing(as_sam, missed, answer, code):
    is_problem(settle(as_sam, missed, answer), 400, code)
    missed.refresh_from_db()
    assert missed.state == "approved"


def test_only_staff_see_and_settle_it(as_ada, as_ben, missed):
    is_problem(as_ada.get(LIST), 403, "not_allowed")
    is_problem(settle(as_ada, missed, "came"), 403, "not_allowed")
    is_problem(settle(as_ben, missed, "came"), 404, "not_found")


def test_what_was_never_due_meanwhile_is_in_the_wrong_state(as_ada, as_sam, ada):
    (booking,) = ask(ada, "seat-1")
    is_problem(settle(as_sam, booking, "absent"), 409, "wrong_state")


def test_the_list_comes_in_pages(as_sam, missed):
    for number in (2, 3):
        not_checked_in(person(f"Guest{number}"), f"seat-{number}")

    first = as_sam.get(LIST, {"limit": "2"}).json()
    rest = as_sam.get(first["next"]).json()

    found = [each["booking"]["id"] for each in (*first["items"], *rest["items"])]
    assert len(first["items"]) == 2
    assert len(set(found)) == len(found) == 3


def test_three_cost_as_many_queries_as_one(as_sam, missed):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert as_sam.get(LIST).status_code == 200
        return len(queries)

    asked()  # that the token was used is noted once an hour
    one = asked()
    for number in (2, 3):
        not_checked_in(person(f"Guest{number}"), f"seat-{number}")

    assert asked() == one
