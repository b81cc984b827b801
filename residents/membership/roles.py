"""Who may give which role. Nobody gives more than they have, and nobody to themselves."""

from __future__ import annotations

from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed
from residents.models import Role, User

MAY_GIVE: dict[str, tuple[Role, ...]] = {
    Role.STAFF: (Role.CREATIVE,),
    Role.ADMIN: tuple(Role),
}
"""Researchers read what the house has written down about everybody, so staff do not make them."""


def roles_of(by: User | None) -> tuple[Role, ...]:
    """The roles that somebody may give; a command of the machine, who is nobody, may give all."""
    if by is None:
        return tuple(Role)
    return MAY_GIVE.get(by.role, ()) if by.is_active else ()


def refuse_role(role: str, by: User | None) -> None:
    """Raises `NotAllowed`."""
    if not roles_of(by):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
    if role not in roles_of(by):
        raise NotAllowed(_("Only administrators can give that role."))
