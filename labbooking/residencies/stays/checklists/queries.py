"""Lists of a stay, and what both say of a thing."""

from __future__ import annotations

from dataclasses import dataclass

from labbooking.residencies.stays.checklists.models import CheckItem, CheckKind, CheckList
from labbooking.residencies.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Compared:
    """A line, and how the same thing was found on arrival where this is the list of departure."""

    now: CheckItem
    before: CheckItem | None


def list_of(stay: Stay, kind: str) -> CheckList | None:
    lists = CheckList.objects.filter(stay=stay, kind=kind)
    return lists.prefetch_related("items").first()


def compared(checklist: CheckList) -> list[Compared]:
    before: dict[int, CheckItem] = {}
    if checklist.kind == CheckKind.DEPARTURE:
        rows = CheckItem.objects.filter(
            checklist__stay=checklist.stay_id, checklist__kind=CheckKind.ARRIVAL
        )
        before = {each.item_id: each for each in rows}
    return [Compared(each, before.get(each.item_id)) for each in checklist.items.all()]
