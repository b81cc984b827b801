"""What container engines and proxies ask."""

import pytest
from celery import current_app
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from labbooking import guards
from tests.processes import manage, project_environment

ASK = """
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client(SERVER_NAME="localhost").get(path)
    print(answer.status_code, answer.content.decode())
"""


@pytest.mark.django_db
def test_a_lab_with_everything_is_ready(client):
    assert client.get("/healthz").content == b"ok"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "missing": []})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_migration_that_has_not_run_makes_the_lab_not_ready(client):
    MigrationRecorder(connection).migration_qs.filter(app="bookings").last().delete()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["migrations"])


@pytest.mark.django_db
def test_a_missing_guard_makes_the_lab_not_ready(client):
    guards.lift_triggers(connection, "journal_")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["guards"])


@pytest.mark.django_db
def test_a_lab_loaded_for_another_zone_makes_this_process_not_ready(client, lab, settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["time zone"])


@pytest.mark.django_db
def test_a_broker_out_of_reach_makes_the_lab_not_ready(client, monkeypatch):
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["missing"]) == (503, ["broker"])
    assert client.get("/healthz").status_code == 200


def test_without_its_database_the_process_is_healthy_and_not_ready():
    nowhere = {"DATABASE_URL": "postgres://lab@127.0.0.1:1/daig"}
    answer = manage("shell", "--no-imports", "-c", ASK, env={**project_environment(), **nowhere})
    assert answer.stdout.splitlines() == [
        "200 ok",
        '503 {"status": "missing", "missing": ["database", "migrations", "guards"]}',
    ], answer.stderr
