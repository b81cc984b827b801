"""Runs the embedded lab in one terminal: web server, Celery worker and beat, until told to stop.

PORT and LAB_DATA come from the environment. The first start makes the database and loads the
Daig with its demo people; a later one prepares only what has changed. Django stays out of this
process, so that it is quick and small.
"""

import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from pathlib import Path
from typing import IO

from supervise import TIED, Process, run, say

ROOT = Path(__file__).resolve().parent.parent
DAIG = "labbooking/demo/daig.toml"
HOST = "127.0.0.1"
CANNOT_START = "Daig cannot start:"
"""What begins the one line of a start that was refused (labbooking/environment.py)."""
# When one of these changes, the database or the collected static files may have to follow.
PREPARED_FROM = (
    "requirements.txt",
    "labbooking/settings.py",
    "residents/signin/settings.py",
    "labbooking/site/sheets.py",
    "labbooking/site/faces.py",
    "labbooking/**/static/**/*",
    "labbooking/static/**/*",
    "*/migrations/*.py",
    "labbooking/*/migrations/*.py",
    "labbooking/**/guards.py",
)
DEMO_PEOPLE = """\
  ada@daig.example, ben@daig.example   creatives, inducted on the headsets
  nia@daig.example                     creative, no induction yet
  sam@daig.example, kim@daig.example   staff
  rui@daig.example                     researcher
  root@daig.example                    administrator; signing in asks for a code, too: enter
                                       MRQW SZ3M MFRC 2ZDF NVXS 24TP N52C 22LT in an app for codes
  Their password: daig-demo"""


def main() -> int:
    began = time.monotonic()
    port, data = wanted_port(), Path(os.environ.get("LAB_DATA") or ROOT / "var").resolve()
    address = f"http://{HOST}:{port}"
    os.chdir(ROOT)
    os.environ["LAB_DATA"] = str(data)
    os.environ.setdefault("PUBLIC_URL", address)
    # Two arenas are plenty for a few threads; by default glibc keeps many and never gives back.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    # Celery's warning to root is about a broker others can reach; this one is a private folder.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser")
    # Database, mails and secrets are nobody else's on this machine to read.
    os.umask(0o077)
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    lock = only_one(data)
    refuse_taken_port(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        prepare(data)
        house = [Process(name, command) for name, command in commands(port, data).items()]
        return run(house, lambda: opened(address, data, began))
    except KeyboardInterrupt:
        return 0
    finally:
        lock.close()


def wanted_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT={text!r} is no port; choose a number such as 8001.")
    return int(text)


def only_one(data: Path) -> IO[str]:
    """Two workers or beats on one embedded broker would get in each other's way."""
    lock = (data / "running").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"The lab in {data} is running already; a second one needs its own LAB_DATA.")
    return lock


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}). Try: PORT={port + 1} make run"
            )


def commands(port: int, data: Path) -> dict[str, list[str]]:
    granian = f"granian --interface rsgi --http 1 --workers 1 --host {HOST} --port {port} --no-ws"
    granian += " --log-level warning labbooking.server:front"
    celery = "celery --quiet -A labbooking"
    worker = f"{celery} worker -P threads -c 2 -l WARNING"
    worker += " --without-mingle --without-gossip --without-heartbeat"
    beat = f"{celery} beat -l WARNING --pidfile="
    schedule = ["-s", str(data / "beat-schedule")]
    module = [sys.executable, "-m"]
    return {
        "web": [*module, *granian.split()],
        "worker": [*module, *worker.split()],
        "beat": [*module, *beat.split(), *schedule],
    }


def prepare(data: Path) -> None:
    """Brings database and static files up to date; does nothing when nothing has changed."""
    note, wanted = data / "prepared-from", fingerprint()
    fresh = is_first_start(data)
    subprocess.run([sys.executable, "scripts/compile_messages.py"], check=True)
    if not fresh and note.exists() and note.read_text() == wanted:
        return
    refuse_another_zone(fresh)
    say("Setting up the lab, which takes a moment." if fresh else "Bringing the lab up to date.")
    collecting = manage("collectstatic", "--no-input", "--clear")
    finish(manage("migrate", "--no-input"))
    if fresh:
        finish(manage("load_lab", DAIG))
        finish(manage("demo"))
        (data / "first-start").unlink()
    finish(collecting)
    note.write_text(wanted)


def is_first_start(data: Path) -> bool:
    """Whether the Daig is still to be loaded; a first start that was cut short is one again."""
    begun = data / "first-start"
    if not (data / "daig.sqlite3").exists() and not os.environ.get("DATABASE_URL"):
        begun.touch()
    return begun.exists()


def refuse_another_zone(fresh: bool) -> None:
    """Before anything is changed: by the Daig's own file, or by what the database holds."""
    if not fresh:
        finish(manage("check", "--database", "default", "--tag", "time_zone"))
        return
    described = tomllib.loads(Path(DAIG).read_text())["lab"]["time_zone"]
    if (wanted := os.environ.get("TIME_ZONE", described)) != described:
        sys.exit(
            f"{CANNOT_START} TIME_ZONE={wanted!r}, but {DAIG} describes a lab in {described}; "
            f"set TIME_ZONE={described}, or change the file's time_zone."
        )


def fingerprint() -> str:
    named = [os.environ.get(name, "") for name in ("DATABASE_URL", "TIME_ZONE")]
    found = hashlib.sha256("\n".join(named).encode())
    for path in sorted({path for each in PREPARED_FROM for path in ROOT.glob(each)}):
        if path.is_file():
            found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()


def manage(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*TIED, sys.executable, "manage.py", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def finish(command: subprocess.Popen[str]) -> None:
    output, _ = command.communicate()
    if CANNOT_START in output:
        sys.exit(output.strip())
    if command.returncode:
        failed = " ".join(command.args[command.args.index("manage.py") :])
        sys.exit(f"{output}\nThe lab could not be set up: {failed} did not work.")


def opened(address: str, data: Path, began: float) -> bool:
    """Says where the lab is, once it answers."""
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=2).close()
    except OSError:
        return False
    say(f"\nDaig is open at {address} after {time.monotonic() - began:.1f} seconds.")
    say(f"{DEMO_PEOPLE}\nIts data lies in {data} (delete the folder to begin anew).")
    say("Ctrl-C ends it.\n")
    return True


if __name__ == "__main__":
    sys.exit(main())
