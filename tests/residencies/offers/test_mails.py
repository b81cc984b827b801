"""What is told of offers, to whom, and only while it is true."""

import pytest

from labbooking.notifications.actions import Outcome, plan
from labbooking.period import DAY, HOUR, MINUTE
from labbooking.residencies.offers import actions
from labbooking.residencies.offers.actions import scheduled
from residents.models import Role
from tests.notifications.conftest import mailbox  # noqa: F401 - a fixture
from tests.notifications.post import tell, text
from tests.people import person
from tests.residencies.offers.offering import ANSWER_BY, NOW, applied, sent

pytestmark = pytest.mark.django_db
DAYS = "Studio 1, Monday 5 April 2027 to Monday 31 May 2027"


@pytest.fixture
def lin(db):
    return person("Lin", Role.APPLICANT, time_zone="America/New_York")


@pytest.fixture
def offer(lab, lin, sam, kim):
    return sent(applied(lin, sam), sam, words="We liked the bell.")


def test_a_whole_life_in_mails(offer, lin, sam, mailbox):  # noqa: F811
    tell(NOW + MINUTE)
    mail = mailbox.only()
    assert (mail["To"], mail["Subject"]) == (
        "lin@daig.example", f"We offer you a stay: {DAYS}"
    )  # fmt: skip
    said = text(mail)
    assert "We liked the bell." in said
    assert "15 March 2027, 10:00 in the house, which is Monday 15 March 2027, 05:00 in New" in said
    assert f"/offers/{offer.pk}/" in said
    mailbox.empty()

    scheduled.tick(NOW + 7 * DAY)
    tell(NOW + 7 * DAY)
    actions.ask_for_another_time(offer.pk, "In June?", by=lin, at=NOW + 8 * DAY)
    tell(NOW + 8 * DAY)
    scheduled.tick(ANSWER_BY - HOUR)
    tell(ANSWER_BY - HOUR)
    actions.prolong(offer.pk, ANSWER_BY + DAY, by=sam, at=ANSWER_BY - MINUTE)
    tell(ANSWER_BY - MINUTE)
    assert mailbox.subjects == [
        ("lin", f"Half of the time is over: {DAYS}"),
        ("lin", f"The last day to answer: {DAYS}"),
        ("lin", f"You have more time: {DAYS}"),
        ("sam", f"Lin asks for another time: {DAYS}"),
    ]
    mailbox.empty()

    actions.accept_offer(offer.pk, by=lin, at=ANSWER_BY)
    tell(ANSWER_BY + MINUTE)
    subjects = mailbox.subjects
    assert ("lin", f"You are coming: {DAYS}") in subjects
    assert ("sam", f"Accepted by Lin: {DAYS}") in subjects


def test_what_was_called_back_meanwhile_is_not_offered_any_more(offer, lin, sam, mailbox):  # noqa: F811
    plan(NOW)
    actions.call_back(offer.pk, "Water damage.", by=sam, at=NOW + MINUTE)
    outcomes = tell(NOW + 2 * MINUTE)
    assert Outcome.DROPPED in outcomes
    assert mailbox.subjects == [("lin", f"We have to take our offer back: {DAYS}")]
    assert "Water damage." in text(mailbox.only())


def test_no_mail_of_an_offer_once_its_time_is_over(offer, lin, mailbox):  # noqa: F811
    plan(NOW)
    assert tell(ANSWER_BY) == [Outcome.DROPPED]
    scheduled.tick(ANSWER_BY)
    tell(ANSWER_BY + MINUTE)
    assert mailbox.subjects == [
        ("lin", f"The offer has lapsed: {DAYS}"),
        ("sam", f"Not answered by Lin: {DAYS}"),
    ]


def test_who_sent_it_hears_the_answer_and_all_staff_where_they_have_left(offer, lin, sam, mailbox):  # noqa: F811
    tell(NOW)
    mailbox.empty()
    type(sam).objects.filter(pk=sam.pk).update(is_active=False)
    actions.refuse_offer(offer.pk, "I am in Rome.", by=lin, at=NOW + HOUR)
    tell(NOW + 2 * HOUR)
    (subject,) = mailbox.subjects
    assert subject == ("kim", f"Declined by Lin: {DAYS}")
    assert "I am in Rome." in text(mailbox.only())


def test_who_is_put_on_the_reserve_list_hears_until_when_it_holds(lab, lin, sam, mailbox):  # noqa: F811
    application = applied(lin, sam)
    actions.put_on_reserve(application.pk, by=sam, at=NOW)
    plan(NOW)
    sent_at = NOW + MINUTE
    tell(sent_at)
    assert mailbox.subjects == [("lin", "You are on the reserve list: A summer in the Daig")]
    assert "Sunday 3 October 2027" in text(mailbox.only())
    mailbox.empty()
    application.refresh_from_db()
    offer = sent(application, sam, at=sent_at)
    tell(sent_at)
    assert [subject for _who, subject in mailbox.subjects] == [f"We offer you a stay: {DAYS}"]
    assert offer.application.state == "offered"


def test_who_is_involved_by_then_gets_no_mail_of_an_answer(
    offer,
    lin,
    sam,
    kim,
    mailbox,  # noqa: F811
):
    tell(NOW + MINUTE)
    mailbox.empty()
    type(sam).objects.filter(pk=sam.pk).update(is_active=False)  # who sent it has left
    applied(kim, sam, code="KIMI")
    mia = person("Mia", Role.STAFF)
    actions.refuse_offer(offer.pk, by=lin, at=NOW + HOUR)
    tell(NOW + HOUR + MINUTE)
    assert {mail["To"] for mail in mailbox.mails} & {kim.email, mia.email} == {mia.email}
