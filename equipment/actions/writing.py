"""What describing a type and describing a unit have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from equipment.actions.overtaken import Overtaken
from equipment.models import Resource, ResourceType

LISTS = ("features_de", "features_en", "accessories_de", "accessories_en")


def described(
    thing: Resource | ResourceType, fields: Mapping[str, Any], *, based_on: str, at: datetime
) -> list[str]:
    """Set what is different, without saving; the names of those fields.

    Raises `Overtaken` where somebody has described it anew since `based_on` was its `version`.
    """
    fields = with_tidy_lists(fields)
    changed = [name for name, new in fields.items() if getattr(thing, name) != new]
    if changed:
        refuse_to_overtake(thing, based_on)
        for name in changed:
            setattr(thing, name, fields[name])
        thing.edited_at = at
    return changed


def refuse_to_overtake(thing: Resource | ResourceType, based_on: str) -> None:
    if thing.version != based_on:
        raise Overtaken(_("Somebody else has changed this meanwhile."))


def with_tidy_lists(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Lists without empty lines, one thing a line."""
    return {name: _tidy(value) if name in LISTS else value for name, value in fields.items()}


def _tidy(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def save(thing: Resource | ResourceType, *, is_new: bool = False) -> None:
    """Checked field by field; whoever was quicker with the same short name keeps it."""
    thing.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            thing.save(force_insert=is_new)
    except IntegrityError:
        message = _("Somebody else has just used the same name or number. Please look again.")
        raise ValidationError(message) from None
