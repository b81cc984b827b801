"""Django's backend for PostgreSQL, with connections of our class: what `ENGINE` names."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from labbooking.operations.postgresql.connection import HouseConnection


class _Driver(ModuleType):
    """psycopg, but for the class of its connections."""

    connect = staticmethod(HouseConnection.connect)

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)


class DatabaseWrapper(base.DatabaseWrapper):
    Database = _Driver("psycopg")

    def __init__(self, settings_dict: dict[str, Any], *arguments: Any, **options: Any) -> None:
        super().__init__(settings_dict, *arguments, **options)
        if pool := settings_dict["OPTIONS"].get("pool"):
            pool["connection_class"] = HouseConnection
