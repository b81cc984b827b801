"""What people agreed to cannot be reworded: the database refuses to change a consent text."""

from labbooking.guards import Guard

_NAME = "research_consenttext_no_update"
_REFUSE = "a consent text never changes"

GUARDS = (
    Guard(
        name=_NAME,
        table="research_consenttext",
        sqlite=(
            f"CREATE TRIGGER {_NAME} BEFORE UPDATE ON research_consenttext "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSE}'); END"
        ),
        postgresql=(
            "CREATE OR REPLACE FUNCTION research_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSE}' USING ERRCODE = 'check_violation'; END $$; "
            f"CREATE TRIGGER {_NAME} BEFORE UPDATE ON research_consenttext "
            "FOR EACH ROW EXECUTE FUNCTION research_refuse()"
        ),
    ),
)
