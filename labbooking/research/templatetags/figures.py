"""How few people are too few to be told of."""

from django import template

from labbooking.research.figures.counting import FEWEST

register = template.Library()


@register.simple_tag
def fewest_people() -> int:
    """A number to which fewer contributed is not told."""
    return FEWEST
