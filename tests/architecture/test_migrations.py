"""The models and their migrations say the same."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from labbooking import guards

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db]


def test_no_model_has_changed_without_a_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_freshly_migrated_database_has_every_migration_and_guard():
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert guards.missing(connection) == []
