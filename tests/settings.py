"""The project's own settings, with a database, folders and queues of this test process alone.

A module of settings because pytest-django reads them before any conftest runs. All of it goes
through the environment, so a command or worker that a test starts finds the same lab.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

_process = os.environ.get("PYTEST_XDIST_WORKER", "main")
_known_as = f"DAIG_TEST_{_process.upper()}"
if _known_as not in os.environ:
    _made = tempfile.mkdtemp(prefix=f"daig-test-{_process}-")
    atexit.register(shutil.rmtree, _made, ignore_errors=True)
    os.environ[_known_as] = _made
_folder = Path(os.environ[_known_as])

os.environ["LAB_DATA"] = str(_folder)
os.environ["DEMO"] = "1"
os.environ["SECRET_KEY"] = "only-for-tests-and-long-enough-for-them-0123456789"
os.environ["ALLOWED_HOSTS"] = "testserver,127.0.0.1,localhost"
if _database := os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = re.sub(r"/\w*$", f"/daig_test_{_process}", _database)
if _redis := os.environ.get("REDIS_URL"):
    _number = 0 if _process == "main" else 1 + int(_process.removeprefix("gw"))
    os.environ["REDIS_URL"] = re.sub(r"(?<!/)/\d*$", "", _redis) + f"/{_number}"
# Playwright's synchronous interface runs an event loop in the thread that uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from labbooking.settings import *  # noqa: E402, F403 - the environment above comes first
from labbooking.settings import DATABASES, STORAGES  # noqa: E402

# The test database is the one the environment names: processes started by a test open it too.
DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}

# Static files come straight from their sources; tests/architecture collects them for real.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = _folder / "static"
STATIC_ROOT.mkdir(exist_ok=True)

# The slow hash that guards real passwords would be most of the time of a test.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests read English unless they ask for German; the house itself speaks German first.
LANGUAGE_CODE = "en"
