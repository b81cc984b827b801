"""Reading the environment: a missing or malformed value stops the start with one clear line."""

import contextlib
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def stop(reason: str) -> NoReturn:
    raise SystemExit(f"Daig cannot start: {reason}")


def time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        stop(f"TIME_ZONE={name!r} is no time zone; write it like Europe/Berlin.")
    return name


def positive_rate(text: str) -> str:
    """A rate such as `30/s`, `600/m`: how many API requests one token may make."""
    if not re.fullmatch(r"[1-9]\d*/[smhd]", text):
        stop(f"API_RATE={text!r} is no rate; write it like 30/s or 600/m.")
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
