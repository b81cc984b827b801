"""While PostgreSQL is away the house says so at once, and is back when PostgreSQL is."""

import pytest
from django.conf import settings

from tests.operations.house import SOON, behind_a_relay, web
from tests.processes import eventually, manage, project_environment

pytestmark = [
    pytest.mark.only_postgresql,
    pytest.mark.worker,
    pytest.mark.django_db(transaction=True),
]


@pytest.mark.parametrize("pool", ["", "1"], ids=["without a pool", "with a pool"])
def test_a_database_that_is_away_is_told_and_its_return_noticed(pool, lab, tmp_path):
    with behind_a_relay("DATABASE_URL") as (relay, address):  # noqa: SIM117
        with web(tmp_path, DATABASE_URL=address, DATABASE_POOL=pool) as house:
            assert house.get("/").status == 200

            relay.cut()
            for _ in range(3):
                page = house.get("/", **{"Accept-Language": "de"})
                assert (page.status, page.headers["Retry-After"]) == (503, "10")
                assert "Das Haus ist gerade nicht zu erreichen" in page.text
                assert page.seconds < SOON
                answer = house.get("/api/v1/resources/")
                assert answer.status == 503
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert answer.headers["Retry-After"] == "10"
                assert '"code": "unavailable"' in answer.text
                assert "Please try again" in answer.text
                assert answer.seconds < SOON
            ready = house.get("/readyz")
            assert ready.status == 503
            assert '"database"' in ready.text
            assert ready.seconds < SOON
            assert house.get("/healthz").status == 200
            said = [line for line in house.lines() if "cannot be reached" in line]
            assert len(said) == 1
            assert "Traceback" not in house.log.read_text()

            relay.mend()
            eventually(lambda: house.get("/").status == 200, within=10)
            assert house.get("/api/v1/resources/").status == 200


def test_it_is_waited_for_three_seconds_at_most():
    """`SOON` is for loaded machines; what somebody waits is decided by these."""
    assert settings.DATABASES["default"]["OPTIONS"]["connect_timeout"] == 2
    code = "from django.conf import settings; s = settings.DATABASES['default']['OPTIONS']['pool']"
    pooled = manage(
        "shell",
        "--no-imports",
        "-c",
        f"{code}; print(s['timeout'])",
        env=project_environment() | {"DATABASE_POOL": "1"},
    )
    assert float(pooled.stdout) <= 3, pooled.stderr


def test_a_database_that_takes_no_connection_is_given_up_in_time(lab, tmp_path):
    with behind_a_relay("DATABASE_URL") as (relay, address):  # noqa: SIM117
        with web(tmp_path, DATABASE_URL=address) as house:
            relay.hang()
            page = house.get("/")
            assert (page.status, page.seconds < SOON) == (503, True)
            relay.mend()
            eventually(lambda: house.get("/").status == 200, within=10)


def test_a_database_that_falls_silent_on_open_connections_is_given_up_in_time(lab, tmp_path):
    """The kernel of a stopped server still takes what it is sent: no time-out of TCP runs. Only a
    pool keeps connections open from one request to the next."""
    paths = ("/", "/api/v1/resources/", "/readyz")
    with behind_a_relay("DATABASE_URL") as (relay, address):  # noqa: SIM117
        with web(tmp_path, DATABASE_URL=address, DATABASE_POOL="1") as house:
            for path in paths:
                house.get(path, within=60)  # the first request of a kind loads what it needs
            for path in paths:
                eventually(lambda: house.get("/").status == 200, within=10)
                relay.hang()
                answer = house.get(path)
                assert (answer.status, answer.seconds < SOON) == (503, True), path
                assert house.get("/healthz").seconds < 1
                relay.mend()
            assert "Traceback" not in house.log.read_text()
            eventually(lambda: house.get("/").status == 200, within=10)
