"""Who asked for an induction hears that appointments are offered, once, and only while it helps."""

import pytest

from labbooking.inductions.actions.offer import call_off
from labbooking.inductions.actions.places import take_place
from labbooking.notifications.actions import plan
from labbooking.notifications.messages.inductions.offered import TEMPLATE, TOGETHER
from labbooking.notifications.models import Notification
from labbooking.period import DAY, HOUR
from residents.actions import give_induction, request_induction
from residents.models import Role, User
from tests.inductions.offered import START, TOPIC, a_slot
from tests.notifications.post import NOW, html, tell, text
from tests.people import person

pytestmark = pytest.mark.django_db

SUBJECT = "You can take a place: induction on Ar-Headset"
SOON = NOW + HOUR


@pytest.fixture
def asked(lab, sam, nia, mailbox):
    """Nia has asked, and the desk knows."""
    request_induction(TOPIC, by=nia, at=NOW - DAY)
    tell(NOW)
    mailbox.empty()
    return nia


def test_a_name_that_was_stored_once_is_known_for_ever():
    assert TEMPLATE == "induction_offered"


def test_who_asked_hears_of_all_that_are_offered_in_one_mail(asked, sam, ada, mailbox, settings):
    settings.PUBLIC_URL = "https://lab.example"
    a_slot(sam, at=NOW)
    tell(NOW + TOGETHER / 2)
    a_slot(sam, START + DAY, at=NOW + TOGETHER / 2, location="Attic")
    tell(SOON)
    tell(SOON + HOUR)
    assert mailbox.subjects == [("nia", SUBJECT)]
    for part in (text(mailbox.only()), html(mailbox.only())):
        assert "Tue 12 Jan, 10:00–11:00, Workshop" in part
        assert "Wed 13 Jan, 10:00–11:00, Attic" in part
        assert "https://lab.example/inductions/" in part


def test_of_what_is_offered_on_another_day_there_is_another_mail(asked, sam, mailbox):
    a_slot(sam, at=NOW)
    tell(SOON)
    a_slot(sam, START + DAY, at=NOW + 2 * DAY)
    tell(NOW + 2 * DAY + TOGETHER)
    assert mailbox.subjects == [("nia", SUBJECT)] * 2


def test_who_has_not_asked_for_this_hears_nothing(lab, sam, ada, mailbox):
    request_induction("goggles", by=ada, at=NOW - DAY)
    Notification.objects.all().delete()
    slot = a_slot(sam, at=NOW)
    request_induction(TOPIC, by=person("Late"), at=NOW + HOUR)
    tell(NOW + 2 * HOUR)
    assert slot.topic == TOPIC
    assert not [who for who, subject in mailbox.subjects if subject == SUBJECT]


def untrue(nia, sam, slot):
    """What makes the mail useless, by name."""
    return {
        "taken": lambda: take_place(slot.pk, by=nia, at=SOON),
        "inducted": lambda: give_induction(nia, TOPIC, by=sam, at=SOON),
        "called off": lambda: call_off(slot.pk, by=sam, at=SOON),
        "full": lambda: take_place(slot.pk, by=person("Tom"), at=SOON),
        "leaves": lambda: User.objects.filter(pk=nia.pk).update(stays_until=START),
        "role": lambda: User.objects.filter(pk=nia.pk).update(role=Role.RESEARCHER),
    }


@pytest.mark.parametrize("why", ["taken", "inducted", "called off", "full", "leaves", "role"])
def test_what_is_of_no_use_any_more_is_not_sent(asked, sam, mailbox, why):
    slot = a_slot(sam, at=NOW, people=1)
    plan(NOW)
    untrue(asked, sam, slot)[why]()
    tell(SOON)
    assert SUBJECT not in [subject for _who, subject in mailbox.subjects]
    told = Notification.objects.get(template=TEMPLATE)
    assert told.dropped_reason == "no longer true"


def test_what_was_not_sent_counts_for_nothing(asked, sam, mailbox):
    slot = a_slot(sam, at=NOW)
    plan(NOW)
    call_off(slot.pk, by=sam, at=NOW)
    tell(SOON)
    a_slot(sam, START + DAY, at=SOON)
    tell(SOON + HOUR)
    assert mailbox.subjects == [("nia", SUBJECT)]


def test_more_who_asked_take_no_more_queries(asked, sam, django_assert_max_num_queries):
    def queries():
        a_slot(sam, at=NOW)
        with django_assert_max_num_queries(30) as counted:
            plan(NOW)
        return len(counted)

    with_one = queries()
    Notification.objects.all().delete()
    for name in ("Tom", "Eva"):
        request_induction(TOPIC, by=person(name), at=NOW - HOUR)
    while plan(NOW):
        pass
    Notification.objects.all().delete()
    assert queries() == with_one
    assert Notification.objects.filter(template=TEMPLATE).count() == 3
