"""What people agreed to cannot be reworded or lost: the database refuses to change a consent text,
to delete it and to put another in its place."""

from labbooking.guards import append_only

GUARDS = append_only(
    "research_consenttext",
    "a consent text never changes",
    verbs=("UPDATE", "DELETE"),
    unique=(("id",), ("study_id", "version")),
)
