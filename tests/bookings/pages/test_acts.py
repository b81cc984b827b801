"""What is done with a booking: asked first, done by POST alone, and told afterwards."""

import re

import pytest
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.actions.reply_templates import add_reason
from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE, Period
from tests.bookings.days import booked, hours, said
from tests.lab import new_rules

pytestmark = pytest.mark.django_db

ACTS = ("approve", "decline", "withdraw", "cancel", "check-in", "check-out")


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def states_of_series(booking):
    dates = Booking.objects.filter(series_id=booking.series_id).order_by("starts_at")
    return list(dates.values_list("state", flat=True))


def messages(page):
    return re.findall(r'<div class="note note--(\w+)"> <p>(.*?)</p>', said(page))


def about_to_start(person, slug="seat-1", **rules):
    """A confirmed booking whose check-in is open: it begins in ten minutes, whatever the hour."""
    new_rules_of(slug, opening=[], approval="automatic", step=MINUTE, **rules)
    start = timezone.now().replace(second=0, microsecond=0) + 10 * MINUTE
    return booked(person, slug, period=Period(start, start + HOUR))[0]


def new_rules_of(slug, **rules):
    new_rules(Resource.objects.select_related("type").get(slug=slug).type, **rules)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["nobody", "ada", "sam"])
def test_no_act_is_done_by_following_a_link(lab, ada, sam, client, signed_in, act, who):
    booking = booked(ada, "ar-headset-1")[0]
    browser = {"nobody": client, "ada": signed_in(ada), "sam": signed_in(sam)}[who]

    assert browser.get(f"/bookings/{booking.pk}/{act}/").status_code == 405
    assert state(booking) == "requested"


def test_staff_say_yes(lab, ada, sam, signed_in):
    booking = booked(ada, "ar-headset-1")[0]

    page = signed_in(sam).post(f"/bookings/{booking.pk}/approve/?next=/approvals/", follow=True)

    assert page.redirect_chain == [("/approvals/", 302)]
    assert messages(page) == [("success", "Ada, Ar Headset 1: confirmed.")]
    assert state(booking) == "approved"
    assert Booking.objects.get().decided_by == sam


def test_a_no_needs_a_reason_and_asks_for_it(lab, ada, sam, signed_in):
    booking = booked(ada, "ar-headset-1")[0]
    client = signed_in(sam)

    asked = client.post(f"/bookings/{booking.pk}/decline/", follow=True)

    assert state(booking) == "requested"
    assert "Say why" in messages(asked)[0][1]
    assert "Decline this request?" in said(asked)
    client.post(f"/bookings/{booking.pk}/decline/", {"reason": "Repair."})
    assert (state(booking), Booking.objects.get().reason) == ("declined", "Repair.")


def test_a_ready_reason_will_do_and_own_words_come_first(lab, ada, sam, signed_in):
    one, other = booked(ada, "ar-headset-1")[0], booked(ada, "ar-headset-2")[0]
    client = signed_in(sam)
    induction = add_reason(("Erst einweisen.", "An induction first."), by=sam, at=timezone.now()).pk

    client.post(f"/bookings/{one.pk}/decline/", {"ready": induction})
    client.post(f"/bookings/{other.pk}/decline/", {"ready": induction, "reason": "Repair."})

    reasons = Booking.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == [
        "An induction first.",
        "Repair.",
    ]


def test_the_second_to_decide_hears_what_happened(lab, ada, sam, kim, signed_in):
    booking = booked(ada, "ar-headset-1")[0]
    signed_in(sam).post(f"/bookings/{booking.pk}/approve/")

    page = signed_in(kim).post(
        f"/bookings/{booking.pk}/decline/?next=/approvals/", {"reason": "No."}, follow=True
    )

    assert messages(page) == [("error", "Sam has already decided: confirmed.")]
    assert state(booking) == "approved"
    assert Entry.objects.filter(kind__in=["booking.approved", "booking.declined"]).count() == 1


@pytest.mark.parametrize("act", ["approve", "decline", "check-in", "check-out"])
def test_what_is_staffs_to_do_is_not_the_persons(lab, ada, signed_in, act):
    booking = booked(ada, "ar-headset-1")[0]
    if act.startswith("check"):
        Booking.objects.update(state="approved" if act == "check-in" else "in_use")
    before = state(booking)

    answer = signed_in(ada).post(f"/bookings/{booking.pk}/{act}/", {"reason": "Please."})

    assert answer.status_code == 403
    assert state(booking) == before


@pytest.mark.parametrize("act", ACTS)
def test_what_is_anothers_is_not_there(lab, ada, ben, signed_in, act):
    booking = booked(ada, "ar-headset-1")[0]

    answer = signed_in(ben).post(f"/bookings/{booking.pk}/{act}/", {"reason": "Please."})

    assert answer.status_code == 404
    assert state(booking) == "requested"


def test_an_act_that_does_not_exist_is_not_there(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]

    assert signed_in(ada).post(f"/bookings/{booking.pk}/lend/").status_code == 404


def test_strangers_sign_in_first_and_come_back_to_the_booking(lab, ada, client):
    booking = booked(ada, "seat-1")[0]

    answer = client.post(f"/bookings/{booking.pk}/cancel/")

    assert answer.url == f"/login/?next=/bookings/{booking.pk}/"
    assert state(booking) == "approved"


