"""Reading the environment: a missing or malformed value stops the start with one clear line."""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
_EXAMPLE = {
    "DATABASE_URL": "postgres://name:password@host:5432/daig",
    "REDIS_URL": "redis://host:6379/0",
    "EMAIL_URL": "smtp+tls://name:password@host:587",
    "PUBLIC_URL": "https://lab.example",
    "OIDC_ISSUER": "https://login.university.example",
}
_LONG_ENOUGH, _VARIED_ENOUGH = 50, 8
OTHERS = 0o077
"""What an embedded lab's files let nobody else on the machine do."""


def stop(reason: str) -> NoReturn:
    raise SystemExit(f"Daig cannot start: {reason}")


def flag(name: str, *, default: bool) -> bool:
    """A yes or no; an empty or missing value is the default."""
    text = os.environ.get(name, "").strip().lower()
    if not text:
        return default
    if text not in _YES | _NO:
        stop(f"{name}={text!r} is neither yes nor no; write 1 or 0.")
    return text in _YES


def count(name: str, *, default: int) -> int:
    """A whole number, nought or more; an empty or missing value is the default."""
    text = os.environ.get(name, "").strip()
    if text and not text.isdecimal():
        stop(f"{name}={text!r} is no whole number.")
    return int(text) if text else default


def address(name: str, schemes: Collection[str], *, default: str = "") -> str:
    """A URL with one of the schemes; an empty or missing value is the default.

    The line that refuses one shows only its scheme: the rest may hold a password.
    """
    text = os.environ.get(name, "").strip() or default
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - a malformed port raises here
    except ValueError:
        stop(f"{name} is no address; write it like {_EXAMPLE[name]}")
    if text and (parts.scheme not in schemes or not (parts.netloc or parts.path.strip("/"))):
        shown = parts.scheme or "no scheme"
        stop(f"{name} begins with {shown} or names nothing; write it like {_EXAMPLE[name]}")
    return text


def time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        stop(f"TIME_ZONE={name!r} is no time zone; write it like Europe/Berlin.")
    return name


def positive_rate(name: str, *, default: str) -> str:
    """A rate such as `30/s`, `600/m`; an empty or missing value is the default."""
    text = os.environ.get(name, "").strip() or default
    if not re.fullmatch(r"[1-9]\d*/[smhd]", text):
        stop(f"{name}={text!r} is no rate; write it like 30/s or 600/m.")
    return text


def broker_of_files(folder: Path) -> dict[str, object]:
    """What Celery's transport by files wants to know; its folders are made."""
    queue, control = folder / "queue", folder / "control"
    for each in (queue, control):
        each.mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
        "store_processed": False,
        "polling_interval": 0.1,
    }


def written_privately(path: Path, text: str) -> Path:
    """Puts a text in the place of a file, whole and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    return Path(draft).replace(path)


def in_public(name: str, *, on: bool, https: bool, why: str) -> bool:
    """Whether what belongs on one's own machine is on under an address for everybody; that stops
    the start unless it is said a second time."""
    if not (on and https):
        return False
    again = f"{name}_IN_PUBLIC"
    if not flag(again, default=False):
        stop(f"{name} is on under an https address: {why}. Set {name}=0, or also {again}=1.")
    return True


def secret_key(text: str) -> str:
    """A key long and varied enough that nobody guesses it (Django's check security.W009)."""
    if not text:
        stop("SECRET_KEY is missing: set it to a long random text and keep it.")
    if len(text) < _LONG_ENOUGH or len(set(text)) < _VARIED_ENOUGH:
        stop(
            f"SECRET_KEY is too weak: it needs {_LONG_ENOUGH} random characters. Make one with "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return text


def embedded_secret(folder: Path) -> str:
    """The embedded lab's own secret key, made once and readable by its owner only."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Written aside and linked whole, so that a process starting beside never reads half a key.
        handle, draft = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(draft)
        Path(draft).unlink()
    return path.read_text().strip()
