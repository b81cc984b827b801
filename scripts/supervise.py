"""Child processes that start together, are started again when they die, and end together."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable

GRACE = 12.0
"""Seconds in which a process may finish its work before it is killed."""
DEATHS = 3
WITHIN = 60.0
"""A process that dies so often within so many seconds is not started again."""

# The kernel ends a child whose parent is gone, even after a kill -9.
TIED = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def say(line: str) -> None:
    print(line, flush=True)


class Process:
    """One command in a process group of its own, so that a Ctrl-C reaches only the supervisor."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = [*TIED, *command]
        self.deaths: deque[float] = deque(maxlen=DEATHS)

    def start(self) -> None:
        self.child = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        threading.Thread(target=self._relay, args=(self.child.stdout,), daemon=True).start()

    def _relay(self, output) -> None:
        for line in filter(str.strip, output):
            say(f"{self.name:6} | {line.rstrip()}")

    def start_again(self) -> bool:
        """False when it has died too often of late."""
        self.send(signal.SIGKILL)  # what it may have left in its group
        self.deaths.append(time.monotonic())
        if len(self.deaths) == DEATHS and self.deaths[-1] - self.deaths[0] < WITHIN:
            say(f"{self.name} has died {DEATHS} times within {WITHIN:.0f} seconds (see above).")
            return False
        say(f"{self.name} has died (exit code {self.child.returncode}); it is started again.")
        self.start()
        return True

    def send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, number)


def run(processes: list[Process], when_up: Callable[[], bool]) -> int:
    """Runs until a signal comes (0) or a process cannot be kept alive (1).

    `when_up` is called again and again until it returns true.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        for process in processes:
            process.start()
        return _watch(processes, when_up)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        say("Stopping ...")
        end(processes)


def _watch(processes: list[Process], when_up: Callable[[], bool]) -> int:
    is_up = False
    while True:
        for process in processes:
            if process.child.poll() is not None and not process.start_again():
                return 1
        is_up = is_up or when_up()
        time.sleep(0.5 if is_up else 0.1)


def end(processes: list[Process]) -> None:
    """Asks all to finish, waits, and kills what is still there."""
    started = [process for process in processes if hasattr(process, "child")]
    for process in started:
        process.send(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for process in started:
        try:
            process.child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{process.name} did not end within {GRACE:.0f} seconds and is killed.")
        process.send(signal.SIGKILL)
