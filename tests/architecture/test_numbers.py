"""A number of the house stands beside its constant and nowhere else: texts take it from there."""

import ast
import re

import polib

from labbooking.lengths import LONGEST_PARAGRAPH
from tests.architecture.files import ROOT, code, named, ours

MESSAGES = ROOT / "locale/de/LC_MESSAGES/django.po"
SPELLED = "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|half a"
COUNTED = "second|minute|hour|day|week|month|year|MB|character|people|person|participant"
SPAN = re.compile(rf"\b(?:\d+|{SPELLED}) (?:{COUNTED})s?\b")
# What is no limit of the house: an example of what may be typed, a rhythm, a step of a button.
NOT_LIMITS = {
    "The three months before",
    "The three months after",
    "every two weeks",
    "two headsets Friday 2pm for 3 hours",
    "+1 week",
    "A booking of three things for one hour counts as three hours.",
    "%(inventory)s. Come for an afternoon or for three months.",
    "Come for an afternoon or for three months.",
    (
        "The Co.Laboratorium Daig stands in the Halfmannshof, a settlement of artists since 1931."
        " Up to ten people work here side by side, three of them can stay the night. Researchers"
        " observe how creative work happens, and only among those who agreed."
    ),
}
ROOMS = {("labbooking", "bookings"), ("labbooking", "desk")}
API = ("labbooking", "bookings", "api")


def test_sentences_take_spans_from_their_constants():
    texts = {entry.msgid for entry in polib.pofile(str(MESSAGES))}
    assert not {text for text in texts if SPAN.search(text)} - NOT_LIMITS


def described():
    """All the words of the API's modules, and so all it says of itself."""
    rooms = [path for path in code() if path.relative_to(ROOT).parts[:3] == API]
    for path in rooms:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield named(path), node.value


def test_the_description_of_the_api_takes_spans_from_their_constants():
    assert not {(path, text) for path, text in described() if SPAN.search(text)}


def test_columns_forms_and_schemas_of_bookings_take_the_longest_text_from_one_place():
    found = [
        f"{named(path)}:{node.value.lineno}"
        for path in code()
        if path.relative_to(ROOT).parts[:2] in ROOMS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.keyword)
        and node.arg == "max_length"
        and isinstance(node.value, ast.Constant)
        and node.value.value == LONGEST_PARAGRAPH
    ]
    assert not found


def test_templates_take_lengths_from_one_place():
    written = re.compile(r'maxlength="\d')
    assert not [named(path) for path in ours(".html") if written.search(path.read_text())]
