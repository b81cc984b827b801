"""Staff and administrators: what waits, who comes, what goes back, what is out of use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.bookings.actions.closures import close
from labbooking.bookings.states import State
from labbooking.inductions.actions.places import take_place
from labbooking.inductions.actions.tick_off import tick_off
from labbooking.operations.heartbeats import Part, beat
from labbooking.period import DAY, HOUR, Period
from labbooking.today.queries import counts
from residents.actions import request_induction
from residents.models import User
from tests.bookings.days import booked as ask
from tests.bookings.days import hours
from tests.desk.outages import down, not_checked_in
from tests.desk.test_desk import booked
from tests.inductions.offered import TOPIC, a_slot
from tests.invited import a_request_for_an_account, an_invitation
from tests.lab import berlin
from tests.notifications.test_undelivered import lying
from tests.people import person
from tests.today.pages import said_at, source_at

pytestmark = pytest.mark.django_db

NOON, NIGHT = berlin("2027-01-12 12:00"), berlin("2027-01-12 23:30")


def at(clock):
    return berlin(f"2027-01-12 {clock}")


def shut(sam, things, start, end):
    why = {"reason_de": "Reparatur", "reason_en": "Repair"}
    close(things, Period(at(start), at(end)), **why, by=sam, at=at("00:00"))


def test_a_quiet_day_says_so(lab, sam):
    words = said_at(sam, NOON)
    assert "Waits for you Nothing waits for you." in words
    assert "Nobody is expected any more today, and nothing is due back." in words
    assert "Everything works." in words
    assert "Every e-mail has gone out." in words


def test_requests_arrivals_and_returns_with_one_press_each(lab, ada, ben, sam):
    booked(ada, lab["ar-headset-1"], at("14:00"), at("16:00"), State.REQUESTED)
    coming = booked(ada, lab["ar-headset-2"], at("12:30"), at("15:00"))
    back = booked(ben, lab["ar-headset-3"], at("09:00"), at("11:00"), State.IN_USE)
    words, page = said_at(sam, NOON), source_at(sam, NOON)
    assert "1 request is waiting for an answer. Decide" in words
    assert words.index("Overdue") < words.index("Expected")
    assert f'action="/bookings/{coming.pk}/check-in/?next=%2Ftoday%2F"' in page
    assert f"/bookings/{back.pk}/check-out/" in page
    assert "Was due back at 11:00, 1 hour ago." in words


def test_a_full_day_shows_the_first_few_and_how_many_more(lab, ada, sam):
    for number in range(1, 8):
        booked(ada, lab[f"seat-{number}"], at(f"13:{number:02}"), at("16:00"))
    words = said_at(sam, NOON)
    assert words.count("Expected at") == 4
    assert "and 3 more at the desk" in words


def test_after_closing_time_the_next_arrival_is_told(lab, ada, sam):
    booked(ada, lab["seat-1"], at("14:00"), at("16:00"), State.NO_SHOW)
    booked(ada, lab["seat-2"], at("09:00") + DAY, at("11:00") + DAY)
    words = said_at(sam, NIGHT)
    assert "The next one comes Wed 13 Jan, 09:00." in words
    assert "It opens tomorrow at 07:00." in words


def test_what_stays_out_for_days_is_not_said_to_be_in(lab, ada, sam):
    booked(ada, lab["studio-1"], at("09:00") - DAY, at("11:00") + 7 * DAY, State.IN_USE)
    words = said_at(sam, NOON)
    assert "nothing is due back" in words
    assert "nothing is out" not in words


def test_mails_laid_aside_and_what_an_outage_left_are_told(lab, ada, sam, signed_in):
    lying(ada)
    not_checked_in(ada, "seat-2")
    down()
    page = signed_in(sam).get("/today/").content.decode()
    assert "1 e-mail could not be delivered and is laid aside." in page
    assert "1 booking fell due while the house could not be reached." in page


def test_what_is_out_of_use_and_what_is_closed_now_is_listed(lab, sam):
    lab["ar-headset-4"].is_bookable = False
    lab["ar-headset-4"].save()
    shut(sam, [lab["seat-1"], lab["seat-2"]], "10:00", "18:00")
    shut(sam, [lab["board-1"]], "15:00", "18:00")
    words = said_at(sam, NOON)
    assert "Ar Headset 4 : Taken out of use." in words
    assert "Seat 1, Seat 2 : Repair, until Tue 12 Jan, 18:00." in words
    assert "Board 1 :" not in words


def test_much_that_is_closed_is_counted(lab, sam):
    seats = [lab[f"seat-{number}"] for number in range(1, 8)]
    shut(sam, [lab["board-1"], *seats], "10:00", "18:00")
    assert "7 seats and 1 board : Repair, until Tue 12 Jan, 18:00." in said_at(sam, NOON)


def test_a_holiday_breaks_nothing(lab, sam):
    shut(sam, list(lab.values()), "00:00", "23:59")
    words = said_at(sam, NOON)
    assert "The house is closed: Repair." in words
    assert "Everything works." in words


def test_how_old_the_last_backup_is(lab, sam, settings, tmp_path):
    assert "No backup is known of, and the house makes none by itself." in said_at(sam, NOON)
    settings.BACKUP_FOLDER = tmp_path
    assert "There is no backup yet. The worker’s log says why." in said_at(sam, NOON)
    beat(Part.BACKUP, at=NOON - 7 * HOUR)
    assert "The last backup is 7 hours old." in said_at(sam, NOON)
    beat(Part.BACKUP, at=NOON - 27 * HOUR)
    assert "The last backup is 27 hours old. The worker’s log says why." in said_at(sam, NOON)
    settings.BACKUP_FOLDER = None
    beat(Part.BACKUP, at=NOON - 9 * DAY)
    assert "The last backup is 9 days old. " in said_at(sam, NOON) + " "


def test_staff_who_book_see_their_own_next_thing_and_no_first_steps(lab, sam):
    assert "Welcome" not in said_at(sam, NOON)
    booked(sam, lab["seat-1"], at("14:00"), at("16:00"))
    assert "Next In 2 hours." in said_at(sam, NOON)


def test_an_administrator_sees_accounts_and_no_bookings(lab, ada, admin, sam):
    booked(ada, lab["ar-headset-1"], at("14:00"), at("16:00"), State.REQUESTED)
    User.objects.filter(pk=ada.pk).update(erasure_asked_at=NOON)
    words = said_at(admin, NOON)
    assert "1 person asks to be erased." in words
    assert "waiting for an answer" not in words
    assert "Ada" not in words
    assert "Invite somebody" in words


def test_who_asks_for_an_account_waits_for_the_whole_team(lab, admin, sam):
    a_request_for_an_account()
    for somebody in (admin, sam):
        assert "1 person asks for an account." in said_at(somebody, NOON)


def test_who_waits_for_an_induction_and_todays_are_told(lab, ada, nia, kim, sam):
    later = a_slot(sam, at("16:00"), at=NOON - DAY)
    for who, topic in ((nia, TOPIC), (person("Tom"), TOPIC), (ada, "of-old")):
        request_induction(topic, by=who, at=NOON - DAY)
    assert "2 requests for an induction are waiting. Look at it" in said_at(sam, NOON)
    assert "1 induction today, at 16:00. See who comes" in said_at(sam, NOON)
    take_place(later.pk, by=nia, at=NOON)
    a_slot(sam, at("14:00"), at=NOON - DAY)
    a_slot(sam, at("14:00") + DAY, at=NOON - DAY)
    words = said_at(kim, NOON)
    assert "1 request for an induction is waiting." in words
    assert "2 inductions today, the next at 14:00." in words
    User.objects.filter(name="Tom").update(is_active=False)
    assert "for an induction" not in said_at(kim, NOON)


def test_an_induction_that_has_begun_is_to_be_ticked_off_until_somebody_is(lab, nia, sam):
    slot, tom = a_slot(sam, at("11:00"), at=NOON - DAY), person("Tom")
    for each in (nia, tom):
        take_place(slot.pk, by=each, at=NOON - DAY)
    words = "1 induction has begun: tick off who is there. Tick off"
    assert words not in said_at(sam, at("10:59"))
    assert words in said_at(sam, NOON)
    assert words not in said_at(sam, NOON + DAY)
    tick_off(slot.pk, [nia.pk], by=sam, at=NOON)
    assert words not in said_at(sam, NOON)


def test_whose_giver_has_left_is_told(lab, kim, sam):
    a_slot(sam, at("14:00") + 5 * DAY, at=NOON)
    words = "1 induction is offered and nobody gives it. Look at it"
    assert words not in said_at(kim, NOON)
    User.objects.filter(pk=sam.pk).update(is_active=False)
    assert words in said_at(kim, NOON)


def test_invitations_that_ran_out_are_told_to_administrators(lab, admin):
    invitation = an_invitation(admin)
    now = timezone.now()
    found = counts(admin, now, now)
    assert (found.invitations, found.invitations_over) == (1, 0)
    found = counts(admin, now, invitation.expires_at + timedelta(seconds=1))
    assert (found.invitations, found.invitations_over) == (0, 1)
    assert "1 invitation ran out without an answer." in said_at(
        admin, invitation.expires_at + timedelta(seconds=1)
    )


def test_a_series_that_waits_counts_once(lab, ada, sam):
    ask(ada, "ar-headset-1", period=hours(10), rrule="FREQ=WEEKLY;COUNT=5")
    ask(ada, "ar-headset-2")
    now = timezone.now()
    assert counts(sam, now, now).waiting == 2
