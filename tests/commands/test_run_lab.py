"""`make run`: the embedded lab, its processes and its ends."""

import os
import re
import signal
import socket
from pathlib import Path

import pytest

from tests.commands.conftest import Lab, is_alive
from tests.people import PASSWORD
from tests.processes import eventually

pytestmark = [pytest.mark.only_sqlite, pytest.mark.worker]


def open_to_others(folder):
    """What anybody else on this machine could read or change."""
    return [each for each in (folder, *folder.rglob("*")) if each.stat().st_mode & 0o077]


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


def test_one_lab_is_not_run_twice(lab_of_its_own, data, port, tmp_path):
    second = Lab(data, port, tmp_path / "second")
    assert second.process.wait(20) == 1
    assert "is running already" in second.text()
    assert len(second.text().splitlines()) == 1


def test_nothing_outlives_a_killed_lab(lab_of_its_own):
    running = lab_of_its_own.processes()

    lab_of_its_own.process.kill()

    eventually(lambda: not [pid for pid in running if is_alive(pid)], within=20)


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
