"""Said once: not lost when something dies, not sent when it has become untrue."""

import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.models import Booking
from labbooking.journal.models import Untold
from labbooking.notifications.actions import Outcome, deliver_next, plan
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import CLAIM_LASTS
from labbooking.notifications.tasks import plan_and_deliver
from labbooking.period import HOUR
from residents.signin.entries import tell as happened_to
from tests.lab import BERLIN, berlin
from tests.notifications.mail_server import mail_server
from tests.notifications.post import NOW, ask, tell, text
from tests.processes import ROOT, eventually, project_environment
from tests.services import free_port

START = berlin("2027-01-12 10:00")
DAY_BEFORE = START - timedelta(days=1)
TASK = "labbooking.notifications.tasks.plan_and_deliver"


@pytest.fixture
def smtp(settings):
    """Mail goes to a server that is not there until the test starts one on this port."""
    settings.EMAIL_BACKEND = "labbooking.wire.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    return settings.EMAIL_PORT


@pytest.fixture
def reminded(lab, ada, mailbox):
    """A booking whose reminder is planned and not yet sent."""
    (booking,) = ask(ada, "seat-1")
    tell()
    mailbox.empty()
    scheduled.tick(DAY_BEFORE)
    plan(DAY_BEFORE)
    assert Notification.objects.filter(template="starting_soon", sent_at=None).count() == 1
    return booking


@pytest.mark.django_db
def test_no_reminder_of_what_was_cancelled_meanwhile(reminded, ada, mailbox):
    actions.cancel(reminded.pk, by=ada, at=DAY_BEFORE)
    assert tell(DAY_BEFORE) == [Outcome.DROPPED]
    assert mailbox.mails == []
    notification = Notification.objects.get(template="starting_soon")
    assert notification.dropped_reason == "no longer true"
    assert notification.sent_at is None


@pytest.mark.django_db
def test_no_reminder_of_a_time_that_has_become_another(reminded, mailbox):
    hour = timedelta(hours=1)
    Booking.objects.update(starts_at=START + hour, ends_at=START + 3 * hour)
    assert tell(DAY_BEFORE) == [Outcome.DROPPED]
    assert mailbox.mails == []


@pytest.mark.django_db
def test_no_reminder_of_what_is_over(reminded, mailbox):
    assert tell(reminded.ends_at) == [Outcome.DROPPED]
    assert mailbox.mails == []


@pytest.mark.django_db
def test_who_left_the_house_is_not_written_to(reminded, ada, mailbox):
    ada.is_active = False
    ada.save()
    assert tell(DAY_BEFORE) == [Outcome.DROPPED]
    assert mailbox.mails == []
    assert Notification.objects.get(template="starting_soon").dropped_reason == "recipient left"


@pytest.mark.django_db
def test_a_reminder_that_is_still_true_is_sent(reminded, mailbox):
    assert tell(DAY_BEFORE) == [Outcome.SENT]
    notification = Notification.objects.get(template="starting_soon")
    assert mailbox.only()["Message-ID"] == notification.message_id
    assert notification.sent_at == DAY_BEFORE


@pytest.mark.django_db
def test_while_the_mail_server_is_down_mails_stay_due_and_go_out_later(lab, ada, smtp):
    ask(ada, "seat-1")
    plan(NOW)
    assert deliver_next(NOW) is Outcome.FAILED
    assert deliver_next(NOW) is Outcome.NOTHING_DUE
    failed = Notification.objects.get()
    assert (failed.attempts, failed.sent_at, failed.claimed_at) == (1, None, None)
    assert failed.last_error.startswith("ConnectionRefusedError")
    assert NOW < failed.due_at <= NOW + timedelta(minutes=1)
    with mail_server(smtp) as server:
        assert tell(failed.due_at) == [Outcome.SENT]
        assert tell(failed.due_at + timedelta(days=1)) == []
    assert [mail["Message-ID"] for mail in server.mails] == [failed.message_id]
    assert Notification.objects.get().last_error == ""


@pytest.mark.django_db
def test_a_mail_server_that_is_down_is_asked_ever_more_rarely_and_at_least_every_hour(
    lab, ada, smtp
):
    ask(ada, "seat-1")
    plan(NOW)
    at, waits = NOW, []
    for _ in range(12):
        assert deliver_next(at) is Outcome.FAILED
        due_at = Notification.objects.get().due_at
        waits.append((due_at - at) / timedelta(minutes=1))
        at = due_at
    assert waits == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]


@pytest.mark.django_db
def test_one_mail_that_cannot_be_made_holds_up_no_other(lab, ada, ben, mailbox):
    ask(ada, "seat-1")
    ask(ben, "seat-2")
    plan(timezone.now())
    Notification.objects.filter(recipient=ada).update(template="unheard of")
    plan_and_deliver()
    plan_and_deliver()
    assert mailbox.subjects[0][0] == "ben"
    broken = Notification.objects.get(recipient=ada)
    assert broken.sent_at is None
    assert broken.last_error.startswith("KeyError")


@pytest.mark.django_db
def test_a_claimed_message_is_left_to_who_claimed_it_until_they_must_be_dead(lab, ada, mailbox):
    ask(ada, "seat-1")
    plan(NOW)
    Notification.objects.update(claimed_at=NOW)
    assert tell(NOW + CLAIM_LASTS / 2) == []
    assert tell(NOW + CLAIM_LASTS) == [Outcome.SENT]


