"""The house's own processes on the test's database, with a server of theirs behind a relay."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

from tests.operations.relay import relay_to
from tests.processes import ROOT, eventually, project_environment
from tests.services import free_port

SOON = 8
"""Seconds: three on a machine that does nothing else, and without a limit it would be for ever."""


@dataclass
class Answer:
    status: int
    headers: Message
    text: str
    seconds: float


@contextmanager
def behind_a_relay(name):
    """The server that the environment names, to be hung or cut: the relay and the address."""
    address = project_environment()[name]
    parts = urlsplit(address)
    with relay_to(parts.hostname, parts.port) as relay:
        yield relay, address.replace(f":{parts.port}", f":{relay.port}")


class Web:
    def __init__(self, port, log):
        self.at, self.log = ("127.0.0.1", port), log
        self.address = f"http://127.0.0.1:{port}"
        self.tried = 0

    def get(self, path, within=10, **headers):
        return self.ask("GET", path, within=within, **headers)

    def tries(self, path):
        """Asks without caring for the answer."""
        self.tried += 1
        with suppress(OSError):
            self.get(path, within=30)

    def ask(self, method, path, body=None, *, within=10, **headers):
        began = time.monotonic()
        asked = urllib.request.Request(self.address + path, body, headers, method=method)
        try:
            answer = urllib.request.urlopen(asked, timeout=within)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            text = answer.read().decode()
        return Answer(answer.status, answer.headers, text, time.monotonic() - began)

    def lines(self):
        return self.log.read_text().splitlines()


@contextmanager
def process(log, *command, **changes):
    with log.open("w") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=project_environment() | changes,
            stdout=output,
            stderr=output,
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def web(folder, **changes):
    port, log = free_port(), folder / "web.log"
    command = f"granian --interface rsgi --workers 1 --port {port} --no-ws labbooking.server:front"
    # With the tests' settings: static files come from their sources, nothing is collected.
    changes = {"DJANGO_SETTINGS_MODULE": "tests.settings"} | changes
    with process(log, *command.split(), **changes) as child:
        house = Web(port, log)

        def is_up():
            assert child.poll() is None, log.read_text()
            try:
                return house.get("/healthz").status == 200
            except OSError:
                return False

        eventually(is_up, within=60)
        yield house
