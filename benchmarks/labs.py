"""Labs to measure: each has a database of its own, and a web server as `make run` starts it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import run_lab  # noqa: E402 - one of the project's scripts, which are no package

ENGINES = ("sqlite", "postgresql")
GROWN_UP = ("DATABASE_URL", "REDIS_URL")
Ask = Callable[[int], Any]


@dataclass(frozen=True)
class Lab:
    """A lab in a folder; on PostgreSQL its database has the lab's name."""

    name: str
    engine: str
    within: Path

    @property
    def data(self) -> Path:
        return self.within / f"{self.engine}-{self.name}"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "BENCH_STATIC": str(self.within / "static"),
            "LAB_DATA": str(self.data),
            "DEMO": "1",
            "API_RATE": "1000000/s",
            "PAGE_RATE": "1000000/s",
            "MALLOC_ARENA_MAX": "2",
        }
        if self.engine == "postgresql":
            # As compose.yaml runs it.
            own |= {
                "DATABASE_URL": database_url(self.name),
                "REDIS_URL": f"{os.environ['REDIS_URL']}/0",
                "DATABASE_POOL": "1",
                "SECRET_KEY": "only-for-measuring-and-long-enough-for-it-0123456789",
                "ALLOWED_HOSTS": "127.0.0.1",
            }
        return {name: text for name, text in os.environ.items() if name not in GROWN_UP} | own

    def manage(self, *arguments: str) -> None:
        self._python("manage.py", *arguments)

    def inside(self, task: str, *arguments: str) -> Any:
        """What a task of `inside.py` tells, done in the lab's own Django."""
        return json.loads(self._python("-m", "benchmarks.inside", task, *arguments))

    def _python(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    @contextmanager
    def asking(self, task: str) -> Iterator[Ask]:
        """A task of `inside.py` that tells something for every number, and keeps its connection."""
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.inside", task],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

        def ask(number: int) -> Any:
            print(number, file=process.stdin, flush=True)
            return json.loads(process.stdout.readline())

        try:
            yield ask
        finally:
            process.stdin.close()
            process.wait(30)

    def copied(self, name: str) -> Lab:
        """The same lab once more. Nobody may be using it meanwhile."""
        copy = replace(self, name=name)
        shutil.copytree(self.data, copy.data)
        if self.engine == "postgresql":
            ask_postgres(f"CREATE DATABASE bench_{name} TEMPLATE bench_{self.name}")
        return copy

    @contextmanager
    def served(self) -> Iterator[int]:
        """The port at which the lab answers."""
        port = free_port()
        command = run_lab.commands(port, self.data)["web"]
        server = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        try:
            _until_it_answers(port)
            yield port
        finally:
            server.terminate()
            server.wait(30)


def new_lab(engine: str, within: Path) -> Lab:
    """The Daig with its demo people and the traces of their last weeks."""
    lab = Lab("new", engine, within)
    lab.data.mkdir()
    if engine == "postgresql":
        ask_postgres("CREATE DATABASE bench_new")
    if not (within / "static").exists():
        subprocess.run([sys.executable, "scripts/compile_messages.py"], cwd=ROOT, check=True)
        lab.manage("collectstatic", "--no-input")
    lab.manage("migrate", "--no-input")
    lab.manage("load_lab", "labbooking/demo/daig.toml")
    lab.manage("demo")
    return lab


def database_url(name: str) -> str:
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/bench_{name}"


def ask_postgres(sql: str) -> Any:
    address = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        found = connection.execute(sql)
        return found.fetchone() if found.description else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_answers(port: int) -> None:
    for _ in range(300):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"The web server on port {port} does not answer.")
