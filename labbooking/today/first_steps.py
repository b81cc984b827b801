"""What somebody new does first: be shown how, and book something. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from equipment.models import ResourceType
from labbooking.bookings.availability.resource_days import LabDays
from residents.models import Induction, User


@dataclass(frozen=True, slots=True)
class Step:
    words: str
    hint: str
    url: str
    label: str
    is_done: bool = False


def first_steps(
    person: User, lab: LabDays, inductions: Iterable[Induction], at: datetime
) -> list[Step]:
    """For a creative who has never booked; `inductions` are theirs."""
    held = {each.topic for each in inductions if each.holds_at(at)}
    return [*_book(lab), *_be_shown(lab, held), _introduce(person)]


def _book(lab: LabDays) -> Iterator[Step]:
    if any(not line.rules.induction for line in lab.lines):
        yield Step(
            _("Book your first time"),
            _("Look for a time that suits you; what is confirmed at once says so."),
            reverse("book"),
            _("Find a time"),
        )


def _be_shown(lab: LabDays, held: set[str]) -> Iterator[Step]:
    for topic, of_type in topics_in(lab).items():
        yield Step(
            _("Be shown how it works: {name}").format(name=of_type.name),
            _("It takes an induction by staff before you can book one."),
            reverse("resource_type", args=[of_type.slug]),
            _("Ask for an induction"),
            is_done=topic in held,
        )


def topics_in(lab: LabDays) -> dict[str, ResourceType]:
    """What needs an induction, by its topic; of types that share one, the first."""
    found: dict[str, ResourceType] = {}
    for line in lab.lines:
        if line.rules.induction and line.resource.is_bookable:
            found.setdefault(line.rules.induction, line.resource.type)
    return found


def _introduce(person: User) -> Step:
    return Step(
        _("Say who you are"),
        _("A portrait and a few words, shown to nobody unless you say so."),
        reverse("profile"),
        _("To my profile"),
        is_done=bool(person.portrait or person.about),
    )
