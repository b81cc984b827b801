"""The demo lab's resources and rules, made straight from the models: quick, and always the same."""

from datetime import datetime, time, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from schedule.models import Calendar

from equipment.models import HouseRules, Resource, ResourceType
from tests.remembered import Remembered

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
HEADSET_RULES = {**DEVICE_RULES, "induction": "ar-headset"}
STUDIO_RULES = {
    "by_night": True,
    "arrival": time(15),
    "departure": time(11),
    "turnaround_after": timedelta(days=1),
    "approval": HouseRules.Approval.STAFF,
}


def numbered(slug, count):
    return [f"{slug}-{number + 1}" for number in range(count)]


# slug, kind, drawing, order, things, rules
TYPES = [
    ("studio", "studio", "studio", 0, numbered("studio", 3), STUDIO_RULES),
    ("seat", "seat", "seat", 1, numbered("seat", 10), SEAT_RULES),
    ("ar-headset", "device", "headset", 2, numbered("ar-headset", 4), HEADSET_RULES),
    ("telepresence", "device", "screen", 3, numbered("telepresence", 2), DEVICE_RULES),
    ("board", "device", "board", 4, numbered("board", 1), DEVICE_RULES),
    ("workspace", "space", "workspace", 0, ["workspace"], SEAT_RULES),
]
MADE_AT = berlin("2026-01-01 00:00")
ALWAYS = daily("00:00", "24:00")


def a_type(slug, kind="seat", drawing="seat", **rules):
    """A resource type with its first house rules; `rules` are fields of `HouseRules`."""
    made = _unruled(slug, kind, drawing)
    made.save()
    return new_rules(made, **{"opening": ALWAYS, **rules}).type


def _unruled(slug, kind, drawing, **fields):
    names = {"name_de": slug.title(), "name_en": slug.title()}
    names |= {"plural_de": f"{slug.title()}s", "plural_en": f"{slug.title()}s"}
    return ResourceType(slug=slug, kind=kind, drawing=drawing, **names, **fields)


def new_rules(of_type, **rules):
    """The next version of a type's house rules, in force from now on."""
    version = HouseRules.objects.filter(type=of_type).count() + 1
    made_at = rules.pop("made_at", MADE_AT)
    of_type.rules = HouseRules.objects.create(
        type=of_type, version=version, made_at=made_at, **rules
    )
    of_type.save()
    return of_type.rules


def units(of_type, slugs):
    """One resource of the type for each slug."""
    return _made(dict.fromkeys(slugs, of_type))


def _made(of_types):
    """A resource for each slug, of the type it names."""
    names = {slug: slug.replace("-", " ").title() for slug in of_types}
    calendars = Calendar.objects.bulk_create(
        Calendar(name=name, slug=slug) for slug, name in names.items()
    )
    return Resource.objects.bulk_create(
        Resource(slug=slug, type=of_type, calendar=each, name_de=each.name, name_en=each.name)
        for each, (slug, of_type) in zip(calendars, of_types.items(), strict=True)
    )


@pytest.fixture
def lab(db):
    """The demo lab without its holidays: `lab["seat-1"]`, `lab["workspace"]` are resources.

    Most tests ask for it, so it is written in a few statements, not thing by thing.
    """
    types = ResourceType.objects.bulk_create(
        _unruled(slug, kind, drawing, order=order) for slug, kind, drawing, order, *_ in TYPES
    )
    versions = HouseRules.objects.bulk_create(
        HouseRules(type=each, version=1, made_at=MADE_AT, **{"opening": ALWAYS, **rules})
        for each, (*_, rules) in zip(types, TYPES, strict=True)
    )
    for each, version in zip(types, versions, strict=True):
        each.rules = version
    ResourceType.objects.bulk_update(types, ["rules"])
    things = [
        (slug, each) for each, (*_, slugs, _) in zip(types, TYPES, strict=True) for slug in slugs
    ]
    resources = {each.slug: each for each in _made(dict(things))}
    resources["workspace"].parts.add(*(resources[slug] for slug in numbered("seat", 10)))
    return resources


_daig = Remembered()


@pytest.fixture
def daig(db):
    """The house itself, loaded from its own file with its holidays; like `lab` by slug."""
    _daig(lambda: call_command("load_lab", DAIG, verbosity=0, stdout=StringIO()))
    return {each.slug: each for each in Resource.objects.all()}
