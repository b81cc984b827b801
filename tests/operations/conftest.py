"""A second lab beside the test's own, empty and on the same engine."""

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.processes import manage, project_environment

PASSPHRASE = "seven seats and a board"


@dataclass(frozen=True, slots=True)
class OtherLab:
    """Commands find it by `environment`; `opened()` is a connection to its database."""

    folder: Path
    environment: dict
    name: str

    def manage(self, *arguments, **changes):
        return manage(*arguments, env=self.environment | changes)

    @contextmanager
    def opened(self):
        other = connection.copy()
        other.settings_dict["NAME"] = self.name
        try:
            yield other
        finally:
            other.close()


@pytest.fixture
def other_lab(tmp_path, request):
    folder = tmp_path / "other"
    environment = project_environment() | {
        "LAB_DATA": str(folder),
        "SECRET_KEY": "another-one-and-long-enough-for-it-0123456789-0123456789",
        "BACKUP_PASSPHRASE": PASSPHRASE,
    }
    if connection.vendor == "sqlite":
        return OtherLab(folder, environment, str(folder / "daig.sqlite3"))
    here = os.environ["DATABASE_URL"]
    name = f"{here.rpartition('/')[2]}_other"
    server = re.sub(r"/\w*$", "/postgres", here)
    with psycopg.connect(server, autocommit=True) as maintenance:
        maintenance.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        maintenance.execute(f"CREATE DATABASE {name}")
    environment["DATABASE_URL"] = re.sub(r"/\w*$", f"/{name}", here)
    return OtherLab(folder, environment, name)


@pytest.fixture
def nobody_else(transactional_db):
    """What a test before has left connected, as a process that is slow to end, is cut off."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend'"
            )


@pytest.fixture(autouse=True)
def own_pictures(settings, tmp_path):
    """Backups hold all pictures of a lab, not those of every test before."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.BACKUP_PASSPHRASE = PASSPHRASE
