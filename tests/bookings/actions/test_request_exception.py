"""Asking for what a house rule refuses: a request with a reason that staff approve or decline."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.request_exception import ask_exception
from labbooking.bookings.actions.undo_decision import undo_decision
from labbooking.bookings.demand.spec import BookingSpec, Idempotency
from labbooking.bookings.models import Booking
from labbooking.bookings.rules import booking_rules
from labbooking.bookings.rules.exception_wording import WORDS
from labbooking.errors import Malformed, NotAllowed, Refused, SlotTaken
from labbooking.journal.models import Entry
from tests.bookings.days import booked, day, hours, said
from tests.bookings.pages.booking_page import address, outcome
from tests.lab import new_rules

pytestmark = pytest.mark.django_db

EARLY = {"start": "06:00", "end": "08:00"}
WHY = "The light is only there at dawn."


def early(*slugs, **more):
    return BookingSpec(hours(10, "06:00", "08:00"), slugs or ("seat-1",), **more)


def ask(person, spec=None, reason=WHY, **more):
    return ask_exception(spec or early(), reason=reason, by=person, at=timezone.now(), **more)


def test_it_waits_for_staff_also_where_things_are_confirmed_at_once(lab, ada):
    (booking,) = ask(ada)

    assert booking.state == "requested"
    assert booking.hold_until is not None
    kept = Booking.objects.get()
    assert (kept.exception_reason, kept.exception_from) == (WHY, ["outside_opening_hours"])


def test_it_holds_its_time_and_takes_none_from_others(lab, ada, ben):
    ask(ada)
    with pytest.raises(SlotTaken):
        ask(ben)
    assert Booking.objects.count() == 1


def test_staff_say_yes_and_the_journal_knows_from_which_rules(lab, ada, sam):
    (booking,) = ask(ada)

    (approved,) = actions.approve(booking.pk, by=sam, at=timezone.now())

    assert approved.state == "approved"
    for kind in ("booking.requested", "booking.approved"):
        entry = Entry.objects.get(kind=kind)
        assert entry.data["exception_from"] == ["outside_opening_hours"]
        assert WHY not in str(entry.data)


def test_a_yes_taken_back_is_asked_for_again_with_its_reason(lab, ada, sam):
    (booking,) = ask(ada)
    actions.approve(booking.pk, by=sam, at=timezone.now())
    undo_decision(booking.pk, by=sam, at=timezone.now())
    booking = Booking.objects.get()
    assert (booking.state, booking.exception_reason) == ("requested", WHY)


def test_what_nobody_can_set_aside_stays_refused(lab, ada):
    yesterday = BookingSpec(hours(-1, "06:00", "08:00"), ("seat-1",))
    with pytest.raises(Refused) as refused:
        ask(ada, yesterday)
    assert {each.code for each in refused.value.refusals} == {"in_the_past"}
    assert not Booking.objects.exists()


def test_what_the_rules_allow_is_no_exception(lab, ada):
    with pytest.raises(Malformed, match="No rule"):
        ask(ada, BookingSpec(hours(10), ("seat-1",)))
    assert not Booking.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_a_reason_is_due_and_short(lab, ada, reason):
    with pytest.raises(Malformed):
        ask(ada, reason=reason)
    assert not Booking.objects.exists()


def test_who_does_not_book_asks_for_no_exception(lab, rui):
    with pytest.raises(NotAllowed):
        ask(rui)


def test_a_series_is_asked_for_whole(lab, ada):
    bookings = ask(ada, early(rrule="FREQ=WEEKLY;COUNT=3"))
    assert [each.state for each in bookings] == ["requested"] * 3
    assert all(each.exception_reason == WHY for each in Booking.objects.all())


def test_asked_twice_under_one_key_it_is_one_request(lab, ada):
    once = Idempotency("page-1", "same")
    first, again = ask(ada, idempotency=once), ask(ada, idempotency=once)
    assert first[0].pk == again[0].pk
    assert Booking.objects.count() == 1


def test_several_rules_are_all_named(lab, nia):
    new_rules(lab["ar-headset-1"].type, approval="automatic", induction="ar-headset",
              opening=[[["08:00", "22:00"]]] * 7)  # fmt: skip
    (booking,) = ask(nia, early("ar-headset-1"))
    assert booking.state == "requested"
    assert booking.exception_from == ["induction_required", "outside_opening_hours"]


def test_everything_staff_can_set_aside_has_words():
    tree = ast.parse(Path(booking_rules.__file__).read_text())
    calls = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "refuse"
    ]  # fmt: skip
    codes = {call.args[0].value for call in calls if not call.keywords}
    assert codes == set(WORDS)


# The page


def test_the_page_that_books_leads_to_it_and_keeps_the_wish(lab, ada, signed_in):
    refused = signed_in(ada).get("/book/", address(resource="seat-1", **EARLY))
    assert 'href="/book/exception/?' in outcome(refused)

    page = signed_in(ada).get("/book/exception/", address(resource="seat-1", **EARLY))

    assert page.status_code == 200
    assert "Seat 1" in said(page)
    assert "Seat 1 can be used from 07:00–23:00 on that day." in said(page)


def test_asked_from_the_page_it_stands_in_the_queue(lab, ada, sam, signed_in):
    url = f"/book/exception/?resource=seat-1&from={day(10)}T06:00&to={day(10)}T08:00"

    done = signed_in(ada).post(url, {"key": "k", "reason": WHY}, follow=True)

    booking = Booking.objects.get()
    assert done.redirect_chain == [(f"/bookings/{booking.pk}/", 302)]
    assert WHY in said(done)
    queue = said(signed_in(sam).get("/approvals/"))
    assert WHY in queue
    assert "outside opening hours" in queue


def test_without_a_reason_nothing_is_asked(lab, ada, signed_in):
    url = f"/book/exception/?resource=seat-1&from={day(10)}T06:00&to={day(10)}T08:00"
    page = signed_in(ada).post(url, {"key": "k", "reason": " "})
    assert page.status_code == 422
    assert not Booking.objects.exists()


def test_taken_meanwhile_is_said_and_what_was_typed_stays(lab, ada, ben, sam, signed_in):
    url = f"/book/exception/?resource=seat-1&from={day(10)}T06:00&to={day(10)}T08:00"
    booked(sam, "seat-1", period=hours(10, "06:00", "08:00"), override_reason="A visit")
    page = signed_in(ada).post(url, {"key": "k", "reason": WHY})
    assert page.status_code == 409
    assert WHY in said(page)


def test_what_is_taken_or_allowed_leads_back_to_booking(lab, ada, ben, signed_in):
    booked(ben, "seat-1")
    client = signed_in(ada)
    for spec in (address(resource="seat-1"), address(resource="seat-2"), {}):
        assert client.get("/book/exception/", spec).status_code == 302
    refused = client.get("/book/", address(resource="seat-1", start="06:00", end="11:00"))
    assert "/book/exception/" not in outcome(refused)


def test_staff_set_rules_aside_themselves(lab, sam, signed_in):
    refused = signed_in(sam).get("/book/", address(resource="seat-1", **EARLY))
    assert "/book/exception/" not in outcome(refused)


def test_the_queue_asks_no_more_for_exceptions(
    lab, ada, ben, sam, signed_in, django_assert_max_num_queries
):
    browser = signed_in(sam)
    ask(ada)

    def queries():
        with django_assert_max_num_queries(40) as counted:
            browser.get("/approvals/")
        return len(counted)

    queries()
    with_one = queries()
    ask(ben, early("seat-2"))
    ask(ben, early("seat-3"))
    assert queries() == with_one


def test_expired_it_is_over_like_any_request(lab, ada):
    (booking,) = ask(ada)
    scheduled.tick(booking.hold_until + timedelta(seconds=1))
    assert Booking.objects.get().state == "expired"
