"""`manage.py check`: asks the database too, unless it is about the settings alone (`--deploy`)."""

from typing import Any

from django.core import checks
from django.core.management.commands import check
from django.db import DEFAULT_DB_ALIAS

from labbooking.guards import every_guard_is_in_place
from labbooking.operations.checks import every_migration_has_run

OF_THE_DATABASE = (every_migration_has_run, every_guard_is_in_place)


class Command(check.Command):
    def handle(self, *app_labels: Any, **options: Any) -> None:
        if not options["databases"] and not options["deploy"]:
            options["databases"] = [DEFAULT_DB_ALIAS]
        ours = [checks.register(each, checks.Tags.database) for each in OF_THE_DATABASE]
        try:
            super().handle(*app_labels, **options)
        finally:
            checks.registry.registry.registered_checks.difference_update(ours)
