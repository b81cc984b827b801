"""Staff write the texts of the house."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from equipment.actions.overtaken import Overtaken
from equipment.actor import Actor, only_staff, touched
from equipment.models import HouseText
from labbooking.journal.record import Happening, record


@transaction.atomic
def write_text(
    slug: str, fields: Mapping[str, str], *, by: Actor, at: datetime, based_on: datetime | None
) -> None:
    """Write a text of the house in both languages; the same words again change nothing.

    `fields` are `title_de`, `title_en`, `body_de`, `body_en`. `based_on` is when the text that was
    changed had been written, None for the one that came with the house. Raises `PermissionDenied`,
    `ValidationError` by field, and `Overtaken` where somebody has written it meanwhile.
    """
    only_staff(by)
    text = HouseText(slug=slug, changed_at=at, **fields)
    text.full_clean(validate_unique=False)
    known = HouseText.objects.select_for_update().filter(slug=slug).first()
    if known and all(getattr(known, name) == words for name, words in fields.items()):
        return
    _refuse_to_overtake(known, based_on)
    if known:
        text.pk = known.pk
    _save_text(text)
    record(Happening("text.changed", at, touched((), by), {"text": slug}))


def _save_text(text: HouseText) -> None:
    """Of two who write a text for the first time at once the second is told."""
    try:
        with transaction.atomic():
            text.save()
    except IntegrityError:
        raise Overtaken(_("Somebody else has written this text meanwhile.")) from None


@transaction.atomic
def unwrite_text(slug: str, *, by: Actor, at: datetime, based_on: datetime | None) -> None:
    """Let the text that came with the house stand again. Raises like `write_text`."""
    only_staff(by)
    known = HouseText.objects.select_for_update().filter(slug=slug).first()
    if known is None:
        return
    _refuse_to_overtake(known, based_on)
    known.delete()
    data = {"text": slug, "came_with_the_house": True}
    record(Happening("text.changed", at, touched((), by), data))


def _refuse_to_overtake(known: HouseText | None, based_on: datetime | None) -> None:
    if (known.changed_at if known else None) != based_on:
        raise Overtaken(_("Somebody else has written this text meanwhile."))
