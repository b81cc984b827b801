"""What an induction's topic is called on pages."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from equipment.models import ResourceType
from residents.models import Induction

register = template.Library()


@register.simple_tag
def named_topics(inductions: Iterable[Induction]) -> list[tuple[str, Induction]]:
    """Each with the name of the things that ask for it, or its topic if none do; one query."""
    wanted = list(inductions)
    topics = {each.topic for each in wanted}
    kinds = ResourceType.objects.filter(rules__induction__in=topics).select_related("rules")
    names = {each.rules.induction: each.name for each in reversed(list(kinds)) if each.rules}
    return [(names.get(each.topic, each.topic), each) for each in wanted]
