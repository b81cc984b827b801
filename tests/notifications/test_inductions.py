"""Mails about inductions: who gives them hears who asks, and the person hears what came of it."""

from datetime import timedelta

import pytest

from labbooking.bookings.models import Approver
from labbooking.journal.kinds import TOLD
from labbooking.notifications.actions import plan
from labbooking.notifications.messages.registry import KINDS, MATTERS
from labbooking.notifications.models import Notification
from labbooking.period import DAY, HOUR
from residents.actions import give_induction, request_induction, withdraw_induction
from residents.models import User
from tests.notifications.post import LATER, NOW, html, tell, text
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(lab, nia, mailbox):
    """Nia, who has asked for an induction on the headsets."""
    request_induction("ar-headset", by=nia, at=NOW)
    return nia


def test_everything_that_is_told_is_one_matter():
    assert KINDS == TOLD
    assert sum(len(matter.kinds) for matter in MATTERS) == len(KINDS)


def test_all_staff_hear_who_asks(asked, ada, sam, kim, rui, mailbox, settings):
    settings.PUBLIC_URL = "https://lab.example"
    tell()
    words = "Nia asks for an induction: Ar-Headset"
    assert mailbox.subjects == [("kim", words), ("sam", words)]
    for part in (text(mailbox.mails[0]), html(mailbox.mails[0])):
        assert asked.email in part
        assert "https://lab.example/desk/inductions/" in part


def test_who_decides_on_the_type_hears_alone(asked, lab, sam, kim, mailbox):
    Approver.objects.create(type=lab["ar-headset-1"].type, person=kim)
    tell()
    assert [name for name, _ in mailbox.subjects] == ["kim"]


def test_it_is_said_once(asked, sam, mailbox):
    tell()
    tell(LATER + HOUR)
    assert [name for name, _ in mailbox.subjects] == ["sam"]
    assert Notification.objects.count() == 1


def test_staff_who_ask_are_not_told_of_themselves(lab, sam, kim, mailbox):
    request_induction("ar-headset", by=sam, at=NOW)
    tell()
    assert [name for name, _ in mailbox.subjects] == ["kim"]


def test_what_was_given_meanwhile_is_not_asked_for(asked, sam, mailbox):
    give_induction(asked, "ar-headset", by=sam, at=NOW)
    tell()
    assert mailbox.subjects == [("nia", "Inducted: Ar-Headset")]


def test_given_between_planning_and_sending_the_request_is_dropped(asked, sam, mailbox):
    plan(NOW)
    give_induction(asked, "ar-headset", by=sam, at=LATER)
    tell(LATER)
    assert mailbox.subjects == [("nia", "Inducted: Ar-Headset")]
    assert Notification.objects.get(recipient=sam).dropped_reason == "no longer true"


def test_who_has_left_is_not_shown_round(asked, sam, mailbox):
    User.objects.filter(pk=asked.pk).update(is_active=False)
    tell()
    assert mailbox.mails == []


def test_what_no_rule_asks_for_any_more_is_not_told(asked, lab, sam, mailbox):
    kind = lab["ar-headset-1"].type
    type(kind.rules).objects.filter(pk=kind.rules_id).update(induction="")
    tell()
    assert mailbox.mails == []


def test_the_person_hears_until_when_it_holds(lab, nia, sam, mailbox, settings):
    settings.PUBLIC_URL = "https://lab.example"
    give_induction(nia, "ar-headset", by=sam, at=NOW)
    tell()
    said = text(mailbox.only())
    assert "holds until Tuesday 4 January 2028" in said
    assert "https://lab.example/book/?type=ar-headset:1" in said


def test_the_person_hears_that_it_holds_no_longer(lab, nia, sam, mailbox):
    given = give_induction(nia, "ar-headset", by=sam, at=NOW)
    tell()
    mailbox.empty()
    withdraw_induction(given.pk, by=sam, at=NOW + DAY)
    tell(NOW + DAY)
    assert mailbox.subjects == [("nia", "Your induction is no longer valid: Ar-Headset")]


def test_a_slip_is_not_told_at_all(lab, nia, sam, mailbox):
    given = give_induction(nia, "ar-headset", by=sam, at=NOW)
    withdraw_induction(given.pk, by=sam, at=NOW + timedelta(seconds=5))
    give_induction(nia, "ar-headset", by=sam, at=NOW + timedelta(seconds=9))
    tell()
    assert mailbox.subjects == [("nia", "Inducted: Ar-Headset")]


def test_in_german(lab, sam, mailbox):
    eva = person("Eva", language="de")
    give_induction(eva, "ar-headset", by=sam, at=NOW)
    tell()
    assert mailbox.subjects == [("eva", "Eingewiesen: Ar-Headset")]
