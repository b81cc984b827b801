"""The log cannot be rewritten: the database refuses UPDATE and DELETE on its tables."""

from labbooking.guards import Guard

_REFUSE = "the journal is append-only"


def _append_only(table: str, verb: str) -> Guard:
    name = f"{table}_no_{verb.lower()}"
    return Guard(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        ),
        postgresql=(
            "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}' USING ERRCODE = 'check_violation'; END $$; "
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
        ),
    )


GUARDS = tuple(
    _append_only(table, verb)
    for table in ("journal_entry", "journal_entryobject")
    for verb in ("UPDATE", "DELETE")
)
