"""Two hundred at once want the same: a real server, real connections, real threads."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from labbooking.bookings.models import Allocation, Booking
from labbooking.journal.models import Entry
from residents.tokens import issue
from tests.api.program import spec
from tests.people import person
from tests.processes import ROOT, eventually, project_environment
from tests.services import free_port

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
RACERS = 200


@contextmanager
def started(folder):
    """A web server as `make run` starts it (two processes where they are real), and its port."""
    number = free_port()
    workers = "2" if connection.vendor == "postgresql" else "1"
    command = f"granian --interface rsgi --workers {workers} --no-ws --host 127.0.0.1"
    command += f" --port {number} --log-level warning labbooking.server:front"
    log = folder / "web.log"
    with log.open("w") as output:
        web = subprocess.Popen(
            [sys.executable, "-m", *command.split()],
            cwd=ROOT,
            env=project_environment(),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )

    def answers():
        assert web.poll() is None, log.read_text()
        try:
            return ask(number, "GET", "/healthz")[0] == 200
        except OSError:
            return False

    try:
        eventually(answers, within=60)
        yield web, number
    finally:
        web.terminate()
        web.wait(20)


@pytest.fixture(scope="module")
def port(django_db_setup, tmp_path_factory):
    """Of a server for those who race one after the other."""
    with started(tmp_path_factory.mktemp("web")) as (_web, number):
        yield number


@pytest.fixture
def server(tmp_path):
    """One to be killed, and its port."""
    with started(tmp_path) as server:
        yield server


def ask(port, method, path, body=None, **headers):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        line.request(method, path, json.dumps(body) if body else None, headers)
        response = line.getresponse()
        return response.status, response.read()
    finally:
        line.close()


def race(port, tokens, body, **headers):
    """All at once, one request for each token: how often each status and code came back."""
    start = Barrier(len(tokens))

    def one(token):
        start.wait(60)
        named = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        status, told = ask(port, "POST", "/api/v1/bookings/", body, **named, **headers)
        return status, json.loads(told).get("code")

    with ThreadPoolExecutor(len(tokens)) as threads:
        return Counter(threads.map(one, tokens))


def test_of_two_hundred_for_one_seat_one_gets_it(port, lab, ada):
    token = issue(ada, "race", timezone.now())

    told = race(port, [token] * RACERS, spec("seat-1"))

    assert told == {(201, None): 1, (409, "slot_taken"): RACERS - 1}
    assert Booking.objects.count() == Allocation.objects.count() == 1
    assert Entry.objects.filter(kind="booking.requested").count() == 1


def test_of_twenty_people_for_four_headsets_four_get_one(port, lab):
    people = [person(f"P{number}", inducted_on=["ar-headset"]) for number in range(20)]
    tokens = [issue(each, "race", timezone.now()) for each in people]

    told = race(port, tokens, spec(types={"ar-headset": 1}))

    assert told == {(201, None): 4, (409, "slot_taken"): 16}
    assert Allocation.objects.values("resource").distinct().count() == 4


def test_fifty_repeats_under_one_key_make_one_booking(port, lab, ada):
    token = issue(ada, "race", timezone.now())

    told = race(port, [token] * 50, spec("seat-1"), **{"Idempotency-Key": "k1"})

    assert told == {(201, None): 50}
    assert Booking.objects.count() == 1


def test_what_was_answered_is_there_after_the_server_was_killed(lab, server):
    """kill -9 of every web process in the middle of its work: G4."""
    web, number = server
    tokens = [issue(person(f"Racer{n}"), "race", timezone.now()) for n in range(8)]
    answered = []

    def book_on_and_on(racer):
        headers = {"Authorization": f"Bearer {tokens[racer]}", "Content-Type": "application/json"}
        for day in range(1, 200):
            body = spec(f"seat-{racer + 1}", day=day)
            try:
                status, told = ask(number, "POST", "/api/v1/bookings/", body, **headers)
            except (OSError, http.client.HTTPException):
                return
            assert status == 201, told
            answered.append(json.loads(told)["id"])
            if len(answered) == 40:
                os.killpg(web.pid, signal.SIGKILL)

    with ThreadPoolExecutor(len(tokens)) as threads:
        list(threads.map(book_on_and_on, range(len(tokens))))

    assert len(answered) >= 40
    kept = Booking.objects.filter(pk__in=answered, state="approved", allocations__active=True)
    assert kept.count() == len(answered)
    told = Entry.objects.filter(kind="booking.approved").count()
    assert told == Booking.objects.count()
