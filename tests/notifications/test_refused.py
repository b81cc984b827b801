"""A message that is not taken stands in nobody's way; only a lost connection ends a run."""

import logging
import socket
import threading
from datetime import timedelta
from importlib import import_module
from time import monotonic

import pytest
from django.apps import apps
from django.core.mail import EmailMessage
from django.utils import timezone

from labbooking.celery import app
from labbooking.notifications.actions import Outcome, deliver_next, plan
from labbooking.notifications.actions.delivery import OPENING
from labbooking.notifications.models import Notification
from labbooking.notifications.queries import CLAIM_LASTS
from labbooking.notifications.tasks import plan_and_deliver
from labbooking.wire import smtp as speaking
from labbooking.wire.smtp import NotTaken, ServerAway
from tests.notifications.mail_server import mail_server
from tests.notifications.post import NOW, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as started:
        settings.EMAIL_BACKEND = "labbooking.wire.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        yield started


@pytest.fixture
def three_told(lab, ada, ben, nia):
    """A mail for each of the three, Ada's first."""
    for number, somebody in enumerate((ada, ben, nia), 1):
        ask(somebody, f"seat-{number}")
    plan(timezone.now())
    assert Notification.objects.count() == 3


def got(server):
    return [mail["To"].split("@")[0] for mail in server.mails]


@pytest.mark.parametrize(
    ("refused", "answer", "what"),
    [
        ("RCPT TO:<ada@", "550 5.1.1 <ada@daig.example> is nobody here", "recipient"),
        ("RCPT TO:<ada@", "450 4.2.0 greylisted, ada@daig.example", "recipient"),
        ("To: ada@", "554 5.7.1 ada@daig.example wants no such thing", "content"),
    ],
)
def test_a_refused_message_stops_nobody_elses(server, three_told, ada, refused, answer, what):
    server.refuses = {refused: answer}
    plan_and_deliver()
    assert got(server) == ["ben", "nia"]
    assert server.connections == 1
    not_sent = Notification.objects.get(recipient=ada)
    assert (not_sent.sent_at, not_sent.refusals, not_sent.refused_what) == (None, 1, what)
    assert not_sent.due_at > timezone.now()


def test_a_sender_that_is_refused_counts_for_each_message_alone(server, three_told):
    server.refuses = {"MAIL FROM": "553 5.7.1 not from you"}
    plan_and_deliver()
    assert got(server) == []
    assert set(Notification.objects.values_list("refused_what", "refusals")) == {("sender", 1)}


@pytest.mark.parametrize("last_word", ["421 4.3.2 closing down", ""])
def test_a_lost_connection_ends_the_run_and_the_next_one_goes_on(server, three_told, last_word):
    server.refuses = {"RCPT TO:<ada@": last_word}
    plan_and_deliver()
    assert got(server) == []
    assert server.connections == 1
    plan_and_deliver()
    assert got(server) == ["ben", "nia"]
    kept = Notification.objects.get(sent_at=None)
    assert (kept.refused_what, kept.refusals) == ("server", 0)


def test_an_address_that_is_no_address_stops_nobody_elses(server, three_told, ada):
    ada.email = "ada\n@daig.example"
    ada.save()
    plan_and_deliver()
    assert got(server) == ["ben", "nia"]
    assert Notification.objects.get(recipient=ada).refused_what in {"writing", "message"}


def test_no_address_reaches_the_log_or_the_row(server, three_told, ada, ben, nia, caplog):
    ben.email = "ben, kim @daig.example"
    ben.save()
    server.refuses = {
        "RCPT TO:<ada@": "550 5.1.1 <ada@daig.example>: ada is nobody here",
        "RCPT TO:<nia@": "421 4.7.0 too many for nia@daig.example",
    }
    with caplog.at_level(logging.DEBUG):
        plan_and_deliver()
    errors = [each.last_error for each in Notification.objects.order_by("recipient__name")]
    assert errors[0] == "SMTPRecipientsRefused 550 5.1.1"
    assert all(errors)
    told = caplog.text + " ".join(errors)
    assert "not sent" in told
    assert "daig.example" not in told
    assert "nobody here" not in told


def test_what_was_kept_of_the_words_of_mail_servers_is_forgotten(three_told, ada):
    mails = Notification.objects.filter(recipient=ada)
    mails.update(last_error="SMTPRecipientsRefused: {'ada@daig.example': (550, b'no')}")
    migration = import_module("labbooking.notifications.migrations.0003_no_words_of_mail_servers")
    migration.forget(apps, None)
    assert mails.get().last_error == ""


def test_who_sends_outside_the_queue_hears_of_no_address_either(server):
    server.refuses = {"RCPT": "550 5.1.1 <ada@daig.example> is nobody here"}
    with pytest.raises(NotTaken) as refused:
        EmailMessage("a", "b", to=["ada@daig.example"]).send()
    assert str(refused.value) == "SMTPRecipientsRefused 550 5.1.1"
    assert refused.value.__suppress_context__


def test_a_server_that_does_not_let_one_connect_is_given_two_seconds(
    settings, lab, ada, monkeypatch
):
    connect, given = socket.create_connection, []

    def noted(address, timeout, *more):
        given.append(timeout)
        return connect(address, timeout, *more)

    monkeypatch.setattr(socket, "create_connection", noted)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        settings.EMAIL_BACKEND = "labbooking.wire.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = full.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for each in waiting:
            each.setblocking(False)
            each.connect_ex(full.getsockname())
        ask(ada, "seat-1")
        plan(NOW)
        assert deliver_next(NOW) is Outcome.FAILED
        assert given == [speaking.CONNECTING] == [2]
        for each in waiting:
            each.close()


def test_a_server_that_answers_drop_by_drop_is_cut_off(server, monkeypatch):
    """Each drop comes in time; the whole does not."""
    monkeypatch.setattr(speaking, "SENDING", 0.3)
    monkeypatch.setattr(server.RequestHandlerClass, "say", drop_by_drop(server))
    began = monotonic()
    with pytest.raises(ServerAway):
        EmailMessage("a", "b", to=["ada@daig.example"]).send()
    assert monotonic() - began < speaking.ANSWERING


def drop_by_drop(server):
    say, never = server.RequestHandlerClass.say, threading.Event()

    def slowly(conversation, line):
        if not server.mails:
            return say(conversation, line)
        while not never.wait(0.05):
            conversation.wfile.write(b"2")
            conversation.wfile.flush()
        return None

    return slowly


def test_a_message_whose_sender_was_killed_goes_out_within_ninety_seconds():
    run = timedelta(seconds=app.conf.beat_schedule["messages"]["schedule"])
    assert CLAIM_LASTS + run <= timedelta(seconds=90)


def test_who_is_alive_has_sent_or_given_up_before_the_claim_is_over():
    longest = OPENING + speaking.SENDING + speaking.ANSWERING
    assert timedelta(seconds=longest) < CLAIM_LASTS
