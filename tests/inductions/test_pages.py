"""The pages of who wants an induction; they work without JavaScript."""

import re

import icalendar
import pytest
from django.urls import reverse

from labbooking.inductions.actions.offer import call_off
from labbooking.inductions.actions.places import take_place
from labbooking.inductions.models import InductionPlace
from labbooking.period import DAY, HOUR
from tests.bookings.days import said
from tests.inductions.offered import TOPIC, a_slot, lately
from tests.lab import BERLIN
from tests.people import person

pytestmark = pytest.mark.django_db


def wanted(now, **fields):
    day = (now + 5 * DAY).astimezone(BERLIN).date()
    return {"type": "ar-headset:1", "from": f"{day}T12:00", "to": f"{day}T13:00", **fields}


def test_the_refusal_lists_the_next_with_a_free_place_and_a_button_for_each(
    slot, nia, sam, now, signed_in
):
    full, tom = a_slot(sam, now + 2 * DAY, at=now, people=1, location="Attic"), person("Tom")
    take_place(full.pk, by=tom, at=now)
    off = a_slot(sam, now + DAY, at=now, location="Cellar")
    call_off(off.pk, by=sam, at=now)
    browser = signed_in(nia)
    page = said(browser.get("/book/", wanted(now, purpose="Rehearsal")))
    assert "Workshop" in page
    assert "2 places free" in page
    assert "Attic" not in page
    assert "Cellar" not in page
    (button,) = re.findall(r'formaction="(/inductions/\d+/take/)"', page)
    back = browser.post(button, wanted(now, purpose="Rehearsal"), follow=True)
    assert "You have a place: Ar-Headset" in said(back)
    assert 'value="Rehearsal"' in said(back)
    assert "Once you have been there, you can book." in said(back)
    assert slot.taken.get().person == nia


def test_at_most_three_are_shown(lab, nia, sam, now, signed_in):
    for number in range(5):
        a_slot(sam, now + (2 + number) * DAY, at=now)
    page = said(signed_in(nia).get("/book/", wanted(now)))
    assert len(re.findall(r"/inductions/\d+/take/", page)) == 3


def test_the_page_of_a_thing_offers_it_too_and_leads_back_there(slot, nia, signed_in):
    browser = signed_in(nia)
    page = said(browser.get("/house/ar-headset-1/"))
    (button,) = re.findall(r'formaction="(/inductions/\d+/take/[^"]*)"', page)
    assert browser.post(button).url == "/house/ar-headset-1/"
    assert "You have a place at the induction" in said(browser.get("/house/ar-headset-1/"))


def test_a_full_one_is_told_in_a_sentence(slot, nia, signed_in, now):
    for name in ("Tom", "Eva"):
        take_place(slot.pk, by=person(name), at=now)
    page = signed_in(nia).post(f"/inductions/{slot.pk}/take/", follow=True)
    assert "All places are taken." in said(page)
    assert "all places taken" in said(page)
    assert f"/inductions/{slot.pk}/take/" not in said(page)


def test_who_has_a_place_finds_no_button_that_would_be_refused(slot, nia, sam, now, signed_in):
    later, browser = a_slot(sam, now + 4 * DAY, at=now, location="Attic"), signed_in(nia)
    assert f"/inductions/{later.pk}/take/" in said(browser.get("/inductions/"))
    take_place(slot.pk, by=nia, at=now)
    page = said(browser.get("/inductions/"))
    assert "Attic" in page
    assert f"/inductions/{later.pk}/take/" not in page
    assert "For another time, give your place back first." in page


def test_what_i_have_stands_everywhere_and_can_be_given_back(
    slot, nia, sam, signed_in, just_signed_in
):
    browser, desk = just_signed_in(nia), signed_in(sam)
    browser.post(f"/inductions/{slot.pk}/take/")
    for page in ("/inductions/", "/bookings/"):
        assert "Induction: Ar-Headset" in said(browser.get(page))
        assert f"/inductions/{slot.pk}/give-back/?next={page}" in said(browser.get(page))
    assert "has a place on" in said(desk.get(f"/people/{nia.pk}/"))
    assert "Places at inductions" in said(browser.get("/profile/data/"))
    held = browser.get("/profile/data.json").json()["held"]
    assert held["inductions.InductionPlace"][0]["topic"] == TOPIC
    back = browser.post(f"/inductions/{slot.pk}/give-back/?next=/bookings/")
    assert back.url == "/bookings/"
    assert not InductionPlace.objects.exists()
    assert browser.post(f"/inductions/{slot.pk}/give-back/").status_code == 404


def test_once_it_has_begun_nobody_is_offered_to_give_it_back(lab, sam, nia, now, signed_in):
    slot, browser = lately(sam, now), signed_in(nia)
    take_place(slot.pk, by=nia, at=now - DAY)
    for page in ("/inductions/", "/bookings/", "/today/", "/house/ar-headset-1/"):
        words = said(browser.get(page))
        assert "Workshop" in words
        assert f"/inductions/{slot.pk}/give-back/" not in words


def test_it_stands_in_the_calendar_and_goes_when_it_is_called_off(
    slot, nia, sam, signed_in, client, now
):
    take_place(slot.pk, by=nia, at=now)

    def event():
        feed = client.get(reverse("calendar_feed", args=[nia.feed_key])).content
        (found,) = icalendar.Calendar.from_ical(feed).walk("VEVENT")
        return found

    first = event()
    assert (first["summary"], first["location"]) == ("Induction: Ar-Headset", "Workshop")
    assert first["dtstart"].dt == slot.starts_at
    call_off(slot.pk, by=sam, at=now)
    assert (event()["status"], event()["uid"]) == ("CANCELLED", first["uid"])
    assert event()["sequence"] > first["sequence"]


def queries_of(browser, address, counted):
    browser.get(address)
    with counted(40) as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_more_slots_and_people_take_no_more_queries(
    lab, sam, nia, now, signed_in, django_assert_max_num_queries
):
    desk, mine = signed_in(sam), signed_in(nia)
    first = a_slot(sam, now + 2 * DAY, at=now, people=5)
    take_place(first.pk, by=nia, at=now)
    a_slot(sam, now + 2 * DAY, at=now)
    pages = [
        (desk, "/desk/inductions/"),
        (desk, f"/desk/inductions/slots/{first.pk}/"),
        (mine, "/inductions/"),
        (mine, "/bookings/"),
        (desk, f"/people/{nia.pk}/"),
    ]
    counted = django_assert_max_num_queries
    with_one = [queries_of(browser, address, counted) for browser, address in pages]
    for name in ("Tom", "Eva"):
        take_place(first.pk, by=person(name), at=now)
        other = a_slot(sam, now + 4 * DAY, at=now)
        # By hand: one topic is all the house has, and one place in it all that anybody gets.
        InductionPlace.objects.create(slot=other, person=nia, number=1, taken_at=now)
        a_slot(sam, now + 4 * DAY, at=now)
    assert [queries_of(browser, address, counted) for browser, address in pages] == with_one


def test_the_page_that_books_asks_the_same_for_one_and_for_three(
    slot, sam, nia, now, signed_in, django_assert_max_num_queries
):
    browser, day = signed_in(nia), (now + 5 * DAY).astimezone(BERLIN).date()
    address = f"/book/?type=ar-headset:1&from={day}T12:00&to={day}T13:00"
    counted = django_assert_max_num_queries
    with_one = queries_of(browser, address, counted)
    for number in (1, 2):
        a_slot(sam, now + 4 * DAY + number * HOUR, at=now)
    assert queries_of(browser, address, counted) == with_one
