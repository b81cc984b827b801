"""How many people fit. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from equipment.models import Resource
from labbooking.errors import Refusal


def places_in(things: Iterable[Resource]) -> int | None:
    """In all that say how many they hold; None where none of them does."""
    said = [each.capacity for each in things if each.capacity]
    return sum(said) if said else None


def over_capacity(things: Iterable[Resource], people: int) -> list[Refusal]:
    """Nobody sets that aside: a room does not grow. Whoever comes alone fits everywhere."""
    counted = [each for each in things if each.capacity]
    places = places_in(counted)
    if places is None or people <= max(places, 1):
        return []
    names = get_text_list([each.name for each in counted], pgettext("Seat 1 and Seat 2", "and"))
    fits = ngettext(
        "Only {count} person fits: {names}.", "Only {count} people fit: {names}.", places
    )
    words = _("{fits} That would be {people} in all.")
    said = words.format(fits=fits.format(count=places, names=names), people=people)
    return [Refusal("over_capacity", said)]
