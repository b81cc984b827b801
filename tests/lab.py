"""The demo lab's resources and rules, made straight from the models: quick, and always the same."""

from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from schedule.models import Calendar

from equipment.models import HouseRules, Resource, ResourceType

BERLIN = ZoneInfo("Europe/Berlin")
DAIG = Path(__file__).resolve().parent.parent / "labbooking/demo/daig.toml"
MINUTES = timedelta(minutes=1)


def berlin(text):
    """The instant of a local time written as `2026-11-24 10:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def daily(start, end):
    return [[[start, end]] for _ in range(7)]


SEAT_RULES = {
    "opening": daily("07:00", "23:00"),
    "smallest": 15 * MINUTES,
    "largest": timedelta(hours=14),
    "approval": HouseRules.Approval.AUTOMATIC,
    "at_once": 4,
}
DEVICE_RULES = {
    "opening": daily("08:00", "22:00"),
    "smallest": 30 * MINUTES,
    "largest": timedelta(hours=10),
    "turnaround_after": 15 * MINUTES,
    "approval": HouseRules.Approval.STAFF,
    "at_once": 4,
}
STUDIO_RULES = {
    "by_night": True,
    "arrival": time(15),
    "departure": time(11),
    "turnaround_after": timedelta(days=1),
    "approval": HouseRules.Approval.STAFF,
}
# slug, kind, drawing, how many, rules
TYPES = [
    ("studio", "studio", "studio", 3, STUDIO_RULES),
    ("seat", "seat", "seat", 10, SEAT_RULES),
    ("ar-headset", "device", "headset", 4, {**DEVICE_RULES, "induction": "ar-headset"}),
    ("telepresence", "device", "screen", 2, DEVICE_RULES),
    ("board", "device", "board", 1, DEVICE_RULES),
]


def a_type(slug, kind="seat", drawing="seat", **rules):
    """A resource type with its first house rules; `rules` are fields of `HouseRules`."""
    names = {"name_de": slug.title(), "name_en": slug.title()}
    names |= {"plural_de": f"{slug.title()}s", "plural_en": f"{slug.title()}s"}
    made = ResourceType.objects.create(slug=slug, kind=kind, drawing=drawing, **names)
    return new_rules(made, **{"opening": daily("00:00", "24:00"), **rules}).type


def new_rules(of_type, **rules):
    """The next version of a type's house rules, in force from now on."""
    version = HouseRules.objects.filter(type=of_type).count() + 1
    made_at = rules.pop("made_at", berlin("2026-01-01 00:00"))
    of_type.rules = HouseRules.objects.create(
        type=of_type, version=version, made_at=made_at, **rules
    )
    of_type.save()
    return of_type.rules


def units(of_type, slugs):
    """One resource of the type for each slug."""
    names = [slug.replace("-", " ").title() for slug in slugs]
    calendars = Calendar.objects.bulk_create(
        Calendar(name=name, slug=slug) for name, slug in zip(names, slugs, strict=True)
    )
    return Resource.objects.bulk_create(
        Resource(slug=each.slug, type=of_type, calendar=each, name_de=each.name, name_en=each.name)
        for each in calendars
    )


@pytest.fixture
def lab(db):
    """The demo lab without its holidays: `lab["seat-1"]`, `lab["workspace"]` are resources."""
    resources = []
    for order, (slug, kind, drawing, count, rules) in enumerate(TYPES):
        of_type = a_type(slug, kind, drawing, **rules)
        ResourceType.objects.filter(pk=of_type.pk).update(order=order)
        resources += units(of_type, [f"{slug}-{number + 1}" for number in range(count)])
    (workspace,) = units(a_type("workspace", "space", "workspace", **SEAT_RULES), ["workspace"])
    workspace.parts.set([each for each in resources if each.type.slug == "seat"])
    return {each.slug: each for each in [*resources, workspace]}


@pytest.fixture
def daig(db):
    """The house itself, loaded from its own file with its holidays; like `lab` by slug."""
    call_command("load_lab", DAIG, verbosity=0, stdout=StringIO())
    return {each.slug: each for each in Resource.objects.all()}
