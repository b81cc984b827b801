"""Staff say what belongs to a studio: one line a thing, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from equipment.models import Kind, Resource
from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import NotThere
from labbooking.journal.record import Happening, Touched, people, record
from labbooking.lengths import LONGEST_LINE
from labbooking.residencies.stays.checklists.models import InventoryItem
from residents.models import User

MOST_ITEMS = 100
Line = tuple[str, str]


def inventory_of(resource: Resource) -> list[InventoryItem]:
    return list(InventoryItem.objects.filter(resource=resource, retired_at=None))


def lines_of(items: Sequence[InventoryItem]) -> list[Line]:
    return [(each.label_de, each.label_en) for each in items]


@transaction.atomic
def write_inventory(
    slug: str, lines: Sequence[Line], *, by: User, at: datetime, based_on: Sequence[Line]
) -> list[InventoryItem]:
    """What is called as before stays the same thing, so that lists go together.

    Raises `NotAllowed`, `NotThere`, `Overtaken`, and `ValidationError`.
    """
    only_staff(by)
    resource = (
        Resource.objects.select_for_update(of=("self",), no_key=True)
        .filter(slug=slug, type__kind=Kind.STUDIO)
        .first()
    )
    if resource is None:
        raise NotThere
    known = inventory_of(resource)
    if lines_of(known) == list(lines):
        return known
    if lines_of(known) != list(based_on):
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    _refuse(lines)
    _write(resource, known, lines, at)
    touched = (*people(by=by), Touched("resource", resource.slug, "used"))
    record(Happening("stay.inventory_changed", at, touched, {"count": len(lines)}))
    return inventory_of(resource)


def _write(
    resource: Resource, known: list[InventoryItem], lines: Sequence[Line], at: datetime
) -> None:
    by_line = {(each.label_de, each.label_en): each for each in known}
    for order, line in enumerate(lines):
        item = by_line.pop(line, None) or InventoryItem(
            resource=resource, label_de=line[0], label_en=line[1]
        )
        item.order = order
        item.save()
    gone = [each.pk for each in by_line.values()]
    InventoryItem.objects.filter(pk__in=gone).update(retired_at=at)


def _refuse(lines: Sequence[Line]) -> None:
    if len(lines) > MOST_ITEMS:
        message = _("At most {count} things.").format(count=MOST_ITEMS)
        raise ValidationError({"lines_de": message})
    if len(set(lines)) < len(lines):
        message = _("Two lines say the same: number them, or say how they differ.")
        raise ValidationError({"lines_de": message})
    for german, english in lines:
        if not (german.strip() and english.strip()):
            raise ValidationError({"lines_en": _("As many lines in German as in English, please.")})
        if max(len(german), len(english)) > LONGEST_LINE or "\0" in german + english:
            message = _("A line has at most {count} characters.").format(count=LONGEST_LINE)
            raise ValidationError({"lines_de": message})
