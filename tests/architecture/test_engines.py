"""What runs on one database only is not about a database: tests/engines.py is held to its word."""

import subprocess
import sys

import pytest
from django.db import DatabaseError, transaction

from equipment.models import ResourceType
from tests.architecture.files import ROOT
from tests.architecture.touching import of_the_database
from tests.engines import IN_ROWS, ONCE, refusals
from tests.lab import a_type

ALONE = ["-c", "/dev/null", "-p", "tests.engines", "--ds=tests.settings"]
ASKS_WHILE_IT_RUNS = """
def test_fine(): pass

def test_dynamic(request): request.getfixturevalue("db")
"""
WRONG = {
    "a guard": "from labbooking.bookings.guards import GUARDS",
    "the guards": "from labbooking import guards",
    "a lock of ours": "from labbooking.bookings.transaction.locking import lock_person",
    "a lock": "User.objects.select_for_update()",
    "our own SQL": "cursor.execute('SELECT id FROM bookings_booking')",
    "a cursor": "with connection.cursor() as cursor: pass",
    "raw rows": "User.objects.raw(text)",
    "a refusal": "from django.db import IntegrityError",
    "counted queries": "from django.test.utils import CaptureQueriesContext",
    "counted by a fixture": "def test_it(django_assert_num_queries): pass",
    "a JSON query": "Entry.objects.filter(data__has_key='part_of_act')",
    "a JSON query further on": "Untold.objects.filter(entry__data__text='imprint')",
    "a race": "pytestmark = [pytest.mark.race]",
    "an action that locks": "from labbooking.research import actions\nactions.give_consent()",
    "one by its own name": "from labbooking.research.actions import give_consent",
}
RIGHT = {
    "models": "from django.db import models\nfrom labbooking.bookings.models import Booking",
    "a query": "Booking.objects.filter(person__email='ada').order_by('pk')",
    "a page": "client.get('/board/').json()['data']",
}


def test_what_runs_once_because_of_its_row_is_not_about_a_database(request):
    about = {path: of_the_database(path) for path in request.config.stash[IN_ROWS]}
    assert not {str(path): found for path, found in about.items() if found}


@pytest.mark.parametrize("row", ONCE, ids=lambda row: row.pattern)
def test_no_row_outlives_what_it_names(row):
    assert any(path.name.startswith("test_") for path in ROOT.glob(row.pattern))


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG)
def test_what_is_about_a_database_is_found(tmp_path, source):
    module = tmp_path / "test_some.py"
    module.write_text(source)
    assert of_the_database(module)


@pytest.mark.parametrize("source", RIGHT.values(), ids=RIGHT)
def test_what_only_uses_one_is_not(tmp_path, source):
    module = tmp_path / "test_some.py"
    module.write_text(source)
    assert not of_the_database(module)


@pytest.mark.parametrize("name", ["test_guards", "test_races", "test_journal", "test_health"])
def test_nobody_sorts_these_wrongly(name):
    modules = list(ROOT.glob(f"tests/**/{name}.py"))
    assert modules
    assert all(of_the_database(each) for each in modules)


def test_a_database_is_asked_for_by_name(tmp_path):
    (tmp_path / "test_some.py").write_text(ASKS_WHILE_IT_RUNS)
    told = subprocess.run(
        [sys.executable, "-m", "pytest", *ALONE, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert "asks for a database while it runs" in told
    assert "1 passed, 1 error" in told or "1 failed, 1 passed" in told, told


@pytest.mark.both_engines
def test_what_the_database_refuses_is_heard(db):
    a_type("seat")
    with refusals() as refused:
        assert ResourceType.objects.count() == 1
        assert refused == []
        with pytest.raises(DatabaseError), transaction.atomic():
            a_type("seat")
    assert len(refused) == 1
