"""Mails about inductions as appointments follow from the journal, and only while they are true."""

import uuid

import pytest

from labbooking.inductions.actions.offer import call_off, change
from labbooking.inductions.actions.places import give_back, take_place
from labbooking.inductions.actions.scheduled import tick
from labbooking.notifications.actions import plan
from labbooking.notifications.messages.inductions.slots import SLOT_MESSAGES
from labbooking.notifications.models import Notification
from labbooking.period import DAY, HOUR
from residents.models import Role, User
from tests.inductions.offered import START, a_slot, offering
from tests.notifications.post import LATER, NOW, html, tell, text
from tests.people import person

pytestmark = pytest.mark.django_db

WHEN = "Tue 12 Jan, 10:00–11:00"


@pytest.fixture
def slot(lab, sam, nia, mailbox):
    """Nia has a place in it, and has been told so."""
    slot = a_slot(sam, at=NOW)
    take_place(slot.pk, by=nia, at=NOW)
    return slot


def test_a_name_that_was_stored_once_is_known_for_ever():
    assert {each.template for each in SLOT_MESSAGES.values()} == {
        "induction_place",
        "induction_no_place",
        "induction_moved",
        "induction_called_off",
        "induction_soon",
        "induction_giver",
    }


def test_who_takes_a_place_hears_when_and_where(slot, mailbox, settings):
    settings.PUBLIC_URL = "https://lab.example"
    tell()
    tell(LATER + HOUR)
    assert mailbox.subjects == [("nia", f"You have a place: induction on Ar-Headset, {WHEN}")]
    for part in (text(mailbox.only()), html(mailbox.only())):
        assert "Workshop" in part
        assert "Sam" in part
        assert "https://lab.example/inductions/" in part


def test_who_gives_it_back_at_once_hears_nothing(slot, nia, mailbox):
    give_back(slot.pk, nia, by=nia, at=NOW)
    tell()
    assert mailbox.mails == []


def test_given_back_between_planning_and_sending_it_is_dropped(slot, nia, mailbox):
    plan(NOW)
    give_back(slot.pk, nia, by=nia, at=LATER)
    tell(LATER)
    assert mailbox.mails == []
    assert Notification.objects.get().dropped_reason == "no longer true"


def test_given_back_and_taken_anew_it_is_said_once(slot, nia, mailbox):
    give_back(slot.pk, nia, by=nia, at=NOW)
    take_place(slot.pk, by=nia, at=NOW + HOUR / 360)
    tell()
    assert len(mailbox.subjects) == 1


def test_whom_staff_take_off_is_told(slot, nia, sam, mailbox):
    tell()
    mailbox.empty()
    give_back(slot.pk, nia, by=sam, at=LATER)
    tell(LATER)
    assert mailbox.subjects == [("nia", f"No place any more: induction on Ar-Headset, {WHEN}")]


def test_everybody_with_a_place_hears_of_another_time_and_of_the_last_alone(
    slot, sam, ada, mailbox
):
    take_place(slot.pk, by=person("Tom"), at=NOW)
    tell()
    mailbox.empty()
    change(slot.pk, offering(sam, START + HOUR), by=sam, at=LATER)
    change(slot.pk, offering(sam, START + 2 * HOUR), by=sam, at=LATER + HOUR)
    tell(LATER + HOUR)
    words = "Changed: induction on Ar-Headset, Tue 12 Jan, 12:00–13:00"
    assert mailbox.subjects == [("nia", words), ("tom", words)]


def test_everybody_with_a_place_hears_that_it_is_called_off_and_why(slot, sam, mailbox):
    tell()
    mailbox.empty()
    call_off(slot.pk, by=sam, at=LATER, reason="Sam is ill.")
    tell(LATER)
    assert mailbox.subjects == [("nia", f"Called off: induction on Ar-Headset, {WHEN}")]
    assert "Sam is ill." in text(mailbox.only())


@pytest.mark.parametrize("lost", [{"is_active": False}, {"role": Role.CREATIVE}])
def test_staff_hear_once_whose_giver_has_left(slot, sam, kim, mailbox, lost, settings):
    settings.PUBLIC_URL = "https://lab.example"
    tell()
    mailbox.empty()
    User.objects.filter(pk=sam.pk).update(**lost)
    for at in (LATER, LATER + HOUR):
        tick(at)
        tell(at)
    assert mailbox.subjects == [("kim", f"Nobody gives it: induction on Ar-Headset, {WHEN}")]
    address = f"https://lab.example/desk/inductions/slots/{slot.pk}/"
    assert address in text(mailbox.only())


