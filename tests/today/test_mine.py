"""What somebody has next, what comes after it and what waits for them, by day and by night."""

import pytest

from equipment.models import HouseText
from labbooking.bookings.actions.groups.change import add_member, make_group
from labbooking.bookings.models import Booking
from labbooking.bookings.models.party import Participant
from labbooking.bookings.states import State
from labbooking.inductions.actions.places import take_place
from labbooking.period import DAY
from labbooking.today.views import home
from tests.bookings.days import booked as ask
from tests.bookings.days import hours
from tests.desk.test_desk import booked
from tests.inductions.offered import NOW as OFFERED
from tests.inductions.offered import a_slot
from tests.lab import MADE_AT, berlin, new_rules
from tests.today.pages import said_at, source_at

pytestmark = pytest.mark.django_db

NOON, NIGHT = berlin("2027-01-12 12:00"), berlin("2027-01-12 23:30")


def at(clock, day="2027-01-12"):
    return berlin(f"{day} {clock}")


def has(somebody, thing, start="14:00", end="16:00", state=State.APPROVED, **more):
    return booked(somebody, thing, at(start), at(end), state, **more)


def test_the_next_thing_says_where_when_and_how_to_get_in(lab, ada):
    lab["seat-1"].plan_x, lab["seat-1"].plan_y = 3.0, 4.0
    lab["seat-1"].save()
    has(ada, lab["seat-1"], purpose="Sketches", self_service=True)
    words = {"title_de": "Weg", "title_en": "The way", "body_de": "Klingeln", "body_en": "Ring."}
    HouseText.objects.create(slug="arrival", **words, changed_at=MADE_AT)
    page, words = source_at(ada, NOON), said_at(ada, NOON)
    assert "Next In 2 hours." in words
    assert "Seat 1 Tue 12 Jan, 14:00–16:00 · 2 hours · Sketches Check in from 13:30." in words
    assert "/plan/?day=2027-01-12&amp;from=14%3A00&amp;to=16%3A00#spot-seat-1" in page
    assert "Way in The way Ring." in words
    assert "check-in/" not in page


def test_checking_in_is_one_press_and_leads_back(lab, ada, signed_in):
    booking = has(ada, lab["seat-1"], "12:10", "14:00", self_service=True)
    page = source_at(ada, NOON)
    assert f'action="/bookings/{booking.pk}/check-in/?next=%2Ftoday%2F"' in page
    assert "Check in now." in said_at(ada, NOON)
    answer = signed_in(ada).post(f"/bookings/{booking.pk}/check-in/?next=/today/")
    assert answer.url == "/today/"


def test_what_is_late_and_what_can_be_begun_comes_before_what_runs(lab, ada):
    stay = has(ada, lab["studio-1"], state=State.IN_USE)
    Booking.objects.filter(pk=stay.pk).update(starts_at=at("15:00", "2027-01-02"))
    Booking.objects.filter(pk=stay.pk).update(ends_at=at("11:00", "2027-01-30"))
    running = has(ada, lab["seat-1"], "09:00", "13:00", State.IN_USE, self_service=True)
    late = has(ada, lab["ar-headset-1"], "08:00", "11:00", State.IN_USE)
    soon = has(ada, lab["seat-2"], "12:10", "14:00", self_service=True)
    later = has(ada, lab["seat-3"], "18:00", "19:00", self_service=True)
    mine = home(ada, NOON)["mine"]
    assert mine.next.row.booking == late
    assert [row.booking for row in mine.then] == [soon, running, later]
    assert "It was due back at 11:00. Please bring it back now." in said_at(ada, NOON)


def test_after_closing_time_the_next_day_is_what_comes_next(lab, ada):
    has(ada, lab["seat-1"], "14:00", "16:00", State.COMPLETED, self_service=True)
    booked(ada, lab["seat-2"], at("09:00", "2027-01-14"), at("11:00", "2027-01-14"))
    words = said_at(ada, NIGHT)
    assert "The house is closed. It opens tomorrow at 07:00." in words
    assert "Next Seat 2 Thu 14 Jan, 09:00–11:00" in words
    assert "Free tomorrow" in words
    assert "The plan shows Wed 13 Jan, 07:00." not in words  # nothing has a place on it


def test_with_nothing_ahead_it_says_so_and_offers_the_sentence(lab, ada):
    has(ada, lab["seat-1"], "08:00", "09:00", State.COMPLETED, self_service=True)
    words = said_at(ada, NOON)
    assert "You have nothing booked." in words
    assert "Nothing waits for you." in words
    assert "Welcome" not in words
    assert 'name="say"' in source_at(ada, NOON)


