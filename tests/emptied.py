"""What a test has committed is deleted after it.

Django does so by TRUNCATE of every table, and then makes all content types and permissions anew: a
third of a second for each test of a browser, most of it for rows that nobody had changed. Here the
tables are locked as TRUNCATE would lock them, so that whoever still writes is waited for, and their
rows are deleted. Content types and permissions stay: they follow from the models alone.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction
from django.test import TransactionTestCase

from labbooking import guards

STAY = {model._meta.db_table for model in (ContentType, Permission)}


def empty(connection):
    """Delete every row of every model but those that stay, whatever the guards say to that."""
    tables = connection.introspection.django_table_names(only_existing=False, include_views=False)
    tables = [connection.ops.quote_name(name) for name in tables if name not in STAY]
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
            cursor.execute("SET LOCAL session_replication_role = replica")  # no trigger fires
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in tables))
            return
        guards.lift_triggers(connection)
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
        guards.install(connection)


def _after_each(case):
    for name in case._databases_names(include_mirrors=False):
        empty(connections[name])


def pytest_configure():
    TransactionTestCase._fixture_teardown = _after_each
