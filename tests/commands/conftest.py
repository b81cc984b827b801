"""A lab that `make run` made and runs: to make it takes long, to start it again a while."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.processes import ROOT, eventually, project_environment


@pytest.fixture(scope="session")
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

    def runs(self):
        return self.process.poll() is None

    def text(self):
        return self.said.read_text()

    def is_open(self):
        assert self.runs(), self.text()
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


def is_alive(pid):
    try:
        state = re.search(r"^State:\s+(\w)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except FileNotFoundError:
        return False
    return state.group(1) != "Z"


@pytest.fixture(scope="session")
def started():
    labs = []
    yield labs
    for lab in filter(Lab.runs, labs):
        left_over = lab.processes()
        lab.process.kill()
        lab.process.wait()
        for pid in filter(is_alive, left_over):
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def lab_of_its_own(data, port, started, tmp_path):
    """A lab that runs: the one of the test before, unless that has ended it."""
    if not started or not started[-1].runs():
        started.append(Lab(data, port, tmp_path / "said"))
    # To make it takes as long as the machine is slow and busy; one that dies is noticed at once.
    eventually(started[-1].is_open, within=600)
    return started[-1]
