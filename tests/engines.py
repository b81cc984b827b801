"""Which tests run once and which on both databases: all of the sorting, in this one place.

`make test` runs pytest on SQLite and then on PostgreSQL. A test runs on both, unless

- it asks for no database: pytest-django bars its way to one, so nothing there can matter. Once, on
  SQLite. (If its module starts processes, nobody knows what these do: then a row has to name it.)
- a row of ONCE names its folder or file: once, on the engine of that row;
- it is marked `only_sqlite` or `only_postgresql`, because it is about that engine, or because its
  like runs on both and only that can differ; then it says so.

`both_engines` takes a test out of its row again. In doubt a test runs on both.

A row is for tests whose outcome no database decides. They may walk through pages, as people do,
and so pass SQL of ours, guards, locks and JSON queries: those have tests of their own, on both.
Such a test may not be about them. tests/architecture/touching.py reads what a test is about, and
tests/architecture/test_engines.py refuses what is in the wrong row. And while such a test runs, the
database may refuse nothing: what sees a refusal depends on who refuses.

Plain `pytest` leaves out only what cannot run on its engine; `--split-engines` leaves out what
belongs to the other run, and is how `scripts/test` runs it.
"""

import fnmatch
import os
import subprocess
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created

ROOT = Path(__file__).resolve().parent.parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = frozenset({SQLITE, POSTGRESQL})
COUNTED = pytest.StashKey[Counter]()
IN_ROWS = pytest.StashKey[set]()


class Row(NamedTuple):
    pattern: str
    engine: str
    why: str


ONCE = (
    # In the grown-up lab the questions of one page really overlap.
    Row("tests/browser/*", POSTGRESQL, "what a browser makes of pages that are tested on both"),
    Row("tests/api/test_docs_page.py", POSTGRESQL, "a browser on the API's page for programmers"),
    Row("tests/look/*", SQLITE, "style sheets, drawings and parts"),
    Row("tests/language/*", SQLITE, "words, dates and what is read from a sentence"),
    Row("tests/architecture/*", SQLITE, "the source itself, read and compared"),
    Row("tests/commands/*", SQLITE, "`make run`, which is the embedded lab"),
    Row("tests/papers/*", SQLITE, "what a process makes of a PDF"),
    # That it can be made is asked on both; all it is made by has tests of its own.
    Row("tests/demo/*", SQLITE, "what there is to see in the demo lab"),
    Row("tests/test_kept_private.py", SQLITE, "what an answer's headers say"),
    Row("tests/board/test_layout.py", SQLITE, "where on a board something stands"),
    Row("tests/board/test_free_cells.py", SQLITE, "what is left free between what stands there"),
    Row("tests/board/test_zooms.py", SQLITE, "what a board shows of a week, a month, a season"),
    Row("tests/api/test_unknown_parameters.py", SQLITE, "addresses, refused before a row is read"),
    # How a token is issued, read and ended is asked on both; here all that decides is its scope.
    Row("tests/api/test_scopes_at_each_route.py", SQLITE, "how far each address says a token goes"),
    Row("tests/test_bodies.py", SQLITE, "what is refused by its length, before it is read"),
    Row("tests/test_page_too_old.py", SQLITE, "where a form leads that came without its token"),
    Row("tests/test_method_not_allowed.py", SQLITE, "where a link to an act leads"),
    Row("tests/residencies/stays/test_papers.py", SQLITE, "what a paper says, and that it is one"),
    Row("tests/residencies/jury/test_canary.py", SQLITE, "what stands in a page and in a mail"),
    Row("tests/residencies/questions/test_reading.py", SQLITE, "one answer, read as it is kept"),
    Row("tests/test_environment.py", SQLITE, "processes that are told which database is theirs"),
)


def row_of(item):
    name = Path(os.path.relpath(item.path, ROOT)).as_posix()
    return next((row for row in ONCE if fnmatch.fnmatch(name, row.pattern)), None)


def asks_for_a_database(item):
    fixtures = {"_django_db_helper", "live_server"}
    return bool(item.get_closest_marker("django_db") or fixtures.intersection(item.fixturenames))


def starts_processes(module):
    return any(
        value is subprocess or getattr(value, "__module__", "") == "tests.processes"
        for value in vars(module).values()
    )


def engines(item):
    """The engines that a test runs on."""
    for engine in (SQLITE, POSTGRESQL):
        if item.get_closest_marker(f"only_{engine}"):
            return {engine}
    row = row_of(item)
    if row and not item.get_closest_marker("both_engines"):
        return {row.engine}
    if asks_for_a_database(item) or starts_processes(item.module):
        return BOTH
    return {SQLITE}


def in_its_row(item):
    """Whether a row alone is why it runs once: it does ask for a database."""
    return asks_for_a_database(item) and not _about_one(item) and len(engines(item)) == 1


def _about_one(item):
    return any(item.get_closest_marker(f"only_{engine}") for engine in BOTH)


def pytest_addoption(parser):
    parser.addoption(
        "--split-engines",
        action="store_true",
        help="leave out what the other run of make test runs (tests/engines.py)",
    )


@pytest.hookimpl(wrapper=True)  # last: what -k and -m leave out is not counted
def pytest_collection_modifyitems(config, items):
    yield
    where = {item: engines(item) for item in items}
    config.stash[COUNTED] = Counter(
        "both" if len(each) > 1 else min(each) for each in where.values()
    )
    config.stash[IN_ROWS] = {item.path for item in items if in_its_row(item)}
    everything = not config.getoption("split_engines")
    here = [
        item
        for item in items
        if connection.vendor in where[item] or (everything and not _about_one(item))
    ]
    if len(here) < len(items):
        stay = set(here)
        config.hook.pytest_deselected(items=[item for item in items if item not in stay])
        items[:] = here


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):  # a process of pytest-xdist: told to the one above
        session.config.workeroutput["counted"] = dict(session.config.stash.get(COUNTED, {}))


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_testnodedown(node):
    node.config.stash[COUNTED] = Counter(getattr(node, "workeroutput", {}).get("counted", {}))


def pytest_terminal_summary(terminalreporter, config):
    """How many run once and how many on both, also for scripts/test to say it at its end."""
    count = config.stash.get(COUNTED, Counter())
    if not config.getoption("split_engines") or not count:
        return
    once = count[SQLITE] + count[POSTGRESQL]
    told = (
        f"{count.total()} tests: {once} run once ({count[SQLITE]} on SQLite, "
        f"{count[POSTGRESQL]} on PostgreSQL), {count['both']} on both."
    )
    terminalreporter.write_line(told)
    if note := os.environ.get("HOW_MANY"):
        Path(note).write_text(told + "\n")


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    if fixturedef.argname == "_django_db_helper" and not asks_for_a_database(request.node):
        pytest.fail("asks for a database while it runs: name the fixture among its arguments")
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    if not in_its_row(item):
        return (yield)
    with refusals() as refused:
        outcome = yield
    if refused and not item.get_closest_marker("xfail"):
        pytest.fail(f"runs once, yet the database refused: {refused}; see tests/engines.py")
    return outcome


@contextmanager
def refusals():
    """What the database refuses meanwhile, on every connection of this process."""
    refused = []

    def watch(execute, *question):
        try:
            return execute(*question)
        except DatabaseError as error:
            refused.append(str(error))
            raise

    def watch_new(connection, **_):
        connection.execute_wrappers.append(watch)

    connection_created.connect(watch_new)
    try:
        with connection.execute_wrapper(watch):
            yield refused
    finally:
        connection_created.disconnect(watch_new)
