"""The pages: taking a place, offering one, and ticking people off; they work without JavaScript."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from labbooking.inductions.actions.offer import call_off
from labbooking.inductions.actions.places import take_place
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.period import DAY, HOUR
from residents.actions import request_induction
from residents.models import User
from tests.bookings.days import said
from tests.inductions.offered import TOPIC, a_slot, lately
from tests.lab import BERLIN
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def slot(lab, sam, now):
    return a_slot(sam, now + 3 * DAY, at=now)


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


def typed(now, **fields):
    start = (now + 3 * DAY).astimezone(BERLIN)
    return {
        "topic": TOPIC,
        "starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "minutes": "45",
        "people": "3",
        "location": "Attic",
        "given_by": "",
        **fields,
    }


def test_staff_offer_one_change_it_and_call_it_off(lab, sam, kim, nia, now, signed_in):
    desk = signed_in(sam)
    request_induction(TOPIC, by=nia, at=now)
    assert f"/desk/inductions/offer/?topic={TOPIC}" in said(desk.get("/desk/inductions/"))
    made = desk.post("/desk/inductions/offer/", typed(now, given_by=kim.pk))
    slot = InductionSlot.objects.get()
    assert made.url == f"/desk/inductions/slots/{slot.pk}/"
    assert (slot.people, slot.given_by, slot.period.length) == (3, kim, timedelta(minutes=45))
    page = said(desk.get(made.url))
    assert "0 of 3 places taken." in page
    desk.post(f"{made.url}change/", typed(now, given_by=sam.pk, location="Workshop"))
    slot.refresh_from_db()
    assert (slot.location, slot.given_by) == ("Workshop", sam)
    assert "Workshop" in said(desk.get("/desk/inductions/"))
    assert "Call off the induction" in said(desk.get(f"{made.url}call-off/"))
    desk.post(f"{made.url}call-off/", {"reason": "No time."})
    slot.refresh_from_db()
    assert slot.reason == "No time."
    again = desk.post(f"{made.url}call-off/", {"reason": ""}, follow=True)
    assert "has been called off" in said(again)
    assert "Workshop" not in said(desk.get("/desk/inductions/"))


def test_who_asked_and_has_taken_a_place_needs_no_further_offer(slot, sam, nia, now, signed_in):
    request_induction(TOPIC, by=nia, at=now)
    take_place(slot.pk, by=nia, at=now)
    page = said(signed_in(sam).get("/desk/inductions/"))
    assert "has a place on" in page
    assert "/desk/inductions/offer/?topic=" not in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": "2020-01-01T10:00"},
        {"starts_at": "soon"},
        {"people": "0"},
        {"people": "51"},
        {"minutes": "0"},
        {"minutes": "99999"},
        {"location": " "},
        {"given_by": "0"},
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(lab, sam, slot, now, signed_in, wrong):
    desk, fields = signed_in(sam), typed(now, given_by=sam.pk) | wrong
    for address in ("/desk/inductions/offer/", f"/desk/inductions/slots/{slot.pk}/change/"):
        refused = desk.post(address, fields)
        assert refused.status_code == 422
        assert "Please look at this again" in said(refused)
    assert InductionSlot.objects.count() == 1
    slot.refresh_from_db()
    assert slot.location == "Workshop"


def test_staff_tick_off_those_who_were_there(lab, sam, nia, now, signed_in):
    desk, tom = signed_in(sam), person("Tom")
    slot = lately(sam, now)
    for each in (nia, tom):
        take_place(slot.pk, by=each, at=now - DAY)
    address = f"/desk/inductions/slots/{slot.pk}/"
    assert address in said(desk.get("/desk/inductions/"))
    for nobody in ({}, {"there": "me"}, {"there": "9" * 5000}):
        refused = desk.post(f"{address}tick-off/", nobody, follow=True)
        assert "Choose those who were there" in said(refused)
    done = desk.post(f"{address}tick-off/", {"there": [nia.pk]}, follow=True)
    assert "Inducted: Nia." in said(done)
    assert nia.inductions.filter(topic=TOPIC).exists()
    assert not tom.inductions.exists()
    assert address in said(desk.get("/desk/inductions/"))
    desk.post(f"{address}tick-off/", {"there": [tom.pk]})
    assert address not in said(desk.get("/desk/inductions/"))


def test_before_it_begins_nobody_is_ticked_off_and_staff_take_somebody_off(
    slot, sam, nia, now, signed_in
):
    desk, address = signed_in(sam), f"/desk/inductions/slots/{slot.pk}/"
    take_place(slot.pk, by=nia, at=now)
    early = desk.post(f"{address}tick-off/", {"there": [nia.pk]}, follow=True)
    assert "has not begun yet" in said(early)
    off = desk.post(f"{address}places/{nia.pk}/remove/", follow=True)
    assert "Nia has no place there any more" in said(off)
    assert not slot.taken.exists()
    assert desk.post(f"{address}places/{nia.pk}/remove/").status_code == 404


def test_an_induction_written_down_at_the_desk_holds_as_the_house_rules_say(
    lab, sam, nia, signed_in
):
    rules = lab["ar-headset-1"].type.rules
    type(rules).objects.filter(pk=rules.pk).update(induction_months=3)
    signed_in(sam).post("/desk/inductions/", {"person": nia.pk, "topic": TOPIC})
    given = nia.inductions.get()
    assert 88 * DAY < given.valid_until - given.given_at < 94 * DAY


def test_what_can_be_changed_no_more_says_why(slot, lab, sam, now, signed_in):
    desk, begun = signed_in(sam), lately(sam, now)
    call_off(slot.pk, by=sam, at=now)
    for one, why in ((begun, "has begun already"), (slot, "has been called off")):
        told = desk.post(f"/desk/inductions/slots/{one.pk}/change/", typed(now, given_by=sam.pk))
        assert told.status_code == 409
        assert why in said(told).partition('class="wrong"')[2]


def test_whose_giver_has_left_stands_out_until_somebody_else_is_named(
    slot, sam, kim, now, signed_in
):
    User.objects.filter(pk=sam.pk).update(is_active=False)
    desk, address = signed_in(kim), f"/desk/inductions/slots/{slot.pk}/"
    assert "nobody gives it" in said(desk.get("/desk/inductions/"))
    page = said(desk.get(address))
    assert "Sam is no longer on the team." in page
    assert "Choose somebody" in page
    assert desk.post(f"{address}change/", typed(now)).status_code == 422
    desk.post(f"{address}change/", typed(now, given_by=kim.pk))
    assert "is no longer on the team" not in said(desk.get(address))
    assert "nobody gives it" not in said(desk.get("/desk/inductions/"))


def test_a_room_is_closed_for_it_with_its_time_filled_in(slot, sam, signed_in):
    desk = signed_in(sam)
    page = said(desk.get(f"/desk/inductions/slots/{slot.pk}/"))
    (link,) = re.findall(r'href="(/desk/closures/[^"]+)"', page)
    assert "change that closure too" in page
    closing = said(desk.get(link.replace("&amp;", "&")))
    start, end = slot.period.local(BERLIN)
    assert f'value="{start:%Y-%m-%dT%H:%M}"' in closing
    assert f'value="{end:%Y-%m-%dT%H:%M}"' in closing
    assert "Please look at this again" not in closing


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
