"""Who decides on which types, and who stands in for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from labbooking.bookings.models import ApprovalStep, Approver
from labbooking.bookings.rules.who_decides import APPROVERS, DEPUTIES, people_at
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


def waits_for(person: User, at: datetime) -> Q:
    """Of requests those that are for this person of the staff to answer, as `may_answer` says of
    each (`rules.who_decides`)."""
    able = Approver.objects.filter(
        step=OuterRef("waits_at"), person__role=Role.STAFF, person__is_active=True
    )
    first, second = able.filter(is_deputy=False), able.filter(is_deputy=True)
    is_over = Q(escalate_at__lte=at)
    alone = Q(step_reach=APPROVERS) & ~is_over
    with_deputies = Q(step_reach=APPROVERS) & is_over | Q(step_reach=DEPUTIES) & ~is_over
    nobody_decides, nobody_stands_in = ~Q(Exists(first)), ~Q(Exists(second))
    stands_in = Q(Exists(second.filter(person=person))) | nobody_stands_in
    decides = Q(Exists(first.filter(person=person))) | nobody_decides & stands_in
    either = Q(Exists(able.filter(person=person))) | nobody_decides | nobody_stands_in
    all_staff = Q(waits_at=None) | ~(alone | with_deputies)
    return all_staff | alone & decides | with_deputies & either


def everybody_of(groups: Iterable[tuple[User, ...]], staff: tuple[User, ...]) -> tuple[User, ...]:
    """Everybody in some groups, each once; an empty group stands for all staff."""
    people = {person.pk: person for group in groups for person in group or staff}
    return tuple(people[key] for key in sorted(people))
