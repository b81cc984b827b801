"""A lab of the version before comes along: its rows stay, its tables follow, its guards hold.

`version_before/` holds the demo lab as commit 82386ff made it with its own commands: for SQLite its
file, for PostgreSQL what `pg_dump --inserts` said. Each release puts its own lab there.
"""

import lzma
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from labbooking.operations.backup.verify import verify_guards

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = Path(__file__).resolve().parent / "version_before"
ANEW = {"django_migrations", "django_content_type", "auth_permission", "django_session"}
"""What Django writes down about the code, and sessions, which may end."""
TAKEN_OVER = {"research_summarymail"}
"""Gone on purpose: what was owed by it the house's mails tell (notifications/0004)."""
HOLDS = {
    "residents_user",
    "equipment_resource",
    "bookings_booking",
    "bookings_allocation",
    "journal_entry",
    "journal_entryobject",
    "research_consent",
}
"""At least these have rows in the old lab: where nothing was, nothing can be lost."""


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


def contents(lab):
    """Every row of every table, as the values of its columns by their names."""
    with lab.opened() as database, database.cursor() as cursor:
        asked = database.introspection
        tables = set(asked.table_names(cursor)) - ANEW
        return {table: rows(database, cursor, table) for table in tables}


def rows(database, cursor, table):
    columns = [each.name for each in database.introspection.get_table_description(cursor, table)]
    quoted = ", ".join(map(database.ops.quote_name, columns))
    cursor.execute(f"SELECT {quoted} FROM {database.ops.quote_name(table)}")  # noqa: S608
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def alike(found, columns):
    return sorted(repr([row[column] for column in columns]) for row in found)


def test_a_lab_of_the_version_before_comes_along(old_lab):
    before = contents(old_lab)
    assert {table for table, found in before.items() if found} >= HOLDS
    refused = old_lab.manage("check")
    assert refused.returncode == 1
    assert "have not run" in refused.stderr

    answer = old_lab.manage("migrate", "--no-input")

    assert answer.returncode == 0, answer.stderr
    after = contents(old_lab)
    assert set(before) - set(after) <= TAKEN_OVER
    for table, found in before.items():
        if found and table not in TAKEN_OVER:
            columns = sorted(set(found[0]) & set(after[table][0]))
            assert len(columns) > 1, table
            assert alike(after[table], columns) == alike(found, columns), table
    assert old_lab.manage("check").returncode == 0
    with old_lab.opened() as database:
        database.set_autocommit(False)
        verify_guards(database)
        database.rollback()
