"""One process of a test run migrates a database; each then takes a copy of it as its own.

To migrate is seconds of work, and the processes of pytest-xdist would all do the same.
"""

import fcntl
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.processes import manage, project_environment

MIGRATED = "daig_test_migrated"


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Before pytest-django makes a database: one that is there is kept, and brought up to date."""
    # The folder of the process that started the others, which know it from their environment.
    shared = Path(os.environ["DAIG_TEST_MAIN"])
    with one_at_a_time(shared / "migrated.lock"):
        if connection.vendor == "sqlite":
            copy_the_file(shared / "migrated" / "daig.sqlite3")
        else:
            copy_on_the_server(os.environ["DATABASE_URL"])


@contextmanager
def one_at_a_time(path):
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_the_file(migrated):
    own = Path(connection.settings_dict["NAME"])
    if own.exists():
        return
    if not migrated.exists():
        migrate(LAB_DATA=str(migrated.parent))
    shutil.copyfile(migrated, own)


def copy_on_the_server(address):
    server, own = re.fullmatch(r"(.*/)(\w+)", address).groups()
    with psycopg.connect(f"{server}postgres", autocommit=True) as maintenance:
        there = {name for (name,) in maintenance.execute("SELECT datname FROM pg_database")}
        if own in there:
            return
        if MIGRATED not in there:
            maintenance.execute(f"CREATE DATABASE {MIGRATED}")
            migrate(DATABASE_URL=server + MIGRATED)
        maintenance.execute(f"CREATE DATABASE {own} TEMPLATE {MIGRATED}")


def migrate(**changes):
    # All tests wait for this: where it is slow they do, and where it hangs they end.
    answer = manage("migrate", "--no-input", env=project_environment() | changes, timeout=600)
    assert answer.returncode == 0, answer.stderr
