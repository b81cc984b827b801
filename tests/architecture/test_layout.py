"""Where a stranger looks for a line: small folders, one meaning a name, doors only at the top."""

import ast
from collections import Counter, defaultdict

import pytest

from tests.architecture.files import ROOT, code, named

MOST_MODULES = 16
ROOMS = ("labbooking/", "residents/", "equipment/")
# Django's own names for one thing of many: `Meta` of each model, `Command` of each command.
DJANGOS_OWN = {"Meta", "Command"}
OF_PAGES = ("django.urls", "django.forms", "django.shortcuts")


def house():
    return [path for path in code() if named(path).startswith(ROOMS)]


def room_of(path):
    parts = path.relative_to(ROOT).parts
    return "/".join(parts[: 2 if parts[0] == "labbooking" and len(parts) > 2 else 1])


def test_no_folder_holds_more_modules_than_one_sees_at_a_glance():
    modules = Counter(named(path.parent) for path in house() if path.name != "__init__.py")
    assert not {name: count for name, count in modules.items() if count > MOST_MODULES}


def test_no_class_name_stands_twice_in_a_room():
    found = defaultdict(list)
    for path in house():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and node.name not in DJANGOS_OWN:
                found[room_of(path), node.name].append(f"{named(path)}:{node.lineno}")
    assert not {name: places for name, places in found.items() if len(places) > 1}


def imports_of_pages(source):
    """What a module imports that only pages may: addresses and forms."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            wanted = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        elif isinstance(node, ast.Import):
            wanted = [each.name for each in node.names]
        else:
            continue
        yield from (
            name
            for name in wanted
            if name and (name.startswith(OF_PAGES) or name.split(".")[-1] in {"forms", "fields"})
            if not name.startswith(("django.db", "labbooking.wire"))
        )


def test_below_the_pages_of_bookings_nobody_knows_an_address_or_a_form():
    doors = ("pages/", "api/", "admin.py", "urls.py", "management/", "templatetags/")
    below = [
        path
        for path in house()
        if named(path).startswith("labbooking/bookings/")
        and not named(path).removeprefix("labbooking/bookings/").startswith(doors)
    ]
    assert len(below) > 60
    found = {named(path): list(imports_of_pages(path.read_text())) for path in below}
    assert not {name: wanted for name, wanted in found.items() if wanted}


@pytest.mark.parametrize(
    "line",
    [
        "from django.urls import reverse",
        "import django.urls",
        "from django import forms",
        "from labbooking.bookings.pages.book.forms import BookForm",
        "from labbooking.bookings.pages.book import forms",
        "from django.shortcuts import render",
    ],
)
def test_an_address_or_a_form_is_noticed(line):
    assert list(imports_of_pages(line))
