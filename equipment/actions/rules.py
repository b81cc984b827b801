"""Staff change the house rules of a type: each change is a version."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions.overtaken import Overtaken
from equipment.actor import Actor, only_staff, touched
from equipment.models import HouseRules, ResourceType
from labbooking.journal.record import Happening, record


def drafted(of_type: ResourceType, fields: Mapping[str, Any], *, at: datetime) -> HouseRules:
    """The next version, not saved: the current one with these fields changed."""
    current = of_type.rules
    if current is None:
        raise ValidationError(_("There are no house rules to start from yet."))
    draft = copy(current)
    draft.pk, draft.version, draft.made_at = None, current.version + 1, at
    draft.by_staff = True
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft


def _says_already(rules: HouseRules, fields: Mapping[str, Any]) -> bool:
    return all(getattr(rules, name) == value for name, value in fields.items())


@transaction.atomic
def new_rules(
    of_type: ResourceType, fields: Mapping[str, Any], *, by: Actor, at: datetime, based_on: int
) -> HouseRules:
    """Make the next version of a type's rules; bookings keep the version they were made under.

    `based_on` is the number of the version that was changed. What the rules say already makes no
    version: who presses twice gets the one they made. Raises `PermissionDenied`, `Overtaken`, and
    `ValidationError` by field.
    """
    only_staff(by)
    locked = ResourceType.objects.select_for_update(of=("self",), no_key=True)
    of_type = locked.select_related(None).get(pk=of_type.pk)
    if of_type.rules and _says_already(of_type.rules, fields):
        return of_type.rules
    if of_type.rules is None or of_type.rules.version != based_on:
        message = _("Somebody else has changed these rules meanwhile. Look at them again first.")
        raise Overtaken(message, code="overtaken")
    rules = drafted(of_type, fields, at=at)
    rules.full_clean(exclude=["id", "type"])
    rules.save(force_insert=True)
    of_type.rules = rules
    of_type.save(update_fields=["rules"])
    slugs = of_type.resources.values_list("slug", flat=True)
    data = {"type": of_type.slug, "version": rules.version}
    record(Happening("rules.changed", at, touched(slugs, by), data))
    return rules
