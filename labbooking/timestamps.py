"""Instants as PostgreSQL writes them, read quickly.

Django's own reader takes each apart in Python by a regular expression, which was most of the time
of a large board. What SQLite tells is not read here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader, get_adapters_template


class UtcReader(BaseTzLoader):  # type: ignore[misc]  # django-stubs know no psycopg 3 here
    """Reads what a session at UTC tells, as Django sets it, of the years 1 to 9999.

    All else (infinity, years before Christ, other sessions) is left to Django's own reader.
    """

    timezone = UTC

    def load(self, data: Any) -> datetime:
        told = str(data, "ascii")
        if told.endswith("+00"):
            try:
                return datetime.fromisoformat(told)
            except ValueError:
                pass  # a year of five digits
        instant: datetime = super().load(data)
        return instant


def read_quickly() -> None:
    """On every connection opened from now on."""
    get_adapters_template(True, UTC).register_loader("timestamptz", UtcReader)
