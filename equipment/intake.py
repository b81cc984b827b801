"""What is asked of whoever books, as it is asked now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from equipment.models import Question, ResourceType, Terms


def questions_of(types: Iterable[int]) -> tuple[Question, ...]:
    """Those that are asked now, in their order."""
    asked = Question.objects.filter(type__in=[*types], ended_at=None).select_related("type")
    return tuple(asked.order_by("type__order", "type__slug", "order", "pk"))


def terms_in_force(types: Iterable[int], at: datetime) -> tuple[Terms, ...]:
    """The last version of each type that is in force, where it has words."""
    versions = Terms.objects.filter(type__in=[*types], in_force_at__lte=at).select_related("type")
    last = {each.type_id: each for each in versions.order_by("version")}
    return tuple(each for each in last.values() if each.text_de or each.text_en)


def asked_with(of_type: ResourceType, at: datetime) -> dict[str, Any]:
    """What the page of a kind, or of one of it, tells of it; no query where it never asked."""
    if not of_type.asks:
        return {}
    terms = terms_in_force([of_type.pk], at)
    return {"asked": questions_of([of_type.pk]), "terms": terms[0] if terms else None}
