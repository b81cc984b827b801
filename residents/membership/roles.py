"""Who may give which role, and who looks after whom. Nobody gives more than they have, and nobody
to themselves."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, Refused
from residents.models import Role, User

NOT_GIVEN = frozenset({Role.APPLICANT})
"""It comes with an application alone."""
NOT_MOVED_INTO = frozenset({Role.APPLICANT, Role.JUROR})
"""Whoever has another role keeps it, and applies or sits on a jury with it."""
_GIVEN = tuple(each for each in Role if each not in NOT_GIVEN)
MAY_GIVE: dict[str, tuple[Role, ...]] = {
    Role.STAFF: (Role.CREATIVE,),
    Role.ADMIN: _GIVEN,
}
"""Researchers read what the house has written down about everybody, so staff do not make them."""
LOOKS_AFTER: dict[str, tuple[Role, ...]] = {
    Role.STAFF: (Role.CREATIVE, Role.APPLICANT, Role.JUROR),
    Role.ADMIN: tuple(Role),
}


def roles_of(by: User | None) -> tuple[Role, ...]:
    """The roles that somebody may give; a command of the machine, who is nobody, may give all that
    are given."""
    if by is None:
        return _GIVEN
    return MAY_GIVE.get(by.role, ()) if by.is_active else ()


def looks_after(by: User, person: User) -> bool:
    return by.is_active and person.role in LOOKS_AFTER.get(by.role, ())


def why_not_given(role: str, by: User | None) -> str:
    """Nothing where `by` may give it."""
    if role in NOT_GIVEN:
        return _("Nobody is made an applicant: that comes with an application alone.")
    return "" if role in roles_of(by) else _("Only administrators can give that role.")


def refuse_role(role: str, by: User | None) -> None:
    """Raises `NotAllowed`."""
    if not roles_of(by):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
    if why := why_not_given(role, by):
        raise NotAllowed(why)


def refuse_to_move_into(role: str) -> None:
    """Raises `Refused`."""
    if role in NOT_MOVED_INTO:
        raise Refused(
            _("Whoever has an account keeps its role to apply for a call or to sit on a jury.")
        )
