"""No more people than a slot takes, whoever writes and whatever happens at the same moment.

Each number is there once (a unique constraint), and none lies beyond what the slot takes: looked at
when a place is written, and when the slot is made smaller. PostgreSQL holds the slot's row while a
place is written, so that nobody makes it smaller meanwhile; SQLite has one writer at a time.
"""

from labbooking.guards import Guard

_PLACE = "inductions_inductionplace"
_SLOT = "inductions_inductionslot"
_FULL = "inductionplace_within_capacity"
_SMALLER = "inductionslot_holds_its_people"


def _sqlite_place(event: str, name: str) -> Guard:
    return Guard(
        name=name,
        table=_PLACE,
        sqlite=f"""
            CREATE TRIGGER {name} BEFORE {event} ON {_PLACE}
            WHEN NOT EXISTS (SELECT 1 FROM {_SLOT} WHERE id = NEW.slot_id
                             AND people >= NEW.number AND called_off_at IS NULL)
            BEGIN SELECT RAISE(ABORT, '{_FULL}'); END
        """,
    )


GUARDS = (
    _sqlite_place("INSERT", f"{_FULL}_insert"),
    _sqlite_place("UPDATE OF number, slot_id", f"{_FULL}_update"),
    Guard(
        name=_FULL,
        table=_PLACE,
        postgresql=f"""
            CREATE OR REPLACE FUNCTION {_FULL}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              PERFORM 1 FROM {_SLOT} WHERE id = NEW.slot_id AND people >= NEW.number
                AND called_off_at IS NULL FOR SHARE;
              IF NOT FOUND THEN
                RAISE EXCEPTION '{_FULL}' USING ERRCODE = 'check_violation';
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER {_FULL} BEFORE INSERT OR UPDATE OF number, slot_id ON {_PLACE}
              FOR EACH ROW EXECUTE FUNCTION {_FULL}()
        """,
    ),
    Guard(
        name=_SMALLER,
        table=_SLOT,
        sqlite=f"""
            CREATE TRIGGER {_SMALLER} BEFORE UPDATE OF people ON {_SLOT}
            WHEN EXISTS (SELECT 1 FROM {_PLACE} WHERE slot_id = NEW.id AND number > NEW.people)
            BEGIN SELECT RAISE(ABORT, '{_SMALLER}'); END
        """,
        postgresql=f"""
            CREATE OR REPLACE FUNCTION {_SMALLER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF EXISTS (SELECT 1 FROM {_PLACE} WHERE slot_id = NEW.id AND number > NEW.people) THEN
                RAISE EXCEPTION '{_SMALLER}' USING ERRCODE = 'check_violation';
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER {_SMALLER} BEFORE UPDATE OF people ON {_SLOT}
              FOR EACH ROW EXECUTE FUNCTION {_SMALLER}()
        """,
    ),
)
