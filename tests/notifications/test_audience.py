"""Who hears of what: each kind of entry gives exactly the mails it should."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.journal.kinds import TOLD
from labbooking.journal.models import Untold
from labbooking.notifications.actions import plan
from labbooking.notifications.messages import waitlist
from labbooking.notifications.messages.audience import WHO_HEARS_OF_WHAT
from labbooking.notifications.messages.wording import WORDS
from labbooking.notifications.models import Notification
from residents.models import Role
from tests.lab import berlin
from tests.notifications.post import LATER, NOW, ask, html, tell, text
from tests.people import person

WHEN = "Tue 12 Jan, 10:00–12:00"
START = berlin("2027-01-12 10:00")
END = berlin("2027-01-12 12:00")
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


def test_every_kind_about_bookings_that_is_told_has_hearers_and_words():
    about_bookings = {kind for kind in TOLD if kind.startswith(("booking.", "waiting."))}
    assert about_bookings - waitlist.KINDS == set(WHO_HEARS_OF_WHAT)
    templates = {each.template for tellings in WHO_HEARS_OF_WHAT.values() for each in tellings}
    assert templates == set(WORDS)


def test_a_request_is_acknowledged_and_shown_to_all_staff(lab, ada, ben, sam, kim, rui, mailbox):
    ask(ada, "ar-headset-2", purpose="A test flight")
    tell()
    assert mailbox.subjects == [
        ("ada", f"Waiting for an answer: Ar Headset 2, {WHEN}"),
        ("kim", f"Ada asks for Ar Headset 2, {WHEN}"),
        ("sam", f"Ada asks for Ar Headset 2, {WHEN}"),
    ]
    to_sam = next(mail for mail in mailbox.mails if mail["To"] == sam.email)
    assert "A test flight" in text(to_sam)
    assert "/approvals/" in text(to_sam)


def test_staff_who_left_and_those_who_asked_themselves_hear_of_no_request(
    lab, ada, sam, kim, mailbox
):
    kim.is_active = False
    kim.save()
    ask(ada, "ar-headset-2", by=sam)
    tell()
    assert [name for name, _ in mailbox.subjects] == ["ada"]


def test_what_is_confirmed_at_once_is_told_once_and_to_the_person_alone(lab, ada, sam, mailbox):
    ask(ada, "seat-1")
    tell()
    assert mailbox.subjects == [("ada", f"Confirmed: Seat 1, {WHEN}")]


def test_an_approval_is_told_to_the_person(lab, ada, sam, mailbox):
    (booking,) = ask(ada, "ar-headset-2", "seat-1")
    tell()
    mailbox.empty()
    actions.approve(booking.pk, by=sam, at=LATER)
    tell(LATER + MINUTE)
    assert mailbox.subjects == [("ada", f"Confirmed: Ar Headset 2 and Seat 1, {WHEN}")]
    assert f"/bookings/{booking.pk}/" in text(mailbox.only())


def test_who_is_approved_before_the_acknowledgement_left_hears_of_the_approval_alone(
    lab, ada, sam, mailbox
):
    (booking,) = ask(ada, "ar-headset-2")
    actions.approve(booking.pk, by=sam, at=LATER)
    tell(LATER + MINUTE)
    assert mailbox.subjects == [("ada", f"Confirmed: Ar Headset 2, {WHEN}")]


def test_a_no_comes_with_its_reason(lab, ada, sam, mailbox):
    (booking,) = ask(ada, "ar-headset-2")
    actions.decline(booking.pk, by=sam, at=LATER, reason="Wird <geprüft> & repariert.")
    tell(LATER + MINUTE)
    assert mailbox.subjects == [("ada", f"Declined: Ar Headset 2, {WHEN}")]
    mail = mailbox.only()
    assert "Wird <geprüft> & repariert." in text(mail)
    assert "Wird &lt;geprüft&gt; &amp; repariert." in html(mail)
    assert "Sam" in text(mail)


def test_a_request_that_nobody_answered_is_told_to_the_person(lab, ada, sam, mailbox):
    (booking,) = ask(ada, "ar-headset-2")
    tell()
    mailbox.empty()
    scheduled.tick(booking.hold_until)
    tell(booking.hold_until + MINUTE)
    assert mailbox.subjects == [("ada", f"Not answered in time: Ar Headset 2, {WHEN}")]


def test_a_cancellation_is_told_only_to_a_person_who_did_not_do_it(lab, ada, sam, mailbox):
    mine, theirs = ask(ada, "seat-1") + ask(ada, "seat-2")
    tell()
    mailbox.empty()
    actions.cancel(mine.pk, by=ada, at=LATER)
    actions.cancel(theirs.pk, by=sam, at=LATER, reason="A pipe burst.")
    tell(LATER + MINUTE)
    assert mailbox.subjects == [("ada", f"Cancelled: Seat 2, {WHEN}")]
    assert "A pipe burst." in text(mailbox.only())


def test_who_did_not_come_is_told(lab, ada, mailbox):
    (booking,) = ask(ada, "seat-1")
    tell()
    mailbox.empty()
    Booking.objects.filter(pk=booking.pk).update(release_due_at=START + 15 * MINUTE)
    scheduled.tick(START + 15 * MINUTE)
    tell(START + 16 * MINUTE)
    assert mailbox.subjects == [("ada", f"Nobody came: Seat 1, {WHEN}")]


def test_the_day_before_the_person_is_reminded_once(lab, ada, mailbox):
    ask(ada, "seat-1")
    tell()
    mailbox.empty()
    for at in (START - timedelta(days=1), START - timedelta(hours=23)):
        scheduled.tick(at)
        tell(at)
    assert mailbox.subjects == [("ada", "On Tuesday 12 January, 10:00: Seat 1")]


def test_before_the_end_the_person_is_reminded_to_bring_it_back(lab, ada, sam, mailbox):
    (booking,) = ask(ada, "ar-headset-2")
    actions.approve(booking.pk, by=sam, at=NOW)
    actions.check_in(booking.pk, by=sam, at=START)
    tell(START)
    mailbox.empty()
    Booking.objects.filter(pk=booking.pk).update(return_reminder_at=END - 15 * MINUTE)
    scheduled.tick(END - 15 * MINUTE)
    tell(END - 15 * MINUTE)
    assert mailbox.subjects == [("ada", "Due back at 12:00: Ar Headset 2")]


def test_a_series_is_told_in_one_mail_that_lists_the_dates(lab, ada, sam, mailbox):
    bookings = ask(ada, "ar-headset-2", rrule="FREQ=WEEKLY;COUNT=3")
    assert len(bookings) == 3
    tell()
    assert mailbox.subjects == [
        ("ada", f"Waiting for an answer: Ar Headset 2, {WHEN} and 2 more dates"),
        ("sam", f"Ada asks for Ar Headset 2, {WHEN} and 2 more dates"),
    ]
    mailbox.empty()
    actions.approve(bookings[1].pk, by=sam, at=LATER)
    actions.cancel(bookings[0].pk, by=ada, at=LATER)
    tell(LATER + MINUTE)
    mail = mailbox.only()
    assert (
        mail["Subject"].strip()
        == "Confirmed: Ar Headset 2, Tue 19 Jan, 10:00–12:00 and 1 more date"
    )
    for part in (text(mail), html(mail)):
        assert "Tue 12 Jan" not in part
        assert "Tue 19 Jan, 10:00–12:00" in part
        assert "Tue 26 Jan, 10:00–12:00" in part


def test_single_dates_of_a_series_are_told_one_by_one(lab, ada, sam, mailbox):
    bookings = ask(ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3")
    tell()
    mailbox.empty()
    for booking in bookings[:2]:
        actions.cancel(booking.pk, by=sam, at=LATER, reason="Holidays.", scope=Scope.ONE)
    tell(LATER + MINUTE)
    assert mailbox.subjects == [
        ("ada", f"Cancelled: Seat 1, {WHEN}"),
        ("ada", "Cancelled: Seat 1, Tue 19 Jan, 10:00–12:00"),
    ]


def test_each_hears_in_their_own_language(lab, sam, mailbox):
    lab["ar-headset-2"].name_de = "AR-Brille 2"
    lab["ar-headset-2"].save()
    eva = person("Eva", language="de")
    ask(eva, "ar-headset-2", by=sam, override_reason="First visit.")
    tell()
    mail = mailbox.only()
    assert mail["Content-Language"] == "de"
    assert "AR-Brille 2" in mail["Subject"]
    assert "Di 12. Jan., 10–12 Uhr" in mail["Subject"]
    assert 'lang="de"' in html(mail)
    assert "AR-Brille 2" in text(mail)


def test_times_are_told_by_the_clocks_of_the_house(lab, ada, mailbox, settings):
    settings.TIME_ZONE = "Europe/London"
    ask(ada, "seat-1")
    tell()
    assert mailbox.subjects == [("ada", "Confirmed: Seat 1, Tue 12 Jan, 09:00–11:00")]


def test_a_mail_has_one_button_a_text_as_good_and_nothing_from_elsewhere(
    lab, ada, mailbox, settings
):
    settings.PUBLIC_URL = "https://lab.example"
    (booking,) = ask(ada, "seat-1", purpose="Drawing")
    tell()
    mail = mailbox.only()
    address = f"https://lab.example/bookings/{booking.pk}/"
    assert html(mail).count("<a ") == html(mail).count(f'href="{address}"') == 1
    assert "<img" not in html(mail)
    assert "http" not in html(mail).replace(address, "")
    for part in (text(mail), html(mail)):
        for word in (address, "Seat 1", WHEN, "2 hours", "Drawing"):
            assert word in part


def test_entries_are_planned_once_however_often_it_is_asked(lab, ada, sam, mailbox):
    ask(ada, "ar-headset-2")
    tell()
    tell(LATER + MINUTE)
    assert len(mailbox.mails) == 2
    assert Notification.objects.count() == 2
    assert not Untold.objects.exists()


def test_many_entries_are_planned_with_as_many_queries_as_one(lab, ada, sam):
    def queries_for(seats, day):
        for number in range(1, seats + 1):
            ask(ada, f"seat-{number}", start=f"2027-01-{day} 10:00", end=f"2027-01-{day} 12:00")
        with CaptureQueriesContext(connection) as queries:
            assert plan(LATER) == 2 * seats
        return len(queries)

    assert queries_for(1, day=12) == queries_for(3, day=13)


def test_people_of_other_roles_hear_nothing_of_requests(lab, ada, mailbox):
    person("Admin", Role.ADMIN)
    person("Rui", Role.RESEARCHER)
    ask(ada, "ar-headset-2")
    tell()
    assert [name for name, _ in mailbox.subjects] == ["ada"]
