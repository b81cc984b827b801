"""Who somebody was here before, as the journal knows it: other accounts, and other roles."""

from __future__ import annotations

from collections.abc import Collection

from labbooking.journal.models import Entry, EntryObject
from residents.models import OF_THE_TEAM, Role, User

Type = EntryObject.Type
_KINDS = (
    *("role.changed", "account.made", "invitation.accepted"),
    *("juror.invited", "application.begun"),
)
"""In these a role is named. Whoever applies is an applicant, with whatever role they have."""
_NO_RESEARCH = frozenset({*OF_THE_TEAM, Role.APPLICANT, Role.JUROR})


def joined_into(person: User) -> list[User]:
    """The accounts that became this one, and those that became them."""
    keys = _keys(person) - {str(person.subject_key)}
    return list(User.objects.filter(subject_key__in=keys).order_by("pk"))


def roles_had(person: User) -> set[str]:
    """All that this person has been, with any of their accounts."""
    told = Entry.objects.filter(
        kind__in=_KINDS,
        objects_touched__type=Type.SUBJECT,
        objects_touched__key__in=_keys(person),
        objects_touched__qualifier="person",
    ).values_list("data", flat=True)
    names = ("role", "before", "after")
    return {person.role} | {str(data[name]) for data in told for name in names if name in data}


def are_both_sides(roles: Collection[str]) -> bool:
    """Whether somebody would be a researcher and of those who decide on others, or have applied to
    be decided on; one of them perhaps long ago (G9)."""
    return Role.RESEARCHER in roles and not _NO_RESEARCH.isdisjoint(roles)


def _keys(person: User) -> set[str]:
    known: set[str] = set()
    new = {str(person.subject_key)}
    while new:
        known |= new
        joins = EntryObject.objects.filter(
            entry__kind="account.joined", type=Type.SUBJECT, qualifier="person", key__in=new
        )
        before = EntryObject.objects.filter(type=Type.SUBJECT, qualifier="before")
        new = set(before.filter(entry__in=joins.values("entry")).values_list("key", flat=True))
        new -= known
    return known
