"""Whoever is offered a place in the house and takes it belongs to it from then on."""

from __future__ import annotations

from datetime import datetime

from residents.models import Role, User
from residents.signin.entries import tell


def become_creative(person: User, *, by: User, at: datetime) -> None:
    """An applicant who is locked becomes one; whoever has another role keeps it. `by` is who of
    staff decided so before. In the caller's transaction."""
    if person.role != Role.APPLICANT:
        return
    person.role = Role.CREATIVE
    person.save(update_fields=["role"])
    tell("role.changed", person, by=by, at=at, before=Role.APPLICANT, after=Role.CREATIVE)
