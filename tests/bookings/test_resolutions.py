"""What is asked for is looked up once in a request and handed on, whatever becomes of it.

Counted are the statements that look up by name what is asked for (with its type, its rules and
its parts), and all that read or write rows; those of the account and the session are among them.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models.waitlist import Waiting
from tests.api.program import Program
from tests.bookings.days import booked, day, hours
from tests.people import person

TIME = f"from={day(10)}T10:00&to={day(10)}T12:00"
TYPED = {"day": f"{day(10)}", "starts": "10:00", "ends": "12:00"}
A_SERIES = "repeat=weekly&ending=times&times=4"


@pytest.fixture
def taken(lab, ben):
    """Ben has seat 1 at the time."""
    return booked(ben, "seat-1")[0]


def cost(ask, status):
    """How often it was looked up what is asked for, and how many statements there were."""
    with CaptureQueriesContext(connection) as captured:
        response = ask()
    assert response.status_code == status, response.content
    told = [each["sql"].split() for each in captured]
    rows = [words for words in told if words[0] not in {"SAVEPOINT", "RELEASE", "ROLLBACK"}]
    return sum("is_whole" in words and "slug" in words for words in rows), len(rows)


def sent(*resources):
    period = hours(10)
    times = {"starts_at": period.start.isoformat(), "ends_at": period.end.isoformat()}
    return {"resources": list(resources), **times}


def test_by_api_a_clash_costs_no_more_than_a_booking(taken, ada):
    program = Program(ada)
    assert program.get("bookings/").status_code == 200  # what is kept of the account has been read

    won = cost(lambda: program.post("bookings/", sent("seat-2")), 201)
    clashed = cost(lambda: program.post("bookings/", sent("seat-1")), 409)

    assert (won, clashed) == ((1, 12), (1, 10))


def test_by_page_a_clash_and_a_refusal_cost_no_more_than_a_booking(taken, ada, signed_in):
    browser = signed_in(ada)
    browser.get("/book/")

    won = cost(lambda: browser.post("/book/?key=won", {**TYPED, "resource": "seat-2"}), 302)
    clashed = cost(lambda: browser.post("/book/?key=no", {**TYPED, "resource": "seat-1"}), 409)
    closed = {**TYPED, "resource": "seat-3", "starts": "05:00"}
    refused = cost(lambda: browser.post("/book/?key=closed", closed), 422)

    # What is said of the first is kept in the session until the second page shows it: a row each.
    assert (won, clashed, refused) == ((1, 21), (1, 19), (1, 14))


# At a clash one statement asks whether what is in the way is their own.
@pytest.mark.parametrize(
    ("address", "statements"),
    [
        (f"resource=seat-2&{TIME}", 12),
        (f"resource=seat-1&{TIME}", 16),
        (f"resource=seat-2&from={day(10)}T05:00&to={day(10)}T12:00", 12),
        (f"resource=seat-1&{TIME}&{A_SERIES}", 16),
        (f"resource=workspace&{TIME}", 18),
        (f"find=1&resource=seat-1&length=120&day={day(10)}", 10),
    ],
    ids=["free", "clash", "refused", "series with a clash", "whole with a clash", "finder"],
)
def test_the_booking_page_looks_it_up_once(taken, ada, signed_in, address, statements):
    browser = signed_in(ada)
    browser.get("/book/")

    assert cost(lambda: browser.get(f"/book/?{address}"), 200) == (1, statements)


def test_an_approval_looks_nothing_up(lab, ada, sam):
    (asked,) = booked(ada, "ar-headset-1")
    program = Program(sam)
    assert program.get("bookings/").status_code == 200

    assert cost(lambda: program.post(f"bookings/{asked.pk}/approve"), 200) == (0, 9)


@pytest.mark.parametrize(
    ("wishes", "offers", "statements"),
    [
        (["seat-1", "seat-1", "seat-1"], 1, 34),
        (["seat-1", "seat-2", "seat-3"], 3, 59),
    ],
    ids=["for the same", "for one each"],
)
def test_what_three_people_wait_for_is_looked_up_at_one_go(lab, ben, wishes, offers, statements):
    (held,) = booked(ben, "seat-1", "seat-2", "seat-3")
    for name, slug in zip(("Cleo", "Dora", "Emil"), wishes, strict=True):
        join(BookingSpec(hours(10), (slug,)), by=person(name), at=timezone.now())
    program = Program(ben)
    assert program.get("bookings/").status_code == 200

    assert cost(lambda: program.post(f"bookings/{held.pk}/cancel"), 200) == (1, statements)
    assert Waiting.objects.filter(state=Waiting.Status.OFFERED).count() == offers
