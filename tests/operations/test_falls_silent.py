"""A server that is stopped closes nothing: who waits for it finds out, and takes no lock for it."""

import os
import signal
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection as django_connection
from psycopg import errors

from labbooking.operations.postgresql.connection import HouseConnection
from labbooking.operations.postgresql.signs_of_life import ANSWERS_WITHIN, GOOD_FOR, is_there
from labbooking.site.unavailable import AWAY
from tests.operations.house import SOON, behind_a_relay
from tests.processes import eventually, manage, project_environment

pytestmark = [pytest.mark.only_postgresql, pytest.mark.django_db(transaction=True)]
ASK = """
from django.db import connection
connection.ensure_connection()
print(type(connection.connection).__name__, connection.connection.somebody_waits)
import labbooking.wsgi
print(connection.connection.somebody_waits)
"""


class Hasty(HouseConnection):
    somebody_waits = True
    silence = 0.2
    longest = 0.5


class Patient(Hasty):
    longest = 30.0


class AtOnce(Hasty):
    silence = 0.1
    longest = 0.0


@contextmanager
def stopped(pid):
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_server_that_falls_silent_within_a_transaction_is_given_up():
    with behind_a_relay("DATABASE_URL") as (relay, address):
        connection = Hasty.connect(address)
        connection.execute("SELECT 1")
        relay.hang()
        began = time.monotonic()
        with pytest.raises(psycopg.OperationalError, match="fallen silent") as given_up:
            connection.execute("SELECT 1")
        assert given_up.value.sqlstate is None
        assert connection.closed
        assert time.monotonic() - began < SOON


def test_nor_is_a_commit_waited_for():
    with behind_a_relay("DATABASE_URL") as (relay, address):
        connection = Hasty.connect(address)
        connection.execute("SELECT 1")
        relay.hang()
        with pytest.raises(psycopg.OperationalError, match="fallen silent"):
            connection.commit()


def test_nor_is_a_server_that_falls_silent_when_a_statement_is_called_off():
    """It was there a moment ago, so the connection is given up only because nobody cancels."""
    with behind_a_relay("DATABASE_URL") as (relay, address):
        connection = AtOnce.connect(address)
        connection.execute("SELECT 1")
        assert is_there(connection.fileno())
        relay.hang()
        with pytest.raises(psycopg.OperationalError, match="fallen silent"):
            connection.execute("SELECT 1")
        assert connection.closed


def test_somebody_waits_three_seconds_at_most():
    """Also who trusts what another was told just before."""
    assert HouseConnection.silence + GOOD_FOR + ANSWERS_WITHIN < 3


def test_who_waits_for_a_lock_gets_it():
    address = project_environment()["DATABASE_URL"]
    with (
        psycopg.connect(address, autocommit=True) as holder,
        Patient.connect(address, autocommit=True) as waiting,
    ):
        holder.execute("SELECT pg_advisory_lock(9)")
        got = []
        thread = threading.Thread(
            target=lambda: got.extend(waiting.execute("SELECT pg_advisory_lock(9), 7").fetchone())
        )
        thread.start()
        waited = (
            "SELECT clock_timestamp() - query_start > interval '1 s' FROM pg_stat_activity"
            " WHERE pid = %s AND wait_event_type = 'Lock'"
        )
        pid = waiting.info.backend_pid
        eventually(lambda: (holder.execute(waited, [pid]).fetchone() or [False])[0])
        holder.execute("SELECT pg_advisory_unlock(9)")
        thread.join(SOON)
        assert got[1] == 7


def test_a_statement_without_end_is_called_off_and_the_connection_stays():
    address = project_environment()["DATABASE_URL"]
    with Hasty.connect(address, autocommit=True) as connection:
        with pytest.raises(errors.QueryCanceled) as called_off:
            connection.execute("SELECT pg_sleep(60)")
        assert called_off.value.sqlstate.startswith(AWAY)
        assert connection.execute("SELECT 7").fetchone() == (7,)


def test_a_backend_that_alone_is_stopped_is_given_up_after_all():
    with Hasty.connect(project_environment()["DATABASE_URL"]) as connection:
        with (
            stopped(connection.info.backend_pid),
            pytest.raises(psycopg.OperationalError, match="fallen silent"),
        ):
            connection.execute("SELECT 1")
        assert connection.closed


def test_only_where_requests_are_answered_somebody_waits():
    """The pool has connections of the same class; both are asked in a process of its own."""
    answer = manage(
        "shell", "--no-imports", "-c", ASK, env=project_environment() | {"DATABASE_POOL": "1"}
    )
    assert answer.stdout.split() == ["HouseConnection", "False", "True"], answer.stderr
    django_connection.ensure_connection()
    assert isinstance(django_connection.connection, HouseConnection)
