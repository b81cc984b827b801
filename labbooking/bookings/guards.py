"""Never double-booked: no two active allocations of one resource may overlap.

PostgreSQL: an exclusion constraint. `int8range` needs no extension.

SQLite: triggers that look at the nearest active predecessor, which suffices because active rows
never overlap; the index `allocation_predecessor` makes it one step. Django keeps instants as
text there, so the triggers also refuse text of another shape, which would not compare rightly.
"""

from labbooking.guards import Guard

_TABLE = "bookings_allocation"
_INSTANT = "____-__-__ __:__:__%"


def _sqlite(name: str, event: str, not_itself: str) -> str:
    return f"""
        CREATE TRIGGER {name} BEFORE {event} ON {_TABLE} WHEN NEW.active
        BEGIN
          SELECT RAISE(ABORT, 'allocation_no_overlap: instants must be written in UTC')
          WHERE NEW.guarded_from NOT LIKE '{_INSTANT}' OR NEW.guarded_from LIKE '%+%'
             OR NEW.guarded_until NOT LIKE '{_INSTANT}' OR NEW.guarded_until LIKE '%+%';
          SELECT RAISE(ABORT, 'allocation_no_overlap') WHERE EXISTS (
            SELECT 1 FROM (
              SELECT guarded_until FROM {_TABLE}
              WHERE resource_id = NEW.resource_id AND active = 1 {not_itself}
                AND guarded_from < NEW.guarded_until
              ORDER BY guarded_from DESC LIMIT 1)
            WHERE guarded_until > NEW.guarded_from);
        END
    """


GUARDS = (
    Guard(
        name="allocation_no_overlap",
        table=_TABLE,
        postgresql=f"""
            ALTER TABLE {_TABLE} ADD CONSTRAINT allocation_no_overlap EXCLUDE USING gist (
              int8range(resource_id, resource_id, '[]') WITH &&,
              tstzrange(guarded_from, guarded_until, '[)') WITH &&
            ) WHERE (active)
        """,
    ),
    Guard(
        name="allocation_no_overlap_insert",
        table=_TABLE,
        sqlite=_sqlite("allocation_no_overlap_insert", "INSERT", ""),
    ),
    Guard(
        name="allocation_no_overlap_update",
        table=_TABLE,
        sqlite=_sqlite(
            "allocation_no_overlap_update",
            "UPDATE OF resource_id, guarded_from, guarded_until, active",
            "AND id <> OLD.id",
        ),
    ),
)
