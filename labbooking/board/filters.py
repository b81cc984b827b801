"""Which things the board shows, and the links that narrow it to others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import Kind, Resource, ResourceType
from labbooking.board.address import BoardAddress
from labbooking.bookings.availability.resource_days import rules_of
from residents.models import User

Reader = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Chip:
    """A link to the same board with other things on it; the current one takes itself back."""

    label: str
    url: str
    current: bool
    removable: bool = True


def shown_resources(
    resources: Iterable[Resource], address: BoardAddress, reader: Reader, at: datetime
) -> list[Resource]:
    """What of the house the address asks for. One query more where it asks what is mine to book."""
    wanted = [each for each in resources if _is_named(each, address)]
    if not address.mine:
        return wanted
    topics = topics_of(reader, at)
    return [each for each in wanted if can_book(each, reader, topics)]


def _is_named(resource: Resource, address: BoardAddress) -> bool:
    of_type = resource.type
    if address.resources and resource.slug not in address.resources:
        return False
    return address.kind in {"", of_type.kind} and address.type in {"", of_type.slug}


def topics_of(reader: Reader, at: datetime) -> set[str]:
    """What somebody is inducted on now."""
    if not isinstance(reader, User):
        return set()
    return {each.topic for each in reader.inductions.all() if each.holds_at(at)}


def can_book(resource: Resource, reader: Reader, topics: set[str]) -> bool:
    """As far as one can know without a time; who is not signed in may come to be anybody."""
    if not resource.is_bookable:
        return False
    if not isinstance(reader, User):
        return True
    needed = rules_of(resource).induction
    return reader.may_book and (not needed or needed in topics or reader.is_lab_staff)


def chips(resources: Sequence[Resource], address: BoardAddress) -> list[Chip]:
    """Everything, each kind, the types of the chosen kind, and what I can book."""
    types = list({each.type_id: each.type for each in resources}.values())
    kinds = list(dict.fromkeys(each.kind for each in types))
    everything = address.narrowed(mine=address.mine)
    everywhere = not (address.kind or address.type or address.resources)
    found = (
        [Chip(_("Everything"), everything.url, everywhere, removable=False)]
        if len(kinds) > 1
        else []
    )
    for kind in kinds if len(kinds) > 1 else ():
        of_kind = [each for each in types if each.kind == kind]
        found.append(_kind(kind, of_kind, address))
        if len(of_kind) > 1 and address.kind == kind:
            found += [_type(each, address) for each in of_kind]
    found += _single(resources, address)
    mine = replace(address, mine=not address.mine, notice="")
    return [*found, Chip(_("What I can book"), mine.url, address.mine)]


def _single(resources: Sequence[Resource], address: BoardAddress) -> list[Chip]:
    """Each thing the address names; choosing it takes it off the board."""
    named = [each for each in resources if each.slug in address.resources]
    found = []
    for each in named:
        others = tuple(one.slug for one in named if one != each)
        without = replace(address, resources=others, notice="")
        found.append(Chip(each.name, without.url, current=True))
    return found


def things(
    resources: Sequence[Resource], address: BoardAddress
) -> list[tuple[str, list[tuple[Resource, bool]]]]:
    """Every thing under its type, and whether the address names it."""
    kept = groupby(resources, key=lambda each: each.type)
    return [
        (of_type.plural, [(each, each.slug in address.resources) for each in group])
        for of_type, group in kept
    ]


def unknown(resources: Iterable[Resource], address: BoardAddress) -> str:
    """What the address names and the house has not, in a sentence."""
    missing = sorted(set(address.resources) - {each.slug for each in resources})
    if not missing:
        return ""
    words = ngettext("{names} is not in the house.", "{names} are not in the house.", len(missing))
    return words.format(names=", ".join(missing[:5]))


def _kind(kind: str, types: Sequence[ResourceType], address: BoardAddress) -> Chip:
    current = address.kind == kind and not address.type
    asked = address.narrowed(kind="" if current else kind, mine=address.mine)
    return Chip(types[0].plural if len(types) == 1 else _plural(kind), asked.url, current)


def _type(of_type: ResourceType, address: BoardAddress) -> Chip:
    current = address.type == of_type.slug
    slug = "" if current else of_type.slug
    asked = address.narrowed(kind=of_type.kind, type=slug, mine=address.mine)
    return Chip(of_type.plural, asked.url, current)


def _plural(kind: str) -> str:
    words = {
        Kind.STUDIO: _("Studios"),
        Kind.SEAT: _("Seats"),
        Kind.DEVICE: _("Devices"),
        Kind.SPACE: _("Rooms"),
    }
    return words[Kind(kind)]
