"""Who decides on which types, and who stands in for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from labbooking.bookings.models import ApprovalStep, Approver
from labbooking.bookings.rules.who_decides import people_at
from residents.models import Role, User


@dataclass(frozen=True, slots=True)
class Deciders:
    """Of one type: empty where nobody is named, and then it is all staff."""

    approvers: tuple[User, ...] = ()
    deputies: tuple[User, ...] = ()


NOBODY_NAMED = Deciders()


def deciders(types: Collection[int] | None = None) -> dict[int, Deciders]:
    """By type's key, where somebody is named who still is staff; one query. Whoever is named at a
    step decides there (`rules.who_decides`)."""
    rows = Approver.objects.filter(step=None, person__role=Role.STAFF, person__is_active=True)
    if types is not None:
        rows = rows.filter(type__in=types)
    named: dict[int, tuple[list[User], list[User]]] = {}
    for row in rows.select_related("person").order_by("person__name", "pk"):
        named.setdefault(row.type_id, ([], []))[row.is_deputy].append(row.person)
    return {key: Deciders(tuple(first), tuple(second)) for key, (first, second) in named.items()}


def deciders_at(step: ApprovalStep) -> Deciders:
    """Of one step; without anybody who decides there, whoever stands in does."""
    return Deciders(people_at(step), people_at(step, deputies=True))


def everybody_of(groups: Iterable[tuple[User, ...]], staff: tuple[User, ...]) -> tuple[User, ...]:
    """Everybody in some groups, each once; an empty group stands for all staff."""
    people = {person.pk: person for group in groups for person in group or staff}
    return tuple(people[key] for key in sorted(people))
