"""A command that finds no database, or an old one, says so in one line."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.processes import manage, project_environment

NOWHERE = {"DATABASE_URL": "postgres://lab@127.0.0.1:1/daig"}


@pytest.mark.only_sqlite
@pytest.mark.parametrize("command", [["check"], ["api_token", "ada@daig.example"], ["migrate"]])
def test_a_database_out_of_reach_gives_one_line(command):
    answer = manage(*command, env=project_environment() | NOWHERE)
    assert answer.returncode == 1
    (line,) = answer.stderr.splitlines()
    assert line.startswith("Daig: the database cannot be reached: ")


@pytest.mark.only_sqlite
def test_an_empty_database_gives_one_line(tmp_path):
    empty = {"LAB_DATA": str(tmp_path)}
    answer = manage("api_token", "ada@daig.example", env=project_environment() | empty)
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        "Daig: the database lacks tables; run `python manage.py migrate` first."
    ]


@pytest.mark.django_db
def test_check_names_the_migrations_that_have_not_run():
    call_command("check", stdout=io.StringIO())
    MigrationRecorder(connection).migration_qs.filter(app="bookings").last().delete()
    with pytest.raises(SystemCheckError, match=r"have not run: bookings\.\d{4}_\w+\."):
        call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
