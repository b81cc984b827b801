"""Researchers are told of a week by the mails of the house: one each, private, and never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier

import pytest
from celery import current_app
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from labbooking.journal.models import Entry, Untold
from labbooking.notifications.actions import Outcome, plan
from labbooking.notifications.messages.summaries import planned
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import CLAIM_LASTS
from labbooking.period import DAY, HOUR, WEEK
from labbooking.research.actions import forget_key, make_summary
from labbooking.research.figures.weekly import make_due_summaries
from labbooking.research.models import UsageSummary
from residents.models import User
from tests.bookings.days import said
from tests.notifications.mail_server import mail_server
from tests.notifications.post import html, tell, text
from tests.people import person
from tests.research.conftest import a_study
from tests.research.log import agrees
from tests.research.test_summaries import MADE_AT, MONDAY, a_week

pytestmark = pytest.mark.django_db
PAGE = "/desk/mail/"
BEFORE = "0003_figures_of_the_house"


@pytest.fixture
def study(rui):
    return a_study("futurework", rui, starts=MONDAY, house_figures=True)


@pytest.fixture
def all_agree(study, five):
    return [agrees(each, study) for each in five]


def in_the_outbox():
    return Notification.objects.filter(template="summary")


def to_researchers(mailbox):
    """In the order of their names; others hear of their bookings meanwhile."""
    names = ("noa@", "rui@", "uli@")
    found = [each for each in mailbox.mails if each["To"].startswith(names)]
    return sorted(found, key=lambda each: each["To"])


def lie_aside():
    plan(MADE_AT)
    in_the_outbox().update(
        laid_aside_at=MADE_AT, first_failed_at=MADE_AT, refusals=12, refused_what="recipient"
    )


def test_each_researcher_gets_one_mail_in_their_language(lab, study, five, all_agree, rui, mailbox):
    study.researchers.add(person("Uli", "researcher", language="de"))
    a_week(five)
    make_due_summaries(MADE_AT)

    tell(MADE_AT)
    assert tell(MADE_AT + HOUR) == []

    to_rui, to_uli = to_researchers(mailbox)
    assert "futurework, Monday 16 November to Sunday 22 November" in to_rui["Subject"]
    assert "Montag" in to_uli["Subject"]
    assert "5 bookings" in text(to_rui)
    assert "5 bookings" in html(to_rui)
    assert "researcher of this study" in text(to_rui)


def test_the_chart_is_in_the_mail_and_its_numbers_are_in_the_text(
    lab, study, five, all_agree, mailbox
):
    a_week(five)
    make_due_summaries(MADE_AT)
    tell(MADE_AT)
    (sent,) = to_researchers(mailbox)

    (picture,) = (part for part in sent.walk() if part.get_content_type() == "image/png")
    named = picture["Content-ID"].strip("<>")
    assert f"cid:{named}" in html(sent)
    assert Image.open(BytesIO(picture.get_content())).size == (1120, 420)
    assert "10       5" in text(sent)
    assert "/research/futurework/summaries/2026-11-16/" in text(sent)


def test_the_mail_of_a_suppressed_week_says_so(study, mailbox):
    make_due_summaries(MADE_AT)
    tell(MADE_AT)

    sent = mailbox.only()
    assert "fewer than 5" in text(sent)
    assert not [part for part in sent.walk() if part.get_content_maintype() == "image"]


def test_a_mail_that_comes_late_says_so(study, mailbox):
    make_due_summaries(MADE_AT)
    tell(MADE_AT + DAY)

    assert "comes late" in text(mailbox.only())
    assert "comes late" in html(mailbox.only())


def test_staff_of_the_demo_lab_do_not_read_what_researchers_are_told(
    study, sam, signed_in, mailbox
):
    make_due_summaries(MADE_AT)
    tell(MADE_AT)

    assert mailbox.only()
    assert "No e-mails yet." in signed_in(sam).get(PAGE).content.decode()


def test_one_that_cannot_be_delivered_lies_before_staff_without_what_it_tells(
    lab, study, five, all_agree, rui, sam, signed_in, mailbox
):
    a_week(five)
    make_due_summaries(MADE_AT)
    lie_aside()
    staff = signed_in(sam)

    page = said(staff.get(PAGE))
    assert rui.name in page
    assert "About a study" in page
    assert not [word for word in ("futurework", "16 November", "5 bookings") if word in page]

    staff.post(f"/desk/mail/{in_the_outbox().get().pk}/again/")
    tell(timezone.now())
    (sent,) = to_researchers(mailbox)
    assert "5 bookings" in text(sent)


def test_a_refused_one_is_tried_again_under_the_same_message_id(study, settings, mailbox):
    make_due_summaries(MADE_AT)
    settings.EMAIL_BACKEND = "labbooking.wire.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert tell(MADE_AT) == [Outcome.FAILED]

    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    assert tell(MADE_AT + HOUR) == [Outcome.SENT]
    assert mailbox.only()["Message-ID"] == in_the_outbox().get().message_id


def test_a_mail_that_nobody_may_have_any_more_is_not_sent(study, rui, mailbox):
    make_due_summaries(MADE_AT)
    plan(MADE_AT)
    study.researchers.remove(rui)

    assert tell(MADE_AT) == [Outcome.DROPPED]
    assert mailbox.mails == []


def test_a_study_that_has_ended_meanwhile_tells_nobody(study, mailbox):
    make_summary(study, MONDAY, at=MADE_AT)
    plan(MADE_AT)
    forget_key(study.slug, at=MADE_AT)

    assert tell(MADE_AT) == [Outcome.DROPPED]
    assert mailbox.mails == []


def test_an_address_that_is_no_address_stops_no_other_researchers_mail(study, rui, mailbox, caplog):
    study.researchers.add(person("Noa", "researcher"))
    User.objects.filter(pk=rui.pk).update(email="rui\n@daig.example")
    make_due_summaries(MADE_AT)

    assert sorted(each.name for each in tell(MADE_AT)) == ["REFUSED", "SENT"]
    assert [name for name, _subject in mailbox.subjects] == ["noa"]
    assert in_the_outbox().get(sent_at=None).recipient == rui
    assert "daig.example" not in caplog.text


@pytest.mark.parametrize("how_far", ["counted", "planned"])
def test_a_run_that_died_half_way_is_gone_on_with_and_every_week_is_told_once(
    rui, mailbox, how_far
):
    """Two weeks were due: the run died after the first was counted, or was in the outbox."""
    study = a_study("futurework", rui, starts=MONDAY - WEEK, house_figures=True)
    make_summary(study, MONDAY - WEEK, at=MADE_AT)
    if how_far == "planned":
        plan(MADE_AT)

    for at in (MADE_AT, MADE_AT + HOUR):
        make_due_summaries(at)
        tell(at)

    assert len(mailbox.mails) == 2
    assert len({each["Subject"] for each in mailbox.mails}) == 2
    assert not Untold.objects.exists()


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_sends_it_again_under_the_same_message_id(
    settings, monkeypatch, request
):
    today = timezone.localdate()
    study = a_study("futurework", person("Rui", "researcher"), house_figures=True)
    with mail_server() as server:
        server.may_answer.clear()
        settings.EMAIL_BACKEND = "labbooking.wire.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{server.port}")
        worker = request.getfixturevalue("celery_worker_process")
        make_summary(study, today - today.weekday() * DAY - WEEK, at=timezone.now())
        current_app.send_task("labbooking.notifications.tasks.plan_and_deliver")
        assert server.has_mail.wait(20)
        worker.kill()
        worker.wait()
        server.may_answer.set()
        assert tell(timezone.now() + CLAIM_LASTS) == [Outcome.SENT]
    only = in_the_outbox().get()
    assert {mail["Message-ID"] for mail in server.mails} == {only.message_id}
    assert len(server.mails) == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_workers_that_work_at_the_same_moment_send_each_mail_once(rui, mailbox):
    a_study("futurework", rui, starts=MONDAY - timedelta(days=21), house_figures=True)
    make_due_summaries(MADE_AT)
    together = Barrier(4)

    def send(_):
        together.wait()
        try:
            return len(tell(MADE_AT))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(send, range(4))) == 4
    assert len({each["Subject"] for each in mailbox.mails}) == len(mailbox.mails) == 4


@pytest.mark.django_db(transaction=True)
def test_what_an_older_lab_still_owed_is_taken_over_and_what_it_had_sent_is_not(rui, mailbox):
    study = a_study("futurework", rui, starts=MONDAY - WEEK, house_figures=True)
    summaries = [make_summary(study, day, at=MADE_AT) for day in (MONDAY - WEEK, MONDAY)]
    Untold.objects.all().delete()
    call_command("migrate", "research", "0003", verbosity=0)
    try:
        old = MigrationExecutor(connection).loader.project_state(("research", BEFORE))
        mails = old.apps.get_model("research", "SummaryMail").objects
        mails.create(summary_id=summaries[0].pk, recipient_id=rui.pk, mailed_at=MADE_AT)
        mails.create(summary_id=summaries[1].pk, recipient_id=rui.pk, tried_at=MADE_AT)
        call_command("migrate", "notifications", "0003", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)

    assert tell(MADE_AT) == [Outcome.SENT]
    assert "Monday 16 November" in mailbox.only()["Subject"]
    assert mailbox.only()["Message-ID"].startswith(f"<summary-{summaries[1].pk}-{rui.pk}-")


def test_three_researchers_are_planned_by_as_many_queries_as_one(rui):
    study = a_study("futurework", rui, starts=MONDAY - 2 * WEEK, house_figures=True)

    def asked(monday):
        make_summary(study, monday, at=MADE_AT)
        with CaptureQueriesContext(connection) as queries:
            plan(MADE_AT)
        return len(queries)

    asked(MONDAY - 2 * WEEK)
    one = asked(MONDAY - WEEK)
    for name in ("Uli", "Noa"):
        study.researchers.add(person(name, "researcher"))

    assert asked(MONDAY) == one <= 14
    assert in_the_outbox().count() == 1 + 1 + 3
    assert Entry.objects.filter(kind="summary.made").count() == UsageSummary.objects.count() == 3


def test_many_weeks_are_told_with_as_few_questions_as_one(lab, study, five, all_agree):
    a_week(five)
    entries = []
    for weeks in range(3):
        make_summary(study, MONDAY - weeks * WEEK, at=MADE_AT)
    entries = list(Entry.objects.filter(kind="summary.made"))

    def questions(of):
        with CaptureQueriesContext(connection) as asked:
            assert len(list(planned(of, MADE_AT))) == len(of)
        return len(asked)

    assert questions(entries[:1]) == questions(entries)
