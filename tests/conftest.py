"""What every test may ask for. tests/people.py and tests/lab.py hold the house's own fixtures."""

import gc

import hypothesis
import pytest
from django.utils import translation

from scripts.compile_messages import main as compile_messages
from tests.services import chromium

pytest_plugins = [
    "tests.emptied",
    "tests.engines",
    "tests.nothing_skipped",
    "tests.processes",
    "tests.migrated",
    "tests.people",
    "tests.lab",
    "tests.api.speakers",
    "tests.browser.in_language",
    "tests.browser.typeface",
]

CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",
]


# How long an example takes says how busy the machine is; work is counted where it matters.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # once, not in every process of pytest-xdist
        compile_messages()


def pytest_collection_finish():
    """What is loaded by now stays: Python need not look through it again and again for waste."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium(), "args": CHROMIUM_ARGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/Berlin"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings_parallel_suffix():
    """Nothing to do: tests/settings.py gives each pytest-xdist worker a database of its own."""


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Test databases go with their folder or their server; dropping each would add nothing."""
    return True


@pytest.fixture(autouse=True)
def words_are_english():
    """Whatever language a test before left active, as a request does."""
    with translation.override("en"):
        yield


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups in this same hook
def pytest_collection_modifyitems(items):
    for item in items:
        if item.get_closest_marker("worker") or item.get_closest_marker("race"):
            item.add_marker(pytest.mark.xdist_group("one at a time"))