def test_a_newcomer_is_told_the_first_steps(lab, nia):
    words, page = said_at(nia, NOON), source_at(nia, NOON)
    assert "Welcome. Begin here" in words
    assert "Be shown how it works: Ar-Headset" in words
    assert 'href="/house/kinds/ar-headset/"' in page
    assert "Done" not in words


def test_what_a_newcomer_has_done_is_ticked_off(lab, ada):
    page = source_at(ada, NOON)
    assert page.count('<span class="tag">Done</span>') == 1
    assert "/house/kinds/ar-headset/" not in page.partition("sentence")[0]


def test_what_wants_an_answer_comes_before_what_waits_for_staff(lab, ada):
    holds = {"hold_until": at("20:00")}
    has(ada, lab["ar-headset-1"], state=State.REQUESTED, **holds)
    asked = has(ada, lab["ar-headset-2"], state=State.REQUESTED, **holds)
    asked.question, asked.question_at = "For what?", NOON
    asked.save()
    kept = has(ada, lab["seat-1"], state=State.HELD, is_hold=True, **holds)
    mine = home(ada, NOON)["mine"]
    assert {row.booking for row in mine.waits[:2]} == {asked, kept}
    assert len(mine.waits) == 3
    assert "Staff have a question." in said_at(ada, NOON)


def test_only_what_wants_an_answer_is_said_to_wait_for_oneself(lab, ada):
    asked = has(ada, lab["ar-headset-1"], state=State.REQUESTED, hold_until=at("20:00"))
    assert "Waits for you" not in said_at(ada, NOON)
    assert "Waiting All my bookings" in said_at(ada, NOON)
    assert "Alle deine Buchungen" in said_at(ada, NOON, "de")
    asked.question, asked.question_at = "For what?", NOON
    asked.save()
    assert "Waits for you" in said_at(ada, NOON)


def test_what_a_group_has_and_asks_for_is_everybodys_in_it(lab, ada, ben, sam):
    group = make_group("Loom", by=sam, at=MADE_AT)
    for name in ("Ada", "Ben"):
        add_member(group.pk, name, by=sam, at=MADE_AT)
    coming = has(ben, lab["seat-1"], group=group, self_service=True)
    asked = has(
        ben, lab["ar-headset-1"], state=State.REQUESTED, group=group, hold_until=at("20:00")
    )
    found = home(ada, NOON)["mine"]
    assert found.next.row.booking == coming
    assert [row.booking for row in found.waits] == [asked]
    assert "with Ben · Loom Check in from 13:30." in said_at(ada, NOON)


def test_a_series_that_waits_is_one_line(lab, ada):
    dates = ask(ada, "ar-headset-1", period=hours(10), rrule="FREQ=WEEKLY;COUNT=9")
    has(ada, lab["ar-headset-2"], state=State.REQUESTED, hold_until=at("20:00"))
    mine = home(ada, dates[0].requested_at)["mine"]
    assert len(mine.waits) == 2


def test_what_one_takes_part_in_is_ones_next_thing_too(lab, ada, ben):
    booking = has(ben, lab["seat-1"])
    Participant.objects.create(booking=booking, person=ada, added_at=NOON)
    assert "Seat 1 Tue 12 Jan, 14:00–16:00 · 2 hours · with Ben" in said_at(ada, NOON)


def test_an_induction_one_goes_to_stands_there_with_its_place(lab, nia, sam):
    take_place(a_slot(sam).pk, by=nia, at=OFFERED)
    words = said_at(nia, NIGHT - DAY)
    assert "Induction: Ar-Headset" in words
    assert "Workshop" in words
    assert "Induction:" not in said_at(nia, NIGHT)


def test_nobody_elses_bookings_are_told(lab, ada, ben):
    has(ben, lab["seat-1"], purpose="Secret plans")
    has(ben, lab["ar-headset-1"], state=State.REQUESTED)
    words = said_at(ada, NOON)
    assert "Ben" not in words
    assert "Secret" not in words


def test_a_house_where_nothing_needs_an_induction_asks_for_none(lab, nia):
    new_rules(lab["ar-headset-1"].type)
    assert "Be shown" not in said_at(nia, NOON)


def test_it_is_german_by_day_and_by_night(lab, ada):
    has(ada, lab["seat-1"], self_service=True)
    assert "Als Nächstes In 2 Stunden." in said_at(ada, NOON, "de")
    night = said_at(ada, NIGHT, "de").replace("\u00a0", " ")
    assert "Das Haus ist geschlossen. Es öffnet morgen um 7 Uhr." in night
