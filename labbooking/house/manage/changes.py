"""What staff change about things that bookings rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment import actions
from equipment.actions.questions import copy_questions
from equipment.actions.terms import copy_terms
from equipment.actor import only_staff
from equipment.models import Resource, ResourceType
from labbooking.bookings.actions.steps.describe import said_of, write_steps
from labbooking.bookings.models import Allocation
from labbooking.bookings.queries import current_steps
from labbooking.bookings.transaction.offers import passing_on
from residents.models import User


@transaction.atomic
def add_type(
    fields: Mapping[str, Any], *, units: int, like: ResourceType | None, by: User, at: datetime
) -> ResourceType:
    """As `equipment.actions.add_type`; what is like another kind asks what that asks, and is
    decided on in its steps."""
    made = actions.add_type(fields, units=units, like=like, by=by, at=at)
    if like and like.asks:
        copy_questions(like, made, at)
        copy_terms(like, made, at)
    if like and like.approval_steps:
        write_steps(made, [said_of(each) for each in current_steps([like])], at)
    return made


def add_unit(
    fields: Mapping[str, Any],
    parts: Collection[str],
    *,
    by: User,
    at: datetime,
    features: Collection[str] = (),
) -> Resource:
    """As `equipment.actions.add_unit`; who waits for one of its kind is served."""
    only_staff(by)
    pool = Resource.objects.filter(type=fields["type"])
    to_be_parts = Resource.objects.filter(slug__in=parts)
    with passing_on(Allocation.objects.none(), at, opens=list(pool), also=list(to_be_parts)):
        return actions.add_unit(fields, parts, by=by, at=at, features=features)


def change_unit(
    slug: str,
    fields: Mapping[str, Any],
    parts: Collection[str],
    *,
    by: User,
    at: datetime,
    based_on: str,
    features: Collection[str] | None = None,
) -> Resource:
    """As `equipment.actions.change_unit`; its kind and its parts stay while it is booked ahead, and
    its parts while it is closed with them."""
    only_staff(by)
    alike = Resource.objects.filter(slug__in=[slug, *parts]) | Resource.objects.filter(
        wholes__slug=slug
    )
    with passing_on(Allocation.objects.none(), at, also=list(alike.distinct())):
        return actions.change_unit(
            slug,
            fields,
            parts,
            by=by,
            at=at,
            based_on=based_on,
            features=features,
            before=lambda unit: _refuse_if_used(unit, parts, at),
        )


def _refuse_if_used(unit: Resource, parts: Collection[str], at: datetime) -> None:
    if booked_ahead(at).filter(resource=unit).exists():
        message = _(
            "“{name}” is booked ahead, so its kind and its parts stay as they are: "
            "take it out of use first, which asks what becomes of each booking."
        )
        raise ValidationError(message.format(name=unit.name), code="in_use")
    others = set(unit.parts.values_list("slug", flat=True)) != set(parts)
    if others and _taken_ahead(at).filter(resource=unit).exists():
        message = _("It is closed ahead together with its parts: open it again first.")
        raise ValidationError({"parts": ValidationError(message, code="in_use")})


def _taken_ahead(at: datetime) -> QuerySet[Allocation]:
    return Allocation.objects.filter(active=True, guarded_until__gt=at)


def booked_ahead(at: datetime) -> QuerySet[Allocation]:
    """What bookings hold from now on. No closure rests on a kind or on how many there are, and on
    public holidays things are closed for years ahead."""
    return _taken_ahead(at).filter(booking__isnull=False)


def change_type(
    slug: str,
    fields: Mapping[str, Any],
    *,
    units: int | None = None,
    by: User,
    at: datetime,
    based_on: str,
) -> ResourceType:
    """As `equipment.actions.change_type`. With `units` the pool gets that large: new ones are
    numbered on, and those at the end that nobody has booked are taken out of use."""
    only_staff(by)
    pool = Resource.objects.filter(type__slug=slug)
    with passing_on(Allocation.objects.none(), at, opens=list(pool)):
        of_type = actions.change_type(slug, fields, by=by, at=at, based_on=based_on)
        if units is not None:
            _resize(of_type, units, by, at)
    return of_type


def _resize(of_type: ResourceType, units: int, by: User, at: datetime) -> None:
    usable = list(of_type.resources.filter(is_bookable=True).order_by("-order", "-slug"))
    if units > len(usable):
        actions.add_units(of_type, units - len(usable), by=by, at=at)
        return
    taken = set(booked_ahead(at).filter(resource__in=usable).values_list("resource", flat=True))
    unused = [each for each in usable if each.pk not in taken]
    too_many = len(usable) - units
    if too_many > len(unused):
        raise ValidationError({"units": _too_small(len(usable) - len(unused))}, code="in_use")
    actions.retire(unused[:too_many], by=by, at=at)


def _too_small(booked: int) -> str:
    message = ngettext(
        "{count} of them is booked ahead, so there cannot be fewer than that. "
        "Take it out of use in the list: you are asked what becomes of each booking.",
        "{count} of them are booked ahead, so there cannot be fewer than that. "
        "Take them out of use one by one in the list: you are asked what becomes of each booking.",
        booked,
    )
    return message.format(count=booked)
