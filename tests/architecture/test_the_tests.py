"""The promises of `make test` itself: nothing is skipped, and what is missing is said."""

import re
import subprocess
import sys

import pytest

from tests import services
from tests.architecture.files import ROOT
from tests.bookings.days import booked, said

# Without Django and the project's options: only what is asked here.
ALONE = ["-c", "/dev/null", "-p", "no:django", "-p", "tests.nothing_skipped"]
IN_TWO = ["-n", "2", "--dist", "loadgroup"]
RUN_LAB = "tests/commands/test_run_lab.py"
A_SKIPPED_TEST = """
import pytest

def test_fine(): pass

def test_left_out(): pytest.skip("no time today")
"""


@pytest.mark.parametrize("parallel", [[], ["-n", "1"]], ids=["alone", "in parallel"])
def test_a_skipped_test_fails_the_session(tmp_path, parallel):
    (tmp_path / "test_some.py").write_text(A_SKIPPED_TEST)
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", *ALONE, tmp_path, *parallel],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed, 1 skipped" in answer.stdout
    assert answer.returncode == 1
    assert "test_left_out: skipping is not allowed" in answer.stdout


@pytest.mark.only_sqlite
def test_what_starts_processes_runs_one_at_a_time():
    told = subprocess.run(
        [sys.executable, "-m", "pytest", *IN_TWO, "-v", "-k", "port", RUN_LAB],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    workers = re.findall(r"\[(gw\d)\] .* PASSED .*@one at a time", told)
    assert len(workers) == 2, told
    assert len(set(workers)) == 1


def test_what_cannot_be_installed_is_named_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(services.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as refusal:
        services.install_missing()
    assert str(refusal.value).startswith("make test needs redis-server, chromium, ")
    assert "apt-get install redis-server chromium " in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


def test_a_browser_without_windows_is_taken_before_any_other(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert services.chromium() is None
    for name in ("chromium", services.WITHOUT_WINDOWS):
        (tmp_path / name).touch(mode=0o755)
        assert services.chromium() == str(tmp_path / name)


def test_no_random_letters_are_read_for_names(lab, ada, sam, signed_in):
    """Three letters of a token once in a few thousand pages spell a name."""
    booked(ada, "ar-headset-1")
    for path in ("/bookings/", "/approvals/", "/book/?resource=seat-1", "/house/rules/seat/"):
        page = signed_in(sam).get(path)
        assert re.search(r"\w{64}", page.content.decode()), path
        assert not re.search(r"\w{64}", said(page)), path
