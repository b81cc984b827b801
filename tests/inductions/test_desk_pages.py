"""What staff see: offering an induction and ticking people off; it works without JavaScript."""

import re
from datetime import timedelta

import pytest

from labbooking.inductions.actions.offer import call_off
from labbooking.inductions.actions.places import take_place
from labbooking.inductions.models import InductionSlot
from labbooking.period import DAY
from residents.actions import request_induction
from residents.models import User
from tests.bookings.days import said
from tests.inductions.offered import TOPIC, lately
from tests.lab import BERLIN
from tests.people import person

pytestmark = pytest.mark.django_db


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
