"""What is mine; everybody's bookings for staff; one booking in full."""

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.period import HOUR, Period
from tests.bookings.days import booked, day, hours, said
from tests.lab import berlin, new_rules

pytestmark = pytest.mark.django_db

NOW = berlin("2026-11-24 09:00")
TEN_TO_TWELVE = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def groups(page):
    """Each group of the page with its text: `{"Today": "...", "Waiting": "..."}`."""
    parts = re.split(r'<section class="spread"[^>]*>', said(page))[1:]
    return {re.search("<h2>(.*?)</h2>", part)[1]: part for part in parts}


def moved_to(booking, period, **changes):
    """The booking as if it had been made for another time; its allocations with it."""
    times = {"starts_at": period.start, "ends_at": period.end}
    booking.allocations.update(**times, guarded_from=period.start, guarded_until=period.end)
    Booking.objects.filter(pk=booking.pk).update(**times, **changes)


def around_now():
    now = timezone.now()
    return Period(now - HOUR, now + HOUR)


def test_staff_of_a_house_without_bookings_are_not_told_to_filter_less(lab, ada, sam, signed_in):
    client = signed_in(sam)
    assert "Nobody has booked anything yet." in said(client.get("/bookings/"))
    assert "No booking matches." in said(client.get("/bookings/?state=approved"))

    booked(ada, "seat-1")

    assert "Nobody has booked anything yet." not in said(client.get("/bookings/"))


def test_the_page_teaches_who_has_nothing_booked(lab, ada, signed_in):
    page = said(signed_in(ada).get("/bookings/"))

    assert "Nothing booked. The house is yours to use." in page
    assert 'href="/book/"' in page


def test_bookings_are_told_by_what_comes_next(lab, ada, sam, signed_in):
    now = booked(ada, "seat-1")[0]
    moved_to(now, around_now(), state="in_use")
    booked(ada, "seat-2")
    booked(ada, "ar-headset-1")
    past = booked(ada, "seat-3")[0]
    moved_to(past, hours(-3), state="completed")

    found = groups(signed_in(ada).get("/bookings/"))

    assert list(found) == ["Now", "Waiting", "Soon", "Past and cancelled"]
    assert "Seat 1" in found["Now"]
    assert "Ar Headset 1" in found["Waiting"]
    assert "Seat 2" in found["Soon"]
    assert "Seat 3" in found["Past and cancelled"]


def test_nobody_sees_what_is_anothers(lab, ada, ben, signed_in):
    other = booked(ben, "seat-1")[0]
    client = signed_in(ada)

    assert "Seat 1" not in said(client.get("/bookings/"))
    assert client.get(f"/bookings/{other.pk}/").status_code == 404


