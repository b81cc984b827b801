"""What takes long to make is made once in each test process, then its rows are written again."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

ALWAYS_THERE = {model._meta.db_table for model in (ContentType, Permission)}


class Remembered:
    """`remembered(make)` calls `make` the first time and writes its rows itself from then on.

    Only where none of the tables has a row yet: keys are written as they were, and would meet.
    What comes after is numbered on from them.
    """

    def __init__(self):
        self.rows = {}

    def __call__(self, make):
        before = _filled()
        if self.rows and not self.rows.keys() & before:
            self._write()
            return
        stood_there = {table: _read(table) for table in before}
        make()
        if stood_there == {table: _read(table) for table in before}:
            self.rows = {table: _read(table) for table in _filled() - before}

    @transaction.atomic
    def _write(self):
        with connection.cursor() as cursor:
            for table, (columns, rows) in self.rows.items():
                names = ", ".join(map(_quoted, columns))
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})", rows
                )
                _number_on(cursor, table)


def _filled():
    tables = connection.introspection.django_table_names(only_existing=False, include_views=False)
    asked = (
        f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM {_quoted(each)})"
        for each in set(tables) - ALWAYS_THERE
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {name for (name,) in cursor.fetchall()}


def _number_on(cursor, table):
    """Written keys move no sequence of PostgreSQL's, and a flush sets them all back to one."""
    for sequence in connection.introspection.get_sequences(cursor, table):
        if "name" in sequence:  # SQLite's numbers follow the rows
            name, column = _quoted(sequence["name"]), _quoted(sequence["column"])
            cursor.execute(
                f"SELECT setval('{name}', GREATEST(nextval('{name}'),"
                f" (SELECT MAX({column}) FROM {_quoted(table)})))"
            )


def _read(table):
    """As the database keeps it: of a bare column, SQLite would make times and dates."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0")
        columns = [column[0] for column in cursor.description]
        bare = ", ".join(f"COALESCE({_quoted(each)}, NULL)" for each in columns)
        cursor.execute(f"SELECT {bare} FROM {_quoted(table)} ORDER BY 1")
        return columns, cursor.fetchall()


def _quoted(name):
    return connection.ops.quote_name(name)
