"""A day of the lab's staff, through the pages as a browser sees them: an induction, an exception
from the house rules, a yes to a part of a request, and a handover.

Each POST is one action. It leads back to a page, and what was done stands in the journal.
"""

import pytest

from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from tests.api.program import Program, is_problem, moment, spec
from tests.bookings.days import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(lab, sam, signed_in):
    """Sam's browser."""
    return signed_in(sam)


def kinds():
    """What has happened so far, as the journal calls it."""
    told = Entry.objects.exclude(kind__startswith="token.").order_by("pk")
    return list(told.values_list("kind", flat=True))


def test_who_lacks_an_induction_asks_for_it_and_gets_it(desk, nia, signed_in):
    as_nia = Program(nia)
    refused = is_problem(as_nia.post("bookings/", spec("ar-headset-1")), 422, "refused")
    assert [each["code"] for each in refused["refusals"]] == ["induction_required"]

    signed_in(nia).post("/book/induction/ar-headset/")
    assert "Nia" in said(desk.get("/desk/inductions/"))
    desk.post("/desk/inductions/", {"person": nia.pk, "topic": "ar-headset"})

    assert as_nia.post("bookings/", spec("ar-headset-1")).json()["state"] == "requested"
    assert kinds() == ["induction.requested", "induction.given", "booking.requested"]


def test_an_exception_is_decided_with_its_reason_in_view(desk, ada):
    # Seats are confirmed at once, but not after 23:00: an exception always waits for staff.
    late = {"starts_at": moment("22:00"), "ends_at": moment("23:30")}
    asked = {"resources": ["seat-1"], **late, "reason": "The premiere is tomorrow."}
    request = Program(ada).post("bookings/exceptions", asked).json()

    queue = said(desk.get("/approvals/"))
    assert "outside opening hours" in queue
    assert "The premiere is tomorrow." in queue

    desk.post(f"/bookings/{request['id']}/approve/")
    assert Booking.objects.get().state == "approved"


def test_a_yes_to_a_part_frees_the_rest_and_can_be_taken_back(desk, ada, ben):
    request = Program(ada).post("bookings/", spec("ar-headset-1", "board-1")).json()["id"]

    part = {"told": "things", "things": ["ar-headset-1"], "reason": "The board is lent out."}
    desk.post(f"/bookings/{request}/part/", part)
    told = Program(ada).get(f"bookings/{request}").json()
    assert (told["state"], told["not_given"]) == ("approved", ["board-1"])
    assert [each["resource"] for each in told["allocations"]] == ["ar-headset-1"]

    # Mails of a decision wait for as long as it can be undone.
    desk.post(f"/bookings/{request}/undo/")
    told = Program(ada).get(f"bookings/{request}").json()
    assert (told["state"], told["not_given"]) == ("requested", [])


def test_a_headset_goes_over_the_desk_and_comes_back(desk, ada):
    booking = Program(ada).post("bookings/", spec("ar-headset-1")).json()["id"]
    desk.post(f"/bookings/{booking}/approve/")

    # Two weeks too early: the house rules say no, and staff set that aside with a reason.
    desk.post(f"/desk/{booking}/check-in/")
    assert Booking.objects.get().state == "approved"
    desk.post(f"/desk/{booking}/check-in/", {"reason": "She leaves today."})
    assert Booking.objects.get().state == "in_use"
    desk.post(f"/desk/{booking}/check-out/")

    assert Booking.objects.get().state == "completed"
    assert kinds()[-2:] == ["booking.checked_in", "booking.checked_out"]
    assert Entry.objects.get(kind="booking.checked_in").data["overridden"] == [
        "too_early_to_check_in"
    ]
