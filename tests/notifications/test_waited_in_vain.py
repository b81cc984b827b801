"""Who waited for a time that never became free is told so once, with ways on."""

from urllib.parse import parse_qs, urlsplit

import pytest
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import confirm
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.waitlist import leave
from labbooking.bookings.transaction.offers import OFFER_LASTS
from labbooking.journal.models import Entry, Untold
from labbooking.notifications.actions import plan
from labbooking.notifications.models import OPEN, Notification
from labbooking.period import DAY, HOUR, MINUTE, Period
from residents.models import Role
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, now, wait_for
from tests.lab import BERLIN, berlin
from tests.notifications.post import html, tell, text
from tests.people import person
from tests.processes import eventually

START = TEN_TO_TWELVE.start
TICK = "labbooking.bookings.tasks.tick"
MESSAGES = "labbooking.notifications.tasks.plan_and_deliver"
in_one_process = pytest.mark.django_db


@pytest.fixture
def waited(lab, ada, ben, mailbox):
    """Ben waited for Ada's seat, and now its time begins."""
    ask(ada, "seat-1")
    return wait_for(ben, "seat-1")


def mails_to(mailbox, who):
    return [mail for mail in mailbox.mails if mail["To"] == who.email]


@in_one_process
def test_who_waited_in_vain_gets_one_mail_with_the_next_free_time_and_the_finder(
    waited, ben, mailbox, settings
):
    settings.PUBLIC_URL = "https://lab.example"
    for at in (START, START + MINUTE, START + HOUR):
        scheduled.tick(at)
        tell(at)

    (mail,) = mails_to(mailbox, ben)
    assert mail["Subject"].strip() == "Not free this time: Seat 1, Tue 24 Nov, 10:00–12:00"
    for part in (text(mail), html(mail)):
        assert "without becoming free;" in part
        assert "free for as long: Tue 24 Nov, 12:00–14:00." in part
        assert "https://lab.example/book/?resource=seat-1" in part
    assert "What: Seat 1" in text(mail)


@in_one_process
def test_it_is_german_for_who_reads_german(lab, ada, mailbox):
    eva = person("Eva", Role.CREATIVE, language="de")
    ask(ada, "seat-1")
    wait_for(eva, "seat-1")
    scheduled.tick(START)
    tell(START)

    (mail,) = mails_to(mailbox, eva)
    assert mail["Content-Language"] == "de"
    assert mail["Subject"].strip() == "Diesmal nicht frei: Seat 1, Di 24. Nov., 10–12 Uhr"
    assert "nicht frei geworden" in text(mail)


@in_one_process
def test_the_button_finds_the_same_things_for_as_long(waited, ben, mailbox, signed_in):
    scheduled.tick(START)
    tell(START)

    address = next(line for line in text(mails_to(mailbox, ben)[0]).split() if "/book/" in line)
    asked = parse_qs(urlsplit(address).query)
    assert asked == {"resource": ["seat-1"], "find": ["1"], "length": ["120"]}
    found = signed_in(ben).get(f"/book/?{urlsplit(address).query}")
    assert found.status_code == 200
    assert b"Seat 1" in found.content


@in_one_process
def test_who_waited_for_any_of_a_kind_by_the_night_finds_such_nights(lab, ada, ben, sam, mailbox):
    nights = Period(berlin("2026-11-24 15:00"), berlin("2026-11-27 11:00"))
    for number in (1, 2, 3):
        actions.approve(ask(ada, f"studio-{number}", period=nights).pk, by=sam, at=NOW)
    wait_for(ben, types={"studio": 1}, period=nights)
    scheduled.tick(nights.start)
    tell(nights.start)

    body = text(mails_to(mailbox, ben)[0])
    assert "/book/?type=studio:1&find=1&by=night&nights=3" in body
    assert "free for as long: Sat 28 Nov, 15:00 – Tue 1 Dec, 11:00." in body


@in_one_process
def test_what_is_free_no_time_soon_is_said(waited, ben, mailbox):
    Resource.objects.filter(slug="seat-1").update(is_bookable=False)
    scheduled.tick(START)
    tell(START)

    assert "Nothing as long is free in the next 2 weeks" in text(mails_to(mailbox, ben)[0])


# Who is told nothing


@in_one_process
def test_who_left_the_list_is_told_nothing(waited, ben, mailbox):
    leave(waited.pk, by=ben, at=NOW)
    scheduled.tick(START)
    tell(START)

    assert now(waited).state == "left"
    assert mails_to(mailbox, ben) == []


