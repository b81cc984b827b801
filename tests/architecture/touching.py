"""What in a test is about the database: SQL of our own, guards, locks, JSON queries, counting.

Read from the source: of the test's module, of what it imports from tests, and of those modules of
the program that it names itself. How these do their work further down is not asked, nor by which
actions a fixture of another module prepares what the test begins with.
"""

import ast
import re
from functools import cache

from django.apps import apps
from django.db.models import JSONField

from tests.architecture.files import ROOT

SQL = re.compile(
    r"\b(SELECT\b.+\bFROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM"
    r"|(CREATE|DROP|ALTER) (TABLE|TRIGGER|INDEX)|EXPLAIN|PRAGMA)\b",
    re.DOTALL,
)
CALLS = {"select_for_update", "cursor", "raw", "extra", "execute_wrapper"}
OF_DJANGO = re.compile(r"django\.(db(\.backends\b.*|\.transaction|\.utils)?|test\.utils)")
HARMLESS = {"models", "transaction", "override_settings"}
OURS = {"guards", "locking", "row_lock", "RawSQL"}
FIXTURES = {"django_assert_num_queries", "django_assert_max_num_queries"}
# Writes again what a test begins with, as it was made before: what it is about stays the same.
PREPARES = {"tests.remembered"}
ROOMS = ("labbooking", "residents", "equipment")


@cache
def json_fields():
    return {
        field.name
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, JSONField)
    }


def of_the_database(path):
    """What a test module is about that differs from database to database, each with its place."""
    seen, todo, found = set(), [path], []
    while todo:
        module = todo.pop()
        seen.add(module)
        found += _said(module)
        for name in _imported(_parsed(module)):
            other = _file_of(name)
            if name in PREPARES:
                continue
            if other and name.startswith("tests.") and other not in seen:
                todo.append(other)
            elif other and module == path and name.startswith(ROOMS):
                found += [what for each in _behind(other, path) for what in _said(each)]
    return sorted(set(found))


def _behind(front, path):
    """A module of the program; of a package, what it passes on of the names that a test uses."""
    yield front
    if front.name == "__init__.py":
        used = set(_named(_parsed(path)))
        for node in ast.walk(_parsed(front)):
            if isinstance(node, ast.ImportFrom) and used & {each.name for each in node.names}:
                yield _file_of(node.module) or front


def _named(tree):
    """What may be of a package: `package.name`, or `from package import name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (each.name for each in node.names)


@cache
def _parsed(path):
    return ast.parse(path.read_text())


def _file_of(name):
    place = ROOT.joinpath(*name.split("."))
    return next(
        (file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None
    )


def _imported(tree):
    """Every module that is named, also as `from package import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _said(path):
    place = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name
    for node in ast.walk(_parsed(path)):
        for what in (_imports(node), _calls(node), _asks_json(node)):
            if what:
                yield f"{place}:{node.lineno} {what}"


def _imports(node):
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return ""
    module = getattr(node, "module", None) or ""
    names = {each.name for each in node.names}
    parts = {part for name in (module, *names) for part in name.split(".")} & OURS
    if OF_DJANGO.fullmatch(module):
        parts |= names - HARMLESS
    return f"import of {', '.join(sorted(parts))}" if parts else ""


def _calls(node):
    match node:
        case ast.Attribute(attr=name) if name in CALLS:
            return name
        case ast.Attribute(attr="race"):
            return "a race"
        case ast.arg(arg=name) if name in FIXTURES:
            return name
        case ast.Constant(value=str(text)) if SQL.search(text):
            return "SQL"
    return ""


def _asks_json(node):
    if not isinstance(node, ast.keyword) or "__" not in (node.arg or ""):
        return ""
    return f"the JSON query {node.arg}" if json_fields() & set(node.arg.split("__")[:-1]) else ""
