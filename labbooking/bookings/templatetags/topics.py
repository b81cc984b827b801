"""What an induction's topic is called on pages."""

from django import template

from equipment.models import ResourceType

register = template.Library()


@register.filter
def topic_name(topic: str) -> str:
    """The name of the things that ask for an induction on a topic; the topic itself if none do."""
    kind = ResourceType.objects.filter(rules__induction=topic).first()
    return kind.name if kind else topic
