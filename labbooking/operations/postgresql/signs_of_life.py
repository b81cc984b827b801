"""Whether a PostgreSQL server is there at all, asked without signing in."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any, Final

ANSWERS_WITHIN: Final = 1.5
"""Seconds. A server that is there needs a thousandth of it."""
GOOD_FOR: Final = 0.4
"""Seconds: of all who wait at once, one asks. So much later than others somebody may find out."""
_MAY_WE_ENCRYPT: Final = bytes.fromhex("00000008 04d2162f")
"""SSLRequest: yes or no, every server answers with one byte, then forgets who asked."""


@dataclass(frozen=True, slots=True)
class _Found:
    is_there: bool
    at: float


_asking = Lock()
_found: dict[tuple[int, Any], _Found] = {}


def is_there(wire: int) -> bool:
    """Whether the server at the other end of this file descriptor answers somebody new."""
    began = monotonic()
    try:
        server = _at_the_other_end(wire)
    except OSError:
        return False
    with _asking:
        if server not in _found or _found[server].at < began - GOOD_FOR:
            _found[server] = _Found(is_there=_answers(*server), at=monotonic())
        return _found[server].is_there


def _at_the_other_end(wire: int) -> tuple[int, Any]:
    with socket.socket(fileno=os.dup(wire)) as ours:
        return ours.family, ours.getpeername()


def _answers(family: int, server: Any) -> bool:
    until = monotonic() + ANSWERS_WITHIN
    try:
        with socket.socket(family, socket.SOCK_STREAM) as asking:
            asking.settimeout(ANSWERS_WITHIN)
            asking.connect(server)
            asking.sendall(_MAY_WE_ENCRYPT)
            asking.settimeout(max(until - monotonic(), 0.001))
            return bool(asking.recv(1))
    except OSError:
        return False
