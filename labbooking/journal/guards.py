"""The log cannot be rewritten: the database refuses UPDATE and DELETE on its tables, and whatever
else would empty or replace a row."""

from labbooking.guards import append_only

GUARDS = tuple(
    guard
    for table in ("journal_entry", "journal_entryobject")
    for guard in append_only(table, "the journal is append-only", verbs=("UPDATE", "DELETE"))
)
