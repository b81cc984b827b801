"""What a command says where there is no database, or an empty one."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError

UNDEFINED_TABLE = "42P01"


def in_one_line(error: DatabaseError | InterfaceError) -> str:
    """Raises the error again where it is about something else: then its traceback is wanted."""
    sqlstate = getattr(error.__cause__, "sqlstate", "")
    reason = str(error).strip().splitlines()[0] if str(error).strip() else "no answer"
    if sqlstate == UNDEFINED_TABLE or reason.startswith("no such table"):
        return "Daig: the database lacks tables; run `python manage.py migrate` first."
    if sqlstate is None or reason.startswith("unable to open database file"):
        return f"Daig: the database cannot be reached: {reason}"
    raise error
