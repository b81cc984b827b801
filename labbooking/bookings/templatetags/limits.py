"""What the house allows for how long, as sentences of pages name it: "10 minutes"."""

from __future__ import annotations

from django import template

from labbooking import lengths, when
from labbooking.bookings.actions.hold import A_WHILE
from labbooking.bookings.availability.slots_by_day import LOOK_AHEAD
from labbooking.bookings.states import UNDO_WITHIN
from labbooking.bookings.transaction.offers import OFFER_LASTS
from labbooking.language.parser import LONGEST_TEXT
from labbooking.period import WEEK
from residents.signin import links

register = template.Library()


@register.simple_tag
def kept_for() -> str:
    """A time that somebody is still deciding about."""
    return when.duration(A_WHILE)


@register.simple_tag
def offered_for() -> str:
    """A time that freed, to who has waited longest."""
    return when.duration(OFFER_LASTS)


@register.simple_tag
def undone_within() -> str:
    return when.duration(UNDO_WITHIN)


@register.simple_tag
def link_works_for() -> str:
    """With which somebody chooses a new password."""
    return when.duration(links.link_works_for())


@register.simple_tag
def weeks_searched() -> int:
    return LOOK_AHEAD // WEEK


@register.simple_tag
def longest_paragraph() -> int:
    return lengths.LONGEST_PARAGRAPH


@register.simple_tag
def longest_sentence() -> int:
    """That is understood when somebody says what they would like."""
    return LONGEST_TEXT
