"""`flush` empties the whole database, the journal included, after asking."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from labbooking import guards


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        guards.lift_triggers(connection)
        try:
            super().handle(**options)
        finally:
            guards.install(connection)
