"""Redis is a help, not a need: without it people sign in and programs are answered."""

import re
import urllib.parse
import urllib.request
from datetime import timedelta
from http.cookiejar import CookieJar

import pytest
from django.utils import timezone

from labbooking.operations.heartbeats import EVERY, Part, beat, last
from labbooking.wire.shared_cache import QUICKLY
from tests.operations.house import SOON, behind_a_relay, process, web
from tests.people import PASSWORD
from tests.processes import WORKER_OPTIONS, eventually

pytestmark = [
    pytest.mark.only_postgresql,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
]


def signs_in(house, email):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = browser.open(f"{house.address}/login/", timeout=10).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    fields = {"csrfmiddlewaretoken": token, "login": email, "password": PASSWORD}
    data = urllib.parse.urlencode(fields).encode()
    answer = browser.open(f"{house.address}/login/", data, timeout=10)
    return answer.url.endswith("/today/")


@pytest.mark.parametrize("how", ["cut", "hang"])
def test_without_redis_people_sign_in_and_programs_are_answered(how, lab, ada, tmp_path):
    with behind_a_relay("REDIS_URL") as (relay, address):  # noqa: SIM117
        with web(tmp_path, REDIS_URL=address) as house:
            path = "/api/v1/resources/"
            assert house.get(path).status == 200

            getattr(relay, how)()
            for _ in range(10):
                answer = house.get(path)
                assert (answer.status, answer.seconds < SOON) == (200, True)
            assert signs_in(house, ada.email)
            ready = house.get("/readyz")
            assert (ready.status, ready.seconds < SOON) == (503, True)
            assert '"broker"' in ready.text
            said = [line for line in house.lines() if "Redis does not answer" in line]
            assert len(said) == 1
            assert "Traceback" not in house.log.read_text()

            relay.mend()
            eventually(lambda: '"broker"' not in house.get("/readyz").text, within=10)


def test_redis_is_waited_for_three_tenths_of_a_second_at_most():
    """`SOON` is for loaded machines; what a program waits is the sum of these."""
    assert QUICKLY["socket_connect_timeout"] + QUICKLY["socket_timeout"] < 0.31
    assert QUICKLY["retry"].get_retries() == 0


def test_worker_and_beat_are_named_once_they_are_late(client):
    assert client.get("/readyz").json()["missing"] == []
    for part in (Part.WORKER, Part.BEAT):
        beat(part, at=timezone.now() - timedelta(seconds=100))
    assert client.get("/readyz").json()["missing"] == ["worker", "beat"]


@pytest.mark.parametrize("how", ["cut", "hang"])
def test_worker_and_beat_come_back_with_redis_by_themselves(how, lab, tmp_path):
    with behind_a_relay("REDIS_URL") as (relay, address):
        worker = ["celery", "-A", "labbooking", "worker", *WORKER_OPTIONS]
        schedule = tmp_path / "not" / "yet" / "there" / "beat"
        clock = ["celery", "-A", "labbooking", "beat", "--pidfile=", "-s", str(schedule)]
        with (
            process(tmp_path / "worker.log", *worker, REDIS_URL=address),
            process(tmp_path / "beat.log", *clock, REDIS_URL=address),
        ):
            eventually(lambda: last(Part.WORKER) and last(Part.BEAT), within=60)
            getattr(relay, how)()
            a_round = timedelta(seconds=EVERY + 5)
            eventually(lambda: timezone.now() - last(Part.WORKER) > a_round, within=90)

            relay.mend()
            back_at = timezone.now()
            eventually(lambda: min(last(Part.WORKER), last(Part.BEAT)) > back_at, within=90)