@pytest.mark.django_db
def test_an_idle_house_asks_five_times_and_writes_nothing(lab, ada, mailbox):
    """For forgotten passwords, who asks for an account, wrong tries that are over, entries to tell
    and mails due."""
    with CaptureQueriesContext(connection) as queries:
        plan_and_deliver()
    assert len(queries) == 5
    assert all(query["sql"].startswith("SELECT") for query in queries)


def tomorrow(clock_time):
    """Tomorrow at this local time, as `ask` wants it; real processes know only the real time."""
    day = timezone.now().astimezone(BERLIN).date() + timedelta(days=1)
    return f"{day} {clock_time}"


def ask_for_tomorrow(person, slug):
    times = {"start": tomorrow("10:00"), "end": tomorrow("12:00")}
    return ask(person, slug, at=timezone.now(), **times)


CALL = """
import sys, django
django.setup()
from labbooking.notifications.{module} import {function}
print("ready", flush=True)
sys.stdin.readline()
{call}
"""


def processes(count, **words):
    """So many processes that begin the same call at the same moment; waits for all of them."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", CALL.format(**words)],
            cwd=ROOT,
            env=project_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    for process in running:
        assert process.stdout.readline() == "ready\n"
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in running:
        process.communicate(timeout=60)
        assert process.returncode == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_processes_plan_and_deliver_each_message_once(lab, ada, ben, sam, kim, mailbox):
    for number in range(1, 5):
        for person, thing in ((ada, "seat"), (ben, "ar-headset")):
            ask_for_tomorrow(person, f"{thing}-{number}")
    moment = repr(datetime.now(tz=BERLIN).isoformat())
    call = f"import datetime; plan(datetime.datetime.fromisoformat({moment}))"
    processes(2, module="actions", function="plan", call=call)
    assert not Untold.objects.exists()
    # Four seats for Ada; four headsets for Ben and for the two of the staff.
    assert Notification.objects.count() == 4 + 4 * 3
    processes(2, module="tasks", function="plan_and_deliver", call="plan_and_deliver()")
    sent = [mail["Message-ID"] for mail in mailbox.mails]
    assert sorted(sent) == sorted(Notification.objects.values_list("message_id", flat=True))
    assert not Notification.objects.filter(sent_at=None).exists()


@pytest.mark.worker
def test_a_real_worker_sends_what_happened(celery_worker_process, lab, ada, sam, mailbox):
    ask_for_tomorrow(ada, "ar-headset-1")
    current_app.send_task(TASK)
    eventually(lambda: len(mailbox.mails) == 2)
    assert [name for name, _ in mailbox.subjects] == ["ada", "sam"]
    eventually(lambda: not Notification.objects.filter(sent_at=None).exists())


@pytest.mark.worker
def test_a_worker_killed_while_sending_loses_nothing_and_the_second_mail_is_known_as_the_first(
    transactional_db, lab, ada, smtp, monkeypatch, request
):
    with mail_server(smtp) as server:
        server.may_answer.clear()
        monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{smtp}")
        worker = request.getfixturevalue("celery_worker_process")
        ask_for_tomorrow(ada, "seat-1")
        current_app.send_task(TASK)
        assert server.has_mail.wait(20)
        worker.kill()
        worker.wait()
        server.may_answer.set()
        claimed = Notification.objects.get()
        assert claimed.claimed_at is not None
        assert claimed.sent_at is None
        assert tell(timezone.now()) == []
        assert tell(timezone.now() + CLAIM_LASTS) == [Outcome.SENT]
    assert [mail["Message-ID"] for mail in server.mails] == [claimed.message_id] * 2


@pytest.mark.django_db
def test_a_reminder_is_never_sent_once_it_has_begun(reminded, mailbox):
    assert tell(reminded.starts_at) == [Outcome.DROPPED]
    assert mailbox.mails == []


@pytest.mark.django_db
@pytest.mark.parametrize(("late", "says_so"), [(timedelta(minutes=59), False), (HOUR, True)])
def test_a_mail_that_comes_late_says_so(lab, ada, mailbox, late, says_so):
    ask(ada, "seat-1")
    tell(NOW + late + timedelta(seconds=1))
    apology = "This e-mail comes late: it is about Mon 4 Jan, 12:00."
    assert (apology in text(mailbox.only())) is says_so


@pytest.mark.django_db
def test_what_is_overdue_by_now_is_not_called_due(lab, ada, sam, mailbox):
    (booking,) = ask(ada, "seat-1")
    actions.check_in(booking.pk, by=sam, at=START)
    tell(START)
    mailbox.empty()
    Booking.objects.update(return_reminder_at=booking.ends_at - timedelta(minutes=15))
    scheduled.tick(booking.ends_at - timedelta(minutes=15))
    tell(booking.ends_at)
    assert mailbox.only()["Subject"].strip().startswith("Was due back on Tuesday 12 January, 12:00")


@pytest.mark.django_db
def test_what_befell_an_account_is_told_in_its_order_whatever_the_numbers_of_its_entries(ada):
    with transaction.atomic():
        for hours in range(12):
            happened_to("password.changed", ada, by=ada, at=NOW + hours * HOUR)
    plan(NOW + 12 * HOUR)
    told = list(Notification.objects.order_by("pk").values_list("entry__at", flat=True))
    assert told == [NOW + hours * HOUR for hours in range(12)]
