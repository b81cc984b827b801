"""One line a minute about what every request would else repeat."""

from __future__ import annotations

import logging
import time

MINUTE = 60.0
_said: dict[str, float] = {}


def warn(log: logging.Logger, what: str, reason: object) -> None:
    """`what` names the matter: of each, a process writes one line a minute."""
    now = time.monotonic()
    if now - _said.get(what, -MINUTE) >= MINUTE:
        _said[what] = now
        log.warning("%s: %s", what, str(reason).split("\n", 1)[0])
