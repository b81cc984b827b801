"""`manage.py check`: asks the database too, unless it is about the settings alone (`--deploy`)."""

from typing import Any

from django.core import checks
from django.core.management.commands import check
from django.db import DEFAULT_DB_ALIAS

from labbooking.operations.checks import every_migration_has_run


class Command(check.Command):
    def handle(self, *app_labels: Any, **options: Any) -> None:
        if not options["databases"] and not options["deploy"]:
            options["databases"] = [DEFAULT_DB_ALIAS]
        ours = checks.register(every_migration_has_run, checks.Tags.database)
        try:
            super().handle(*app_labels, **options)
        finally:
            checks.registry.registry.registered_checks.discard(ours)
