"""Staff put manuals beside things: a PDF that is kept here, or a web address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment import manuals
from equipment.actions.attachments import Thing, first_free_place, locked_thing, of, put, told
from equipment.actions.ordering import Way
from equipment.actor import Actor, only_staff
from equipment.models import Manual

MOST_MANUALS = 12


def add_manual(
    thing: Thing, fields: Mapping[str, Any], pdf: bytes | None, *, by: Actor, at: datetime
) -> Manual:
    """One more, last of all; `fields` are titles and, where there is no `pdf`, the `url`.

    Raises `PermissionDenied`, and `ValidationError` by field.
    """
    only_staff(by)
    if bool(pdf) == bool(fields.get("url")):
        message = _("Give a PDF or a web address: one of the two.")
        raise ValidationError({"url": message})
    with manuals.kept(pdf) as key, transaction.atomic():
        return _added(locked_thing(thing), fields, key, by, at)


def _added(thing: Thing, fields: Mapping[str, Any], key: str, by: Actor, at: datetime) -> Manual:
    if Manual.objects.filter(**of(thing)).count() >= MOST_MANUALS:
        message = _("There are {count} manuals already: take one away first.")
        raise ValidationError(message.format(count=MOST_MANUALS))
    row = Manual(**of(thing), **fields, order=first_free_place(Manual, thing))
    row.full_clean(exclude=["key", "type", "unit"], validate_constraints=False)
    row.key = key
    row.save()
    told(thing, "manuals", by, at)
    return row


@transaction.atomic
def order_manual(pk: int, way: Way, *, by: Actor, at: datetime) -> Manual:
    """Raises `PermissionDenied` and `Manual.DoesNotExist`."""
    only_staff(by)
    row = Manual.objects.get(pk=pk)
    thing = locked_thing(row.owner)
    if put(Manual, thing, pk, way):
        told(thing, "manuals", by, at)
    return row


@transaction.atomic
def remove_manual(pk: int, *, by: Actor, at: datetime) -> Manual:
    """Raises `PermissionDenied` and `Manual.DoesNotExist`; its file goes once it is committed."""
    only_staff(by)
    thing = locked_thing(Manual.objects.get(pk=pk).owner)
    row = Manual.objects.get(pk=pk)
    key = row.key
    row.delete()
    if key:
        transaction.on_commit(lambda: manuals.delete(key))
    told(thing, "manuals", by, at)
    return row
