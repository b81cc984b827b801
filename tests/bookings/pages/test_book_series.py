"""A series on the page that books: every date is told, and taken ones come with choices."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone, translation

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.bookings.states import State
from labbooking.when import when
from tests.bookings.days import booked, day, hours, said
from tests.bookings.pages.booking_page import address, outcome, press, title, ways
from tests.lab import BERLIN, daily, new_rules
from tests.people import person

pytestmark = pytest.mark.django_db

SERIES = {"resource": "seat-1", "repeat": "weekly", "ending": "times", "times": "4"}
SECOND, THIRD = f"on-{day(17)}", f"on-{day(24)}"


@pytest.fixture
def two_taken(lab, ben):
    booked(ben, "seat-1", period=hours(17))
    booked(ben, "seat-1", period=hours(24))


def choices(response, name):
    """The radio buttons of one date: value, what stands beside it, and whether it is chosen."""
    found = re.findall(
        rf'<input type="radio" name="{name}" value="([^"]*)"[^>]*?( checked)?> <span>(.*?)</span>',
        outcome(response),
    )
    return [(unescape(value), unescape(label), bool(checked)) for value, checked, label in found]


def values(response, name):
    return [value for value, _label, _checked in choices(response, name)]


def chosen(response, name):
    return next((value for value, _label, checked in choices(response, name) if checked), None)


def held(by):
    return [
        (each.period, each.named[0].resource.slug) for each in by.bookings.order_by("starts_at")
    ]


def test_every_date_is_told_and_taken_ones_come_with_choices(two_taken, ada, signed_in):
    page = signed_in(ada).get("/book/", address(**SERIES))

    assert title(page) == "2 dates need your choice"
    assert "2 of 4 dates as wished, 2 still open" in outcome(page)
    assert "every week, 4 times" in outcome(page)
    assert choices(page, SECOND) == [
        ("seat-1:seat-2", "Seat 2 at the same time", False),
        (f"{day(17)}T08:00", "08:00–10:00", False),
        (f"{day(17)}T12:00", "12:00–14:00", False),
        (f"{day(17)}T14:00", "14:00–16:00", False),
        ("skip", "Leave this date out", False),
    ]
    assert values(page, THIRD)[-1] == "skip"
    assert choices(page, f"on-{day(10)}") == []
    assert f"What should happen to {told(17)}?" in outcome(page)


def told(*span):
    with translation.override("en"):
        return when(hours(*span), BERLIN, at=timezone.now())


def test_the_choices_are_told_in_german_too(two_taken, signed_in):
    eva = person("Eva", language="de")

    page = signed_in(eva).get("/book/", address(**SERIES))

    assert title(page) == "2 Termine brauchen deine Entscheidung"
    assert "2 von 4 Terminen wie gewünscht, 2 noch offen" in outcome(page)
    assert [label for _value, label, _checked in choices(page, SECOND)] == [
        "Seat 2 zur selben Zeit",
        "8–10 Uhr",
        "12–14 Uhr",
        "14–16 Uhr",
        "Diesen Termin auslassen",
    ]


def test_each_date_becomes_what_was_chosen_for_it(two_taken, ada, signed_in):
    client = signed_in(ada)
    asked = address(**SERIES, **{SECOND: f"{day(17)}T14:00", THIRD: "skip"})

    page = client.get("/book/", asked)
    done = client.post(press(page), asked, follow=True)

    assert title(page) == "Free, and yours at once"
    assert "2 of 4 dates as wished, 1 at another time, 1 left out" in outcome(page)
    assert "14:00–16:00 instead" in outcome(page)
    assert (chosen(page, SECOND), chosen(page, THIRD)) == (f"{day(17)}T14:00", "skip")
    assert "Booked, 3 dates." in said(done)
    assert held(ada) == [
        (hours(10), "seat-1"),
        (hours(17, "14:00", "16:00"), "seat-1"),
        (hours(31), "seat-1"),
    ]


def test_all_taken_dates_are_left_out_by_one_press(two_taken, ada, signed_in):
    client = signed_in(ada)
    _equal, leave_out = ways(client.get("/book/", address(**SERIES)))

    page = client.get("/book/", leave_out)
    client.post(press(page), leave_out)

    assert "2 of 4 dates as wished, 2 left out" in outcome(page)
    assert held(ada) == [(hours(10), "seat-1"), (hours(31), "seat-1")]


def test_an_equal_unit_stands_in_on_all_taken_dates_by_one_press(two_taken, ada, signed_in):
    client = signed_in(ada)
    equal, _leave_out = ways(client.get("/book/", address(**SERIES)))

    page = client.get("/book/", equal)
    client.post(press(page), equal)

    assert title(page) == "Free, and yours at once"
    assert "Seat 2 instead" in outcome(page)
    assert "2 of 4 dates as wished, 2 with an equivalent one" in outcome(page)
    assert [unit for _period, unit in held(ada)] == ["seat-1", "seat-2", "seat-2", "seat-1"]


def test_one_press_is_only_offered_where_it_saves_some(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(17))

    assert ways(signed_in(ada).get("/book/", address(**SERIES))) == []


def test_dates_the_rules_refuse_are_left_out_likewise(lab, ada, signed_in):
    opening = daily("07:00", "23:00")
    for number in (11, 12):
        opening[day(number).weekday()] = []
    new_rules(lab["seat-1"].type, opening=opening, approval="automatic")
    client = signed_in(ada)

    page = client.get("/book/", address(**SERIES | {"repeat": "daily"}))
    client.post("/book/", *ways(page))

    assert title(page) == "2 dates need your choice"
    assert "against the house rules" in outcome(page)
    assert values(page, f"on-{day(11)}") == ["skip"]
    assert held(ada) == [(hours(10), "seat-1"), (hours(13), "seat-1")]


def test_the_frozen_choice_that_is_gone_books_nothing_and_is_asked_again(
    two_taken, ada, ben, signed_in
):
    client = signed_in(ada)
    asked = address(**SERIES, **{SECOND: f"{day(17)}T14:00", THIRD: "skip"})
    page = client.get("/book/", asked)
    booked(ben, "seat-1", period=hours(17, "15:00", "16:00"))

    refused = client.post(press(page), asked)

    assert refused.status_code == 409
    assert not ada.bookings.exists()
    named = told(17, "14:00", "16:00")
    assert f"Nothing was booked. These dates are not possible as they are: {named}." in outcome(
        refused
    )
    assert "taken meanwhile" in outcome(refused)
    gone, *others = choices(refused, SECOND)
    assert gone == (f"{day(17)}T14:00", "14:00–16:00: no longer possible", True)
    assert [value for value, _label, _checked in others] == [
        "seat-1:seat-2",
        f"{day(17)}T08:00",
        f"{day(17)}T12:00",
        f"{day(17)}T16:00",
        "skip",
    ]
    assert chosen(refused, THIRD) == "skip"


def test_a_date_that_is_free_again_can_be_as_on_the_other_dates(two_taken, ada, ben, signed_in):
    client = signed_in(ada)
    asked = address(**SERIES, **{SECOND: f"{day(17)}T14:00", THIRD: "skip"})
    (first, *_rest) = ben.bookings.order_by("starts_at")
    actions.cancel(first.pk, by=ben, at=timezone.now())

    page = client.get("/book/", asked)

    assert choices(page, SECOND)[0] == ("", "10:00–12:00, as on the other dates", False)
    assert chosen(page, SECOND) == f"{day(17)}T14:00"


def test_choices_that_no_longer_fit_are_dropped(two_taken, ada, signed_in):
    """Another seat is wanted by now, a day that does not exist, another day, and nonsense."""
    asked = address(**{**SERIES, "resource": "seat-5"}) | {
        SECOND: "seat-1:seat-2",
        THIRD: f"{day(25)}T14:00",
        f"on-{day(31)}": "seat-5:ar-headset-1",
        "on-2026-02-30": "skip",
        f"on-{day(10)}": "1:2:3,",
    }

    page = signed_in(ada).get("/book/", asked)

    assert "All 4 dates as wished" in outcome(page)


def test_where_everything_is_left_out_there_is_nothing_to_book(two_taken, ada, signed_in):
    asked = address(**SERIES, **{f"on-{day(number)}": "skip" for number in (10, 17, 24, 31)})
    client = signed_in(ada)

    page, refused = client.get("/book/", asked), client.post("/book/", asked)

    assert title(page) == "Every date is left out"
    assert refused.status_code == 400
    assert not ada.bookings.exists()


def test_an_address_that_says_to_skip_still_does(two_taken, ada, signed_in):
    client = signed_in(ada)
    asked = address(**SERIES, on_clash="skip")

    page = client.get("/book/", asked)
    client.post("/book/", asked)

    assert (chosen(page, SECOND), chosen(page, THIRD)) == ("skip", "skip")
    assert '<input type="hidden" name="on_clash" value="skip"' in said(page)
    assert ada.bookings.count() == 2


def test_an_address_that_takes_equal_units_still_does(two_taken, ada, signed_in):
    client = signed_in(ada)
    asked = address(**SERIES, on_clash="other")

    page = client.get("/book/", asked)
    client.post("/book/", asked)

    assert (chosen(page, SECOND), chosen(page, THIRD)) == ("seat-1:seat-2", "seat-1:seat-2")
    assert [unit for _period, unit in held(ada)] == ["seat-1", "seat-2", "seat-2", "seat-1"]


def test_without_an_equal_unit_free_nothing_is_booked(lab, ada, ben, signed_in):
    booked(ben, "workspace", period=hours(17))
    other = address(**SERIES, on_clash="other")
    client = signed_in(ada)

    refused = client.post("/book/", other)

    assert refused.status_code == 409
    assert not ada.bookings.exists()


def test_what_staff_set_aside_needs_no_choice(lab, ada, ben, sam, signed_in):
    """A reason for all dates; the one that is taken is left out."""
    actions.request(
        BookingSpec(hours(17, "22:00", "23:00"), ("seat-1",)), by=ben, at=timezone.now()
    )
    asked = address(10, "22:00", "23:30", **SERIES, person=ada.pk)
    asked |= {SECOND: "skip", "override_reason": "A night of filming"}

    done = signed_in(sam).post("/book/", asked, follow=True)

    assert "Booked for Ada, 3 dates." in said(done)
    assert ada.bookings.count() == 3


def test_a_time_can_be_kept_while_one_decides(lab, ada, signed_in):
    client = signed_in(ada)
    page = client.get("/book/", address(resource="seat-1"))
    assert "Keep it for 10 minutes" in outcome(page)

    kept = client.post("/book/?keep=1", address(resource="seat-1"), follow=True)

    held = Booking.objects.get()
    assert held.state == State.HELD
    assert timedelta(minutes=9) < held.hold_until - timezone.now() < timedelta(minutes=10)
    assert "Nothing is booked yet." in said(kept)


def test_what_is_taken_cannot_be_kept(lab, ada, ben, signed_in):
    booked(ben, "seat-1")

    refused = signed_in(ada).post("/book/?keep=1", address(resource="seat-1"))

    assert refused.status_code == 409
    assert f"{day(10)}T12:00" in said(refused)
