"""Real processes beside a test, and waiting for what they do."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from labbooking.celery import app

ROOT = Path(__file__).resolve().parent.parent
WORKER_OPTIONS = ["-P", "threads", "-c", "2", "-l", "INFO", "--without-mingle", "--without-gossip"]


def eventually(condition, *, within=20.0, every=0.05):
    """The first true value of `condition()`; fails when there is none within so many seconds."""
    ends = time.monotonic() + within
    while not (value := condition()):
        assert time.monotonic() < ends, f"not within {within} seconds"
        time.sleep(every)
    return value


def project_environment():
    """Environment of a command of ours: os.environ already names this test's database."""
    ours = {**os.environ, "DJANGO_SETTINGS_MODULE": "labbooking.settings"}
    ours.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # for Playwright's thread in the test process
    return ours


def manage(*arguments, **options):
    """Runs `manage.py` in a process of its own on the test database; returns what it did."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        **{"env": project_environment(), "timeout": 240, **options},
    )


@pytest.fixture
def celery_worker_process(transactional_db, tmp_path):
    """A real Celery worker on the test database and the throw-away broker; the running process.

    It is ready to take tasks when the test begins and gone when the test is over. What it wrote
    is shown when it dies early.
    """
    app.control.purge()
    log = tmp_path / "worker.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "labbooking", "worker", *WORKER_OPTIONS],
            cwd=ROOT,
            env=project_environment(),
            stdout=output,
            stderr=output,
        )

    def is_ready():
        assert process.poll() is None, log.read_text()
        return " ready." in log.read_text()

    try:
        eventually(is_ready, within=60)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
