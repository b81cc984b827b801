"""Short names of things: they stand in addresses, in the lab's file and in the API, for good."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.models import Resource, ResourceType

WELL_FORMED = gettext_lazy("Small letters, digits and single hyphens, such as “vr-headset”.")
RESERVED = frozenset({"announcements", "kinds", "manage", "rules"})
"""Pages of the house stand at these addresses."""
_LONGEST = 50


def refuse_reserved(slug: str) -> None:
    """Raises `ValidationError` for the field `slug`."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise ValidationError({"slug": WELL_FORMED})
    if slug in RESERVED:
        message = _("“{slug}” is the address of another page: choose another short name.")
        raise ValidationError({"slug": message.format(slug=slug)})


def free_slug(of: type[Resource | ResourceType], name: str) -> str:
    """Made of a name; with a number where that is in use already."""
    short = slugify(name.translate(SPELT))[: _LONGEST - 4].strip("-") or "thing"
    tries = (short if number == 1 else f"{short}-{number}" for number in count(1))
    taken = RESERVED.union(of.objects.values_list("slug", flat=True))
    return next(each for each in tries if each not in taken)


def short_key(words: str, taken: Collection[str], otherwise: str) -> str:
    """A name for programs, made of English words; with a number where that is taken already."""
    short = slugify(words.translate(SPELT))[:40].strip("-") or otherwise
    tries = (short if number == 1 else f"{short}-{number}" for number in count(1))
    return next(each for each in tries if each not in taken)


def numbered_slugs(stem: str, many: int) -> list[tuple[int, str]]:
    """The next free numbers after those that things named so have already: `headset-5`."""
    taken = set(Resource.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbers = [_number(slug, stem) for slug in taken]
    first = max(numbers, default=0) + 1
    return [(number, f"{stem}-{number}") for number in range(first, first + many)]


def _number(slug: str, stem: str) -> int:
    tail = slug.removeprefix(f"{stem}-")
    return int(tail) if tail.isascii() and tail.isdigit() else 0


SPELT = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "Ä": "Ae",
        "Ö": "Oe",
        "Ü": "Ue",
        "ß": "ss",
        "_": " ",
    }
)
"""What `slugify` would leave out, or leave as no short name may be."""