def test_one_takes_a_request_back(lab, ada, signed_in):
    booking = booked(ada, "ar-headset-1")[0]

    signed_in(ada).post(f"/bookings/{booking.pk}/withdraw/")

    assert state(booking) == "withdrawn"


def test_one_cancels_from_the_list_and_is_back_there(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]
    client = signed_in(ada)
    action = re.search(r'action="(/bookings/\d+/cancel/[^"]*)"', said(client.get("/bookings/")))[1]

    page = client.post(action, follow=True)

    assert page.redirect_chain == [("/bookings/", 302)]
    assert state(booking) == "cancelled"


def test_nobody_is_led_out_of_the_house(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]

    answer = signed_in(ada).post(f"/bookings/{booking.pk}/cancel/?next=https://example.org/")

    assert answer.url == f"/bookings/{booking.pk}/"


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("one", ["approved", "cancelled", "approved"]),
        ("following", ["approved", "cancelled", "cancelled"]),
        ("all", ["cancelled", "cancelled", "cancelled"]),
    ],
)
def test_of_a_series_one_says_which_dates(lab, ada, signed_in, scope, left):
    middle = booked(ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3")[1]
    client = signed_in(ada)

    asked = said(client.get(f"/bookings/{middle.pk}/?ask=cancel"))
    client.post(f"/bookings/{middle.pk}/cancel/", {"scope": scope})

    assert re.findall(r'name="scope" value="(\w+)"', asked) == ["one", "following", "all"]
    assert states_of_series(middle) == left


def test_a_scope_that_does_not_exist_changes_nothing(lab, ada, signed_in):
    dates = booked(ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3")

    page = signed_in(ada).post(
        f"/bookings/{dates[0].pk}/cancel/", {"scope": "century"}, follow=True
    )

    assert messages(page)[0][0] == "error"
    assert states_of_series(dates[0]) == ["approved"] * 3


def test_the_question_says_what_follows_and_changes_nothing(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]

    asked = signed_in(ada).get(f"/bookings/{booking.pk}/?ask=cancel&next=/bookings/")

    assert "Cancel this booking?" in said(asked)
    assert "The time is free for others at once." in said(asked)
    assert f'action="/bookings/{booking.pk}/cancel/?next=%2Fbookings%2F"' in said(asked)
    assert state(booking) == "approved"


def test_what_cannot_be_done_now_is_not_asked(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]

    asked = signed_in(ada).get(f"/bookings/{booking.pk}/?ask=approve")

    assert "Approve" not in said(asked)


def test_staff_hand_over_and_take_back(lab, ada, sam, signed_in):
    booking = about_to_start(ada)
    client = signed_in(sam)

    client.post(f"/bookings/{booking.pk}/check-in/")
    assert state(booking) == "in_use"
    client.post(f"/bookings/{booking.pk}/check-out/")
    assert state(booking) == "completed"


def test_too_early_staff_are_asked_for_a_reason(lab, ada, sam, signed_in):
    booking = booked(ada, "seat-1", period=hours(10))[0]
    client = signed_in(sam)

    refused = client.post(f"/bookings/{booking.pk}/check-in/", follow=True)

    assert "Check-in opens at" in messages(refused)[0][1]
    assert 'name="reason"' in said(refused)
    client.post(f"/bookings/{booking.pk}/check-in/", {"reason": "She came early."})
    assert state(booking) == "in_use"


def test_people_check_in_by_themselves_where_the_rules_let_them(lab, ada, signed_in):
    booking = about_to_start(ada, self_check_in=True)
    client = signed_in(ada)

    assert "Check in</button>" in said(client.get("/bookings/"))
    client.post(f"/bookings/{booking.pk}/check-in/")
    assert state(booking) == "in_use"


def test_too_late_to_cancel_says_until_when_it_could_be(lab, ada, sam, signed_in):
    new_rules_of("seat-1", approval="automatic", cancel_until=100 * 24 * HOUR)
    booking = booked(ada, "seat-1")[0]

    refused = signed_in(ada).post(f"/bookings/{booking.pk}/cancel/", follow=True)
    asked = signed_in(sam).post(f"/bookings/{booking.pk}/cancel/", follow=True)

    assert "This could be cancelled until" in messages(refused)[0][1]
    assert 'name="reason"' in said(asked)
    signed_in(sam).post(f"/bookings/{booking.pk}/cancel/", {"reason": "A burst pipe."})
    assert state(booking) == "cancelled"


def test_forms_without_the_token_do_nothing(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]

    answer = signed_in(ada, enforce_csrf_checks=True).post(f"/bookings/{booking.pk}/cancel/")

    assert answer.status_code == 403
    assert state(booking) == "approved"


def test_one_act_writes_one_entry(lab, ada, sam, signed_in):
    booking = booked(ada, "ar-headset-1")[0]

    signed_in(sam).post(f"/bookings/{booking.pk}/approve/")

    told = Entry.objects.order_by("id").values_list("kind", flat=True)
    assert list(told) == ["booking.requested", "booking.approved"]


def test_a_yes_to_a_series_is_asked_which_dates(lab, ada, sam, signed_in):
    dates = booked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=3")
    client = signed_in(sam)

    page = said(client.get(f"/bookings/{dates[0].pk}/"))
    client.post(f"/bookings/{dates[0].pk}/approve/", {"scope": "one"})

    assert 'name="scope" value="all"' in page.split(f'id="approve-{dates[0].pk}"')[1]
    assert states_of_series(dates[0]) == ["approved", "requested", "requested"]
