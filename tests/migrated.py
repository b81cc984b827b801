"""One process of a test run migrates a database; each then takes a copy of it as its own.

To migrate is seconds of work, and the processes of pytest-xdist would all do the same.
"""

import fcntl
import os
import re
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.db import connection

from tests.processes import manage, project_environment

MIGRATED = "daig_test_migrated"


@pytest.hookimpl(trylast=True)  # what is translated is compiled by then
def pytest_configure(config):
    """`make test` has it made while the processes still find their tests, which takes as long."""
    if config.getoption("split_engines") and not hasattr(config, "workerinput"):
        Thread(target=make_the_migrated).start()


def make_the_migrated():
    # Where this fails, the first who needs it tries again, and says why.
    with suppress(AssertionError, OSError, psycopg.Error), one_at_a_time():
        if connection.vendor == "sqlite":
            the_file()
        else:
            with the_server() as server:
                on_the_server(server)


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Before pytest-django makes a database: one that is there is kept, and brought up to date."""
    with one_at_a_time():
        if connection.vendor == "sqlite":
            copy_the_file()
        else:
            copy_on_the_server()


def shared():
    """The folder of the process that started the others, which know it from their environment."""
    return Path(os.environ["DAIG_TEST_MAIN"])


@contextmanager
def one_at_a_time():
    with (shared() / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def the_file():
    migrated = shared() / "migrated" / "daig.sqlite3"
    if not migrated.exists():
        migrate(LAB_DATA=str(migrated.parent))
    return migrated


def copy_the_file():
    own = Path(connection.settings_dict["NAME"])
    if not own.exists():
        shutil.copyfile(the_file(), own)


def address():
    """Where the server is, and what this process calls its own database there."""
    return re.fullmatch(r"(.*/)(\w+)", os.environ["DATABASE_URL"]).groups()


def the_server():
    return psycopg.connect(f"{address()[0]}postgres", autocommit=True)


def names_on(server):
    return {name for (name,) in server.execute("SELECT datname FROM pg_database")}


def on_the_server(server):
    if MIGRATED not in names_on(server):
        server.execute(f"CREATE DATABASE {MIGRATED}")
        migrate(DATABASE_URL=address()[0] + MIGRATED)


def copy_on_the_server():
    _, own = address()
    with the_server() as server:
        if own not in names_on(server):
            on_the_server(server)
            server.execute(f"CREATE DATABASE {own} TEMPLATE {MIGRATED}")


def migrate(**changes):
    # All tests wait for this: where it is slow they do, and where it hangs they end.
    answer = manage("migrate", "--no-input", env=project_environment() | changes, timeout=600)
    assert answer.returncode == 0, answer.stderr