def test_a_series_is_one_line_with_its_later_dates(lab, ada, signed_in):
    booked(ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=4")

    soon = groups(signed_in(ada).get("/bookings/"))["Soon"]

    assert soon.count("row__name") == 1
    assert "and 3 more dates of this series" in soon


def test_the_past_comes_in_pages(lab, ada, signed_in):
    for number in range(12):
        booking = booked(ada, "seat-1", period=hours(number + 1))[0]
        moved_to(booking, hours(-number - 1), state="completed")
    client = signed_in(ada)

    first = client.get("/bookings/")
    second = client.get(
        re.search(r'href="([^"]+)" rel="next"', said(first))[1].replace("&amp;", "&")
    )

    assert (said(first).count("row__name"), said(second).count("row__name")) == (10, 2)
    assert 'rel="next"' not in said(second)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(
    lab, ada, signed_in, django_assert_num_queries, count
):
    for number in range(count):
        booked(ada, f"seat-{number + 1}")
        booked(ada, f"ar-headset-{number + 1}")
    client = signed_in(ada)
    client.get("/bookings/")

    with django_assert_num_queries(7):
        client.get("/bookings/")


@pytest.mark.parametrize("count", [1, 3])
def test_staffs_list_asks_the_same_for_one_and_for_three(
    lab, ada, sam, signed_in, django_assert_num_queries, count
):
    for number in range(count):
        booked(ada, f"seat-{number + 1}")
    client = signed_in(sam)
    client.get("/bookings/")

    with django_assert_num_queries(6):
        client.get("/bookings/")


def test_who_hears_a_no_is_led_to_another_time(lab, ada, sam, signed_in):
    booking = booked(ada, "ar-headset-1")[0]
    page = signed_in(ada)
    assert "Find another time" not in said(page.get(f"/bookings/{booking.pk}/"))
    actions.decline(booking.pk, by=sam, at=timezone.now(), reason="In repair.")

    told = page.get(f"/bookings/{booking.pk}/")
    way = told.context["other_time_url"]

    assert "Find another time" in said(told)
    assert 'value="ar-headset-1" checked' in said(page.get(way))
    assert "The next free times" in said(page.get(way))


def test_who_cancelled_by_mistake_books_it_after_all(lab, ada, signed_in):
    page = signed_in(ada)
    booking = booked(ada, "seat-1", "seat-2")[0]
    assert "Book it after all" not in said(page.get(f"/bookings/{booking.pk}/"))

    told = page.post(f"/bookings/{booking.pk}/cancel/", follow=True)
    again = page.get(told.context["after_all_url"])

    assert "Cancelled. The time is free again." in said(told)
    assert "Book it after all" in said(told)
    assert again.context["outcome"].ok
    assert again.context["form"].period == booking.period
    assert again.context["form"].chosen == {"seat-1", "seat-2"}


def test_what_was_cancelled_and_is_over_is_not_offered_again(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]
    moved_to(booking, hours(-3), state="cancelled")

    assert "Book it after all" not in said(signed_in(ada).get(f"/bookings/{booking.pk}/"))


def test_staff_see_everybody_and_filter(lab, ada, ben, sam, signed_in):
    booked(ada, "seat-1")
    booked(ben, "ar-headset-1", period=hours(11))
    client = signed_in(sam)

    def found(**wanted):
        page = said(client.get("/bookings/", wanted)).split('class="rows"')
        return sorted(re.findall(r"Ada|Ben", page[1])) if len(page) > 1 else []

    assert found() == ["Ada", "Ben"]
    assert found(state="requested") == ["Ben"]
    assert found(resource="seat-1") == ["Ada"]
    assert found(day=day(11)) == ["Ben"]
    assert found(person=ada.pk) == ["Ada"]
    assert found(person=ada.pk, state="requested") == []


def test_the_page_finds_by_a_thing_what_the_api_finds(lab, ada, ben, sam, signed_in):
    """A whole takes its parts along, and yet nobody asked for them by name."""
    booked(ada, "workspace")
    booked(ben, "seat-1", period=hours(11))
    client = signed_in(sam)

    page = said(client.get("/bookings/?resource=seat-1")).split('class="rows"')[1]
    api = client.get("/api/v1/bookings/?resource=seat-1").json()["items"]

    assert re.findall(r"Ada|Ben", page) == ["Ben"]
    assert [datetime.fromisoformat(each["starts_at"]) for each in api] == [hours(11).start]


def test_a_filter_that_cannot_be_read_says_so(lab, ada, sam, signed_in):
    booked(ada, "seat-1")

    page = signed_in(sam).get("/bookings/", {"day": "31.02."})

    assert page.status_code == 200
    assert "Enter a valid date." in said(page)
    assert "Ada" in said(page)


def test_one_booking_tells_its_facts_and_its_history_with_names(lab, ada, sam, signed_in):
    booking = booked(ada, "ar-headset-1", purpose="Rehearsal")[0]
    actions.decline(booking.pk, by=sam, at=timezone.now(), reason="It is being repaired.")

    page = said(signed_in(ada).get(f"/bookings/{booking.pk}/"))

    assert "Rehearsal" in page
    history = page.split('class="journal"')[1].split("</ol>")[0]
    assert re.findall(r"(Sam declined|Ada asked for) Ar Headset 1", history) == [
        "Sam declined",
        "Ada asked for",
    ]
    assert '<blockquote class="soft">It is being repaired.</blockquote>' in history


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_the_same_for_one_entry_and_for_three(
    lab, ada, sam, signed_in, django_assert_num_queries, count
):
    booking = booked(ada, "ar-headset-1")[0]
    for act in (actions.approve, actions.cancel)[: count - 1]:
        act(booking.pk, by=sam, at=timezone.now())
    client = signed_in(ada)
    client.get(f"/bookings/{booking.pk}/")

    with django_assert_num_queries(9):
        client.get(f"/bookings/{booking.pk}/")


def test_one_date_of_a_series_shows_the_others(lab, ada, signed_in):
    first, *_rest, last = booked(ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3")
    actions.cancel(last.pk, by=ada, at=timezone.now(), scope=Scope.ONE)

    page = said(signed_in(ada).get(f"/bookings/{first.pk}/"))

    assert "A series of 3 dates" in page
    assert f'href="/bookings/{last.pk}/"' in page


def test_the_same_can_be_booked_again_at_the_same_time_next_week(lab, ada, signed_in):
    booking = booked(ada, "seat-1", "seat-2", purpose="Storyboard")[0]
    client = signed_in(ada)

    page = said(client.get(f"/bookings/{booking.pk}/"))

    link = re.search(r'href="(/book/[^"]+)">Book the same again', page)[1].replace("&amp;", "&")
    assert link.startswith("/book/?resource=seat-1&resource=seat-2&purpose=Storyboard")
    form = client.get(link).context["form"]
    assert form.period == hours(17)


def test_what_was_long_ago_is_booked_again_ahead(lab, ada, signed_in):
    booking = booked(ada, "seat-1")[0]
    moved_to(booking, hours(-20), state="completed")
    client = signed_in(ada)

    page = said(client.get(f"/bookings/{booking.pk}/"))

    link = re.search(r'href="(/book/[^"]+)">Book the same again', page)[1].replace("&amp;", "&")
    assert client.get(link).context["form"].period == hours(1)


def test_until_when_it_can_be_cancelled_stands_beside_the_button(lab, ada, signed_in):
    rules = {"approval": "automatic", "cancel_until": timedelta(hours=24)}
    new_rules(lab["seat-1"].type, **rules)
    early = booked(ada, "seat-1")[0]
    late = booked(ada, "seat-1", period=hours(11))[0]
    moved_to(late, Period(timezone.now() + HOUR, timezone.now() + 2 * HOUR))
    client = signed_in(ada)

    assert re.search(
        r"You can cancel until [^.]+, 10:00\.", said(client.get(f"/bookings/{early.pk}/"))
    )
    told = said(client.get(f"/bookings/{late.pk}/"))
    assert "This could be cancelled until" in told
    assert "Cancel this booking?" not in told


def test_a_confirmed_booking_says_where_its_thing_stands_and_how_one_gets_in(lab, ada, signed_in):
    Resource.objects.filter(slug="seat-1").update(plan_x=3, plan_y=4)
    seat = booked(ada, "seat-1", "seat-2", period=hours(5))[0]
    asked = booked(ada, "ar-headset-1", period=hours(6))[0]
    page = said(signed_in(ada).get(f"/bookings/{seat.pk}/"))

    plan = f"/plan/?day={day(5)}&amp;from=10%3A00&amp;to=12%3A00#spot-seat-1"
    assert f'<a href="{plan}">Seat 1 on the floor plan</a>' in page
    assert "#spot-seat-2" not in page  # nobody has placed it
    assert '<a href="/about/arrival/">How you get in</a>' in page
    assert "How you get in" not in said(signed_in(ada).get(f"/bookings/{asked.pk}/"))
