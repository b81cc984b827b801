"""Runs a command beside a throw-away PostgreSQL and Redis on free ports.

    python tests/services.py -- pytest -q

The command finds them in DATABASE_URL and REDIS_URL. As root on Debian, missing packages are
installed; PostgreSQL refuses to run as root, so it is then run as `nobody`.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

# What a Debian machine needs beside Python and make, and how its presence shows.
PACKAGES = {
    "postgresql": lambda: postgres_folder() is not None,
    "redis-server": lambda: shutil.which("redis-server") is not None,
    "chromium": lambda: chromium() is not None,
    "fonts-dejavu-core": lambda: Path("/usr/share/fonts/truetype/dejavu").is_dir(),
    "gettext": lambda: shutil.which("msgfmt") is not None,
    "docker-compose": lambda: shutil.which("docker-compose") is not None,
}
# Chromium without windows to draw takes half the work for the same pages; not every Debian has it.
WITHOUT_WINDOWS = "chromium-headless-shell"
INITDB_OPTIONS = ["-U", "lab", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
POSTGRES_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    # Throw-away data: nothing has to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def postgres_folder() -> Path | None:
    """Where initdb and pg_ctl lie: Debian keeps them, one folder a version, off the PATH."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def chromium() -> str | None:
    return shutil.which(WITHOUT_WINDOWS) or shutil.which("chromium")


def install_missing() -> None:
    may_install = os.geteuid() == 0 and shutil.which("apt-get") is not None
    if may_install and not shutil.which(WITHOUT_WINDOWS):
        _ = apt_get("update") and apt_get("install", WITHOUT_WINDOWS)
    missing = [name for name, is_there in PACKAGES.items() if not is_there()]
    if not missing:
        return
    if not may_install:
        sys.exit(f"make test needs {', '.join(missing)}: apt-get install {' '.join(missing)}")
    apt_get("update")
    if not apt_get("install", *missing):
        sys.exit(f"apt-get could not install {', '.join(missing)}; make test needs them.")
    still = [name for name in missing if not PACKAGES[name]()]
    if still:
        sys.exit(f"apt-get installed {', '.join(still)}, yet they are not where they should be.")


def apt_get(act: str, *names: str) -> bool:
    """Waits for another that installs, though not for a mirror that stays silent."""
    if names:
        say(f"installing {', '.join(names)} ...")
    patience = ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::http::Timeout=15"]
    options = [*patience, "-y", "--no-install-recommends"] if names else patience
    answer = subprocess.run(
        ["apt-get", act, "-q", *options, *names],
        check=False,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    return answer.returncode == 0


def say(line: str) -> None:
    print(f"services: {line}", file=sys.stderr, flush=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged() -> dict[str, object]:
    """Arguments for subprocess that drop root's rights; none when there are none to drop."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def folder(name: str) -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix=f"daig-{name}-"))
    if os.geteuid() == 0:
        shutil.chown(path, "nobody")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def tied(end: signal.Signals, command: list[str | Path]) -> list[str | Path]:
    """The command, ended by the kernel with this process: even a kill -9 leaves nothing behind."""
    return ["setpriv", "--pdeathsig", end.name.removeprefix("SIG"), *command]


def until(is_ready: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    """Waits for a server to answer; a server that ends or stays silent is quoted and fatal."""
    for _ in range(300):
        if is_ready():
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    sys.exit(f"{server.args} did not start:\n{log.read_text()}")


@contextmanager
def server(
    command: list[str | Path], home: Path, is_ready: Callable[[], bool], end: signal.Signals
) -> Iterator[None]:
    log = home / "log"
    with log.open("wb") as output:
        child = subprocess.Popen(
            tied(end, command), cwd=home, stdout=output, stderr=output, **unprivileged()
        )
    try:
        until(is_ready, child, log)
        yield
    finally:
        child.send_signal(end)
        child.wait(30)


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a new, empty PostgreSQL."""
    tools = postgres_folder()
    port = free_port()
    with folder("postgres") as home:
        subprocess.run(
            [tools / "initdb", "-D", home / "data", *INITDB_OPTIONS],
            cwd=home,
            check=True,
            stdout=subprocess.DEVNULL,
            **unprivileged(),
        )
        options = {**POSTGRES_OPTIONS, "port": port, "unix_socket_directories": home}
        settings = [text for pair in options.items() for text in ("-c", "{}={}".format(*pair))]
        ask = [tools / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
        with server(
            [tools / "postgres", "-D", home / "data", *settings],
            home,
            lambda: subprocess.run(ask, check=False).returncode == 0,
            end=signal.SIGQUIT,
        ):
            yield f"postgres://lab@127.0.0.1:{port}/daig"


@contextmanager
def redis() -> Iterator[str]:
    """The URL of a new, empty Redis."""
    port = free_port()
    with folder("redis") as home:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(home)]
        with server(command, home, lambda: accepts(port), end=signal.SIGTERM):
            yield f"redis://127.0.0.1:{port}"


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(command: list[str], environment: dict[str, str]) -> int:
    """The command's exit code; whatever ends this process ends the command first."""
    child = subprocess.Popen(tied(signal.SIGTERM, command), env={**os.environ, **environment})
    try:
        return child.wait()
    except BaseException:
        child.terminate()
        child.wait(60)
        raise


def main() -> int:
    if "--" not in sys.argv:
        sys.exit("usage: python tests/services.py -- COMMAND ...")
    command = sys.argv[sys.argv.index("--") + 1 :]
    install_missing()
    # A SIGTERM unwinds like an interrupt, so that the servers end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        urls = {
            "DATABASE_URL": stack.enter_context(postgres()),
            "REDIS_URL": stack.enter_context(redis()),
        }
        say(" ".join(f"{name}={url}" for name, url in urls.items()))
        return run(command, urls)


if __name__ == "__main__":
    sys.exit(main())
