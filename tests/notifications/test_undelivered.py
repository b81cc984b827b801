"""What cannot be sent is laid aside: staff see it, send it again or drop it; one notice a day."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking import when
from labbooking.errors import NotAllowed, NotThere
from labbooking.journal.models import Entry
from labbooking.notifications.actions import Outcome, deliver_next, plan
from labbooking.notifications.actions.laid_aside import (
    drop,
    notice_what_lies,
    send_again,
    send_all_again,
)
from labbooking.notifications.messages import (
    accounts,
    asking,
    house,
    invitations,
    summaries,
    waitlist,
)
from labbooking.notifications.messages.audience import MESSAGES
from labbooking.notifications.messages.inductions import asked_for, giving, offered, slots
from labbooking.notifications.messages.party import joining_in
from labbooking.notifications.messages.residencies import (
    applications,
    declined,
    going,
    jury,
    offers,
    reserve_list,
    stays,
)
from labbooking.notifications.models import Notification
from labbooking.notifications.undelivered import WHAT
from labbooking.period import Period
from residents.signin.asking.actions import prove
from residents.signin.asking.decisions import decline
from tests.bookings.days import said
from tests.lab import BERLIN, berlin
from tests.notifications.mail_server import mail_server
from tests.notifications.post import NOW, ask, tell
from tests.people import person
from tests.residents.signin.asking.requests import asks

pytestmark = pytest.mark.django_db

PAGE = "/desk/mail/"
DAY = timedelta(days=1)


@pytest.fixture
def server(settings):
    with mail_server() as started:
        settings.EMAIL_BACKEND = "labbooking.wire.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        yield started


def lying(somebody, slug="seat-1", at=NOW):
    """A mail that was refused twelve times."""
    ask(somebody, slug, at=NOW)
    while plan(NOW):
        pass
    mine = Notification.objects.filter(recipient=somebody)
    mine.update(
        laid_aside_at=at, first_failed_at=at, refusals=12, attempts=12, refused_what="recipient"
    )
    return mine.get()


def tries(at):
    """Tries until nothing is due any more for three weeks; how often, and until when."""
    count, until = 0, at + 21 * DAY
    while (due := Notification.objects.filter(laid_aside_at=None).first()) and due.due_at < until:
        at = max(at, due.due_at)
        deliver_next(at)
        count += 1
    return count, at


def test_after_twelve_refusals_it_is_laid_aside(lab, ada, server):
    server.refuses = {"RCPT": "550 5.1.1 nobody here"}
    ask(ada, "seat-1")
    plan(NOW)
    count, last = tries(NOW)
    assert count == 12
    assert Notification.objects.get().laid_aside_at == last
    assert deliver_next(last + DAY) is Outcome.NOTHING_DUE


def test_while_no_server_can_be_reached_it_takes_three_days(lab, ada, server, settings):
    settings.EMAIL_PORT = 1
    ask(ada, "seat-1")
    plan(NOW)
    _count, last = tries(NOW)
    assert 3 * DAY <= last - NOW < 3 * DAY + timedelta(hours=2)
    kept = Notification.objects.get()
    assert (kept.laid_aside_at, kept.first_failed_at, kept.refusals) == (last, NOW, 0)


def test_staff_see_to_whom_what_why_and_since_when_and_no_address(lab, ada, sam, signed_in):
    since = berlin("2027-01-04 12:00")
    booked = Period(berlin("2027-01-12 10:00"), berlin("2027-01-12 12:00"))
    lying(ada, at=since)
    staff = signed_in(sam)
    now = timezone.now()  # which year it is decides whether a year is said
    assert "1 e-mail could not be delivered." in said(staff.get("/desk/"))
    page = said(staff.get(PAGE))
    for words in (
        "To Ada",
        "Confirmed",
        f"Seat 1, {when.when(booked, BERLIN, at=now)}",
        "The mail server does not accept this address.",
        f"Since {when.moment(since, BERLIN, at=now)}.",
    ):
        assert words in page
    assert ada.email not in page


def test_a_lab_that_sends_its_mails_has_the_page_too(lab, ada, sam, signed_in, settings):
    settings.DEMO = False
    staff = signed_in(sam)
    assert PAGE not in said(staff.get("/desk/"))
    page = said(staff.get(PAGE))
    assert "Every e-mail has gone out." in page
    assert "E-mails the lab has written" not in page


def test_sent_again_it_has_all_its_tries_before_it(lab, ada, sam, signed_in, server):
    mail = lying(ada)
    answer = signed_in(sam).post(f"{PAGE}{mail.pk}/again/", follow=True)
    assert "It is on its way again." in said(answer)
    mail.refresh_from_db()
    assert (mail.refusals, mail.attempts, mail.laid_aside_at) == (0, 0, None)
    assert deliver_next(timezone.now()) is Outcome.SENT
    assert [each["Message-ID"] for each in server.mails] == [mail.message_id]
    told = Entry.objects.get(kind="mail.sent_again")
    touched = dict(told.objects_touched.values_list("qualifier", "key"))
    assert touched == {"person": str(ada.subject_key), "actor": str(sam.subject_key)}


def test_all_are_sent_again_at_once(lab, ada, ben, sam, signed_in):
    lying(ada)
    lying(ben, "seat-2")
    signed_in(sam).post(f"{PAGE}again/")
    assert not Notification.objects.filter(laid_aside_at__isnull=False).exists()
    assert Entry.objects.filter(kind="mail.sent_again").count() == 2


def test_to_send_three_again_costs_as_many_queries_as_one(lab, ada, sam):
    def queries(number):
        for each in range(number):
            lying(person(f"Guest{number}{each}"), f"seat-{number + each}")
        with CaptureQueriesContext(connection) as counted:
            assert send_all_again(by=sam, at=NOW) == number
        return len(counted)

    assert queries(1) == queries(3)


def test_dropped_nobody_gets_it(lab, ada, sam, signed_in, mailbox):
    mail = lying(ada)
    assert signed_in(sam).post(f"{PAGE}{mail.pk}/drop/").status_code == 302
    assert tell(timezone.now()) == []
    mail.refresh_from_db()
    assert (mail.laid_aside_at, mail.dropped_reason) == (None, "given up by staff")
    assert Entry.objects.filter(kind="mail.dropped").count() == 1
    assert signed_in(sam).post(f"{PAGE}{mail.pk}/drop/").status_code == 404


def test_only_staff_and_only_what_lies_there(lab, ada, sam):
    mail = lying(ada)
    with pytest.raises(NotAllowed):
        send_again(mail.pk, by=ada, at=NOW)
    with pytest.raises(NotAllowed):
        drop(mail.pk, by=ada, at=NOW)
    send_again(mail.pk, by=sam, at=NOW)
    with pytest.raises(NotThere):
        send_again(mail.pk, by=sam, at=NOW)


def test_staff_get_one_notice_a_day_and_not_at_night(lab, ada, sam, mailbox):
    lying(ada, at=NOW)
    told = [
        notice_what_lies(berlin(f"2027-01-{moment}"))
        for moment in ("05 06:59", "05 07:00", "05 07:01", "05 23:59", "06 00:01", "06 07:00")
    ]
    assert told == [False, True, False, False, False, True]
    at = berlin("2027-01-06 07:01")
    tell(at)
    assert mailbox.subjects == [("sam", "1 e-mail could not be delivered")] * 2


def test_where_nothing_lies_nobody_is_told(lab, ada, sam):
    mail = lying(ada)
    drop(mail.pk, by=sam, at=NOW)
    assert not notice_what_lies(berlin("2027-01-05 12:00"))


def test_a_notice_that_cannot_be_delivered_does_not_lie_there_itself(lab, ada, sam, server):
    mail = lying(ada)
    notice_what_lies(NOW)
    plan(NOW)
    Notification.objects.filter(recipient=sam).update(refusals=11)
    server.refuses = {"RCPT": "550 nobody"}
    assert deliver_next(NOW) is Outcome.REFUSED
    assert list(Notification.objects.filter(laid_aside_at__isnull=False)) == [mail]
    assert Notification.objects.get(recipient=sam).dropped_reason == "could not be delivered"


def test_an_address_that_a_stranger_made_up_is_not_laid_before_staff(server, sam):
    server.refuses = {"RCPT": "550 nobody"}
    asked = asks(NOW)
    plan(NOW)
    Notification.objects.update(refusals=11)
    assert deliver_next(NOW) is Outcome.REFUSED
    mail = Notification.objects.get()
    assert (mail.laid_aside_at, mail.dropped_reason) == (None, "could not be delivered")

    decline(prove(asked.pk, at=NOW).pk, by=sam, at=NOW)
    plan(NOW)
    Notification.objects.filter(template="account_declined").update(refusals=11)
    assert deliver_next(NOW) is Outcome.REFUSED
    assert Notification.objects.get(laid_aside_at=NOW).template == "account_declined"


def test_three_cost_as_many_queries_as_one(lab, ada, sam, signed_in):
    staff = signed_in(sam)

    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert staff.get(PAGE).status_code == 200
        return len(counted)

    lying(ada)
    staff.get(PAGE)
    one = queries()
    for number in (2, 3):
        lying(person(f"Guest{number}"), f"seat-{number}")
    assert queries() == one


def test_every_kind_of_mail_has_a_name_on_the_page():
    by_kind = (*asked_for.INDUCTION_MESSAGES.values(), *slots.SLOT_MESSAGES.values())
    of_inductions = {offered.TEMPLATE, *(each.template for each in by_kind)}
    others = {*accounts.TEMPLATES.values(), *house.TEMPLATES.values(), waitlist.TEMPLATE}
    others |= {summaries.TEMPLATE, invitations.TEMPLATE, *asking.TEMPLATES.values()}
    others |= {*joining_in.TEMPLATES.values(), *giving.TEMPLATES.values()}
    others |= {*applications.TEMPLATES.values(), *going.TEMPLATES.values()}
    others |= {*jury.TEMPLATES.values(), declined.TEMPLATE, reserve_list.TEMPLATE}
    others |= {*offers.BY_TEMPLATE, *(each.template for each in stays.STAY_MESSAGES.values())}
    assert {*MESSAGES, *of_inductions, *others} == set(WHAT)


def test_staff_do_not_read_what_befell_a_password(lab, ada, sam, signed_in):
    mail = lying(ada)
    for template in accounts.TEMPLATES.values():
        Notification.objects.filter(pk=mail.pk).update(template=template)
        page = said(signed_in(sam).get(PAGE))
        assert "About their account" in page
        assert template not in page
