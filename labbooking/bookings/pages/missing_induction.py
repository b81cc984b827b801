"""The inductions somebody lacks for what they look at, and how they come by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from equipment.models import HouseRules
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.inductions.queries import open_to, places_ahead
from residents.induction_requests import asked_at
from residents.models import User


@dataclass(frozen=True, slots=True)
class Missing:
    """An induction that the person needs; `asked_at` where they have asked for it already.

    `slots` are the next they can take a place in, where they have no `place` yet.
    """

    topic: str
    name: str
    asked_at: datetime | None
    slots: list[InductionSlot]
    place: InductionPlace | None


def missing_induction(person: object, rules: HouseRules, name: str, at: datetime) -> Missing | None:
    """What a creative who is signed in would need for things under these rules; else None."""
    topic = rules.induction
    if not topic or not isinstance(person, User) or not person.is_creative:
        return None
    if any(each.holds_at(at) for each in person.inductions.filter(topic=topic)):
        return None
    return missing(person, topic, name, at)


def missing(person: User, topic: str, name: str, at: datetime) -> Missing:
    place = places_ahead(person, at).filter(slot__topic=topic).first()
    slots = open_to(person, at, topic=topic)
    return Missing(topic, name, asked_at(person, topic, at), slots, place)
