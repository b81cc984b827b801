"""The house's zone is made in one place; whoever needs it asks `labbooking.when.lab_zone`."""

import ast

from tests.architecture.files import ROOT, code, named

ROOMS = ("labbooking", "residents", "equipment", "benchmarks", "scripts")
# Django's ways to a zone nobody named.
HIDDEN = {
    "get_current_timezone",
    "get_current_timezone_name",
    "get_default_timezone",
    "get_default_timezone_name",
    "localdate",
    "localtime",
    "make_aware",
    "make_naive",
}
MADE = {
    "labbooking/when.py": "the house's",
    "labbooking/environment.py": "refuses what is no zone before anything starts",
    "labbooking/bookings/models/booking.py": "by which a series was written down",
    "labbooking/bookings/closures/calendar_file/zones.py": "what a calendar that comes in names",
    "residents/profile/time_zones.py": "where a person is when they are not in the house",
    "scripts/stopped_lab.py": "the lab of the screenshots stands still in Berlin, wherever it runs",
}


def name_of(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def makes_a_zone(node):
    if isinstance(node, ast.Attribute):
        return node.attr == "TIME_ZONE"
    if not isinstance(node, ast.Call):
        return False
    bare = name_of(node.func) == "astimezone" and not node.args
    return bare or name_of(node.func) in {*HIDDEN, "ZoneInfo"}


def test_zones_are_made_in_one_place():
    found = {
        named(path)
        for path in code()
        if path.relative_to(ROOT).parts[0] in ROOMS
        and any(map(makes_a_zone, ast.walk(ast.parse(path.read_text()))))
    }
    assert found == set(MADE)


def test_no_template_chooses_a_zone():
    templates = (ROOT / "templates").rglob("*.html")
    assert not [named(path) for path in templates if "{% load tz" in path.read_text()]
