"""`make run`: the embedded lab, its processes and its ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.people import PASSWORD
from tests.processes import ROOT, eventually, project_environment

pytestmark = [pytest.mark.only_sqlite, pytest.mark.worker]


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder in which the first of these tests finds no lab, the others that one's."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Lab:
    """A started `make run`, without make."""

    def __init__(self, data, port, said, **changes):
        environment = {**project_environment(), "LAB_DATA": str(data), "PORT": str(port)} | changes
        for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DEMO"):
            del environment[name]
        self.address = f"http://127.0.0.1:{port}"
        self.data, self.said = data, said
        with said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "scripts/run_lab.py"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def text(self):
        return self.said.read_text()

    def is_open(self):
        assert self.process.poll() is None, self.text()
        return f"Daig is open at {self.address}" in self.text()

    def processes(self):
        """The process ids of web, worker, beat and what they started."""
        return descendants(self.process.pid)

    def get(self, path):
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return answer.status, answer.read().decode()


def descendants(pid):
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [int(each) for child in children for each in (child, *descendants(child))]


def open_to_others(folder):
    """What anybody else on this machine could read or change."""
    return [each for each in (folder, *folder.rglob("*")) if each.stat().st_mode & 0o077]


def is_alive(pid):
    try:
        state = re.search(r"^State:\s+(\w)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except FileNotFoundError:
        return False
    return state.group(1) != "Z"


@pytest.fixture
def lab_of_its_own(data, port, tmp_path):
    lab = Lab(data, port, tmp_path / "said")
    left_over = []
    try:
        eventually(lab.is_open, within=120)
        left_over = lab.processes()
        yield lab
    finally:
        lab.process.kill()
        lab.process.wait()
        for pid in left_over:
            if is_alive(pid):
                os.kill(pid, signal.SIGKILL)


def test_the_lab_opens_with_its_demo_people_and_ends_when_told_to(lab_of_its_own):
    status, page = lab_of_its_own.get("/")
    assert status == 200
    assert "<html" in page
    assert lab_of_its_own.get("/readyz") == (200, '{"status": "ready", "missing": []}')
    assert "ada@daig.example" in lab_of_its_own.text()
    assert PASSWORD in lab_of_its_own.text()
    assert open_to_others(lab_of_its_own.data) == []
    running = lab_of_its_own.processes()
    assert len(running) >= 4  # web and its worker, Celery's worker, beat

    lab_of_its_own.process.send_signal(signal.SIGTERM)

    assert lab_of_its_own.process.wait(20) == 0, lab_of_its_own.text()
    assert not [pid for pid in running if is_alive(pid)]


def test_a_second_start_prepares_nothing_and_a_killed_part_comes_back(lab_of_its_own):
    assert "Setting up the lab" not in lab_of_its_own.text()
    assert "Bringing the lab up to date" not in lab_of_its_own.text()
    (web,) = [pid for pid in lab_of_its_own.processes() if is_web(pid)][:1]

    os.kill(web, signal.SIGKILL)

    eventually(lambda: "web has died" in lab_of_its_own.text())
    eventually(lambda: answers(lab_of_its_own), within=30)


def is_web(pid):
    return b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()


def answers(lab):
    try:
        return lab.get("/healthz")[0] == 200
    except OSError:
        return False


def test_nothing_outlives_a_killed_lab(lab_of_its_own):
    running = lab_of_its_own.processes()

    lab_of_its_own.process.kill()

    eventually(lambda: not [pid for pid in running if is_alive(pid)], within=20)


def test_one_lab_is_not_run_twice(lab_of_its_own, data, port, tmp_path):
    second = Lab(data, port + 1, tmp_path / "second")
    assert second.process.wait(20) == 1
    assert "is running already" in second.text()
    assert len(second.text().splitlines()) == 1


def test_a_taken_port_is_said_in_one_line(tmp_path, port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        lab = Lab(tmp_path / "lab", port, tmp_path / "said")
        assert lab.process.wait(20) == 1
    assert re.fullmatch(rf"Port {port} cannot be used .*PORT={port + 1} make run\n", lab.text())


def test_a_port_that_is_none_is_said_in_one_line(tmp_path):
    lab = Lab(tmp_path / "lab", "eighty", tmp_path / "said")
    assert lab.process.wait(20) == 1
    assert lab.text() == "PORT='eighty' is no port; choose a number such as 8001.\n"


def test_the_file_of_a_house_in_another_zone_is_refused_in_one_line(tmp_path, port):
    lab = Lab(tmp_path / "lab", port, tmp_path / "said", TIME_ZONE="America/Los_Angeles")
    assert lab.process.wait(60) == 1
    assert_names_both_zones(lab.text())


def test_a_lab_made_by_other_clocks_is_refused_in_one_line(lab_of_its_own, data, port, tmp_path):
    lab_of_its_own.process.send_signal(signal.SIGTERM)
    lab_of_its_own.process.wait(20)
    lab = Lab(data, port, tmp_path / "elsewhere", TIME_ZONE="America/Los_Angeles")
    assert lab.process.wait(60) == 1
    assert_names_both_zones(lab.text())


def assert_names_both_zones(said):
    assert said.startswith("Daig cannot start: TIME_ZONE='America/Los_Angeles'")
    assert "set TIME_ZONE=Europe/Berlin" in said
    assert len(said.splitlines()) == 1