@in_one_process
def test_who_took_an_offer_hears_of_the_booking_alone(lab, ada, ben, mailbox):
    booking = ask(ada, "seat-1")
    wait = wait_for(ben, "seat-1")
    actions.cancel(booking.pk, by=ada, at=NOW)
    confirm(now(wait).booking.pk, by=ben, at=NOW)
    scheduled.tick(START)
    tell(START)

    assert not Entry.objects.filter(kind="waiting.passed").exists()
    assert not [each for each in mails_to(mailbox, ben) if "Not free" in each["Subject"]]


@in_one_process
def test_whose_offer_lapsed_hears_that_and_not_this(lab, ada, ben, mailbox):
    booking = ask(ada, "seat-1")
    wait_for(ben, "seat-1")
    actions.cancel(booking.pk, by=ada, at=NOW)
    for at in (NOW + OFFER_LASTS, START):
        scheduled.tick(at)
        tell(at)

    assert [each["Subject"].split(":")[0].strip() for each in mails_to(mailbox, ben)] == [
        "No longer kept for you"
    ]


@in_one_process
def test_who_has_booked_what_was_left_of_it_is_told_nothing(lab, ada, ben, mailbox):
    longer = ask(ada, "seat-1")
    wait_for(ben, "seat-1")
    wait_for(ben, "seat-1", "seat-2")
    middle = START + HOUR
    move(longer.pk, by=ada, at=NOW, to=Period(START, middle))
    ask(ben, "seat-1", period=Period(middle, TEN_TO_TWELVE.end))
    scheduled.tick(START)
    tell(START)

    told = [each["Subject"].split(",")[0].strip() for each in mails_to(mailbox, ben)]
    assert Entry.objects.filter(kind="waiting.passed").count() == 2
    assert [each for each in told if "Not free" in each] == ["Not free this time: Seat 1"]
    assert "What: Seat 1, Seat 2" in "".join(map(text, mails_to(mailbox, ben)))


@in_one_process
def test_what_has_become_untrue_before_it_left_is_not_sent(waited, ada, ben, mailbox):
    scheduled.tick(START)
    plan(START)
    (booking,) = ada.bookings.all()
    move(booking.pk, by=ada, at=START, to=Period(START, START + HOUR))
    ask(ben, "seat-1", period=Period(START + HOUR, TEN_TO_TWELVE.end), at=START)

    tell(START)

    assert Notification.objects.get(template="waited_in_vain").dropped_reason == "no longer true"
    assert [each for each in mails_to(mailbox, ben) if "Not free" in each["Subject"]] == []


@in_one_process
def test_three_who_waited_are_planned_in_as_many_queries_as_one(lab, ada, ben, nia, mailbox):
    def asked(at):
        scheduled.tick(at)
        Untold.objects.exclude(entry__kind="waiting.passed").delete()
        with CaptureQueriesContext(connection) as queries:
            plan(at)
        return len(queries)

    ask(ada, "seat-1")
    wait_for(ben, "seat-1")
    one = asked(START)
    for number in (1, 2, 3):
        later = TEN_TO_TWELVE.moved(number * DAY)
        ask(ada, "seat-1", period=later)
        wait_for(nia if number < 3 else ben, "seat-1", period=later)
    three = asked(START + 3 * DAY)

    assert Notification.objects.filter(template="waited_in_vain").count() == 4
    assert three == one


@pytest.mark.worker
def test_a_real_worker_says_it_once(celery_worker_process, lab, ada, ben, mailbox):
    yesterday = timezone.now().astimezone(BERLIN).date() - DAY
    early, ten, twelve = (berlin(f"{yesterday} {scheduled}:00") for scheduled in ("08", "10", "12"))
    ask(ada, "seat-1", period=Period(ten, twelve), at=early)
    wait_for(ben, "seat-1", period=Period(ten, twelve), at=early)

    for task in (TICK, TICK, MESSAGES):
        current_app.send_task(task)
    eventually(lambda: Entry.objects.filter(kind="waiting.passed").exists())
    for _ in range(2):
        current_app.send_task(TICK)
        current_app.send_task(MESSAGES)
    eventually(lambda: mails_to(mailbox, ben))
    eventually(lambda: not Notification.objects.filter(OPEN).exists())

    assert Entry.objects.filter(kind="waiting.passed").count() == 1
    (mail,) = mails_to(mailbox, ben)
    assert mail["Subject"].strip().startswith("Not free this time: Seat 1")