def test_named_or_called_off_meanwhile_nobody_hears_of_it(slot, lab, sam, kim, mailbox):
    off = a_slot(sam, START + DAY, at=NOW)
    tell()
    mailbox.empty()
    User.objects.filter(pk=sam.pk).update(is_active=False)
    tick(LATER)
    change(slot.pk, offering(kim), by=kim, at=LATER)
    call_off(off.pk, by=kim, at=LATER)
    tell(LATER)
    assert mailbox.mails == []
    assert tick(LATER) == 0


def test_who_is_erased_is_not_taken_for_everybody(slot, lab, sam, mailbox):
    take_place(slot.pk, by=person("Tom"), at=NOW)
    tell()
    mailbox.empty()
    give_back(slot.pk, User.objects.get(name="Tom"), by=sam, at=LATER)
    User.objects.filter(name="Tom").update(subject_key=uuid.uuid4())
    tell(LATER)
    assert mailbox.mails == []


def reminders(mailbox):
    return [who for who, subject in mailbox.subjects if subject.startswith("Soon:")]


def test_the_day_before_one_is_reminded_once(slot, mailbox):
    for at in (START - 2 * DAY, START - DAY, START - DAY + HOUR, START - HOUR):
        tick(at)
        tell(at)
    assert reminders(mailbox) == ["nia"]


def test_nobody_is_reminded_of_what_is_called_off_given_back_or_begun(slot, lab, sam, mailbox):
    off, back = a_slot(sam, at=NOW), a_slot(sam, at=NOW)
    tom, eva = person("Tom"), person("Eva")
    take_place(off.pk, by=tom, at=NOW)
    take_place(back.pk, by=eva, at=NOW)
    tell()
    call_off(off.pk, by=sam, at=LATER)
    give_back(back.pk, eva, by=eva, at=LATER)
    tick(START - DAY)
    tell(START)  # The mail server was away until it began.
    assert reminders(mailbox) == []


def test_called_off_between_the_reminder_and_its_mail_nothing_is_sent(slot, sam, mailbox):
    tell()
    tick(START - DAY)
    plan(START - DAY)
    call_off(slot.pk, by=sam, at=START - DAY)
    tell(START - DAY)
    assert reminders(mailbox) == []


def test_who_took_it_within_the_last_day_is_not_reminded(slot, sam, mailbox):
    late = a_slot(sam, at=NOW)
    take_place(late.pk, by=person("Tom"), at=START - HOUR)
    tick(START - HOUR / 2)
    tell(START - HOUR / 2)
    assert reminders(mailbox) == ["nia"]


def test_moved_to_later_one_is_reminded_of_the_new_time(slot, sam, mailbox):
    tick(START - DAY)
    tell(START - DAY)
    change(slot.pk, offering(sam, START + 3 * DAY), by=sam, at=START - DAY)
    tell(START - DAY)
    assert tick(START + DAY) == 0
    assert tick(START + 2 * DAY) == 1
    tell(START + 2 * DAY)
    assert reminders(mailbox) == ["nia", "nia"]


def test_what_is_long_over_is_forgotten_and_the_journal_stays(slot, mailbox):
    tell()
    end = slot.ends_at
    tick(end + 90 * DAY - HOUR)
    assert type(slot).objects.exists()
    tick(end + 90 * DAY)
    assert not type(slot).objects.exists()
    assert tell(end + 91 * DAY) == []


def test_more_people_take_no_more_queries(lab, sam, mailbox, django_assert_max_num_queries):
    def queries(names):
        slot = a_slot(sam, at=NOW, people=5)
        for name in names:
            take_place(slot.pk, by=person(name), at=NOW)
        tell(NOW)
        call_off(slot.pk, by=sam, at=LATER)
        with django_assert_max_num_queries(30) as counted:
            plan(LATER)
        return len(counted)

    with_one = queries(["Tom"])
    assert queries(["Eva", "Uma", "Ida"]) == with_one


def test_more_who_are_taken_off_take_no_more_queries(
    lab, sam, mailbox, django_assert_max_num_queries
):
    def queries(names):
        slot = a_slot(sam, at=NOW, people=5)
        for name in names:
            take_place(slot.pk, by=person(name), at=NOW)
        tell(NOW)
        for place in slot.taken.select_related("person"):
            give_back(slot.pk, place.person, by=sam, at=LATER)
        with django_assert_max_num_queries(30) as counted:
            plan(LATER)
        return len(counted)

    with_one = queries(["Tom"])
    assert queries(["Eva", "Uma", "Ida"]) == with_one
