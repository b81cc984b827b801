"""A lab of the version before comes along: its rows stay, its tables follow, its guards hold.

`version_before/` holds the demo lab as commit 82386ff made it with its own commands: for SQLite its
file, for PostgreSQL what `pg_dump --inserts` said. Each release puts its own lab there.
"""

import lzma
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from labbooking.operations.backup.contents import inventory
from labbooking.operations.backup.verify import verify_guards

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = Path(__file__).resolve().parent / "version_before"
STAY = (
    "residents_user",
    "equipment_resource",
    "bookings_booking",
    "bookings_allocation",
    "journal_entry",
    "journal_entryobject",
    "research_consent",
)


@pytest.fixture
def old_lab(other_lab):
    content = lzma.decompress((BEFORE / f"{connection.vendor}.xz").read_bytes())
    if connection.vendor == "sqlite":
        other_lab.folder.mkdir()
        Path(other_lab.name).write_bytes(content)
        return other_lab
    statements = [line for line in content.decode().splitlines() if not line.startswith("\\")]
    with psycopg.connect(other_lab.environment["DATABASE_URL"]) as database:
        database.execute("\n".join(statements))
    return other_lab


def rows(lab):
    with lab.opened() as database:
        counted = inventory(database).rows
    return {table: counted[table] for table in STAY}


def test_a_lab_of_the_version_before_comes_along(old_lab):
    before = rows(old_lab)
    assert min(before.values()) > 0
    refused = old_lab.manage("check")
    assert refused.returncode == 1
    assert "have not run" in refused.stderr

    answer = old_lab.manage("migrate", "--no-input")

    assert answer.returncode == 0, answer.stderr
    assert rows(old_lab) == before
    assert old_lab.manage("check").returncode == 0
    with old_lab.opened() as database:
        database.set_autocommit(False)
        verify_guards(database)
        database.rollback()
