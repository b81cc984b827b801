"""Beat as the house runs it: it makes its folder, and leaves a sign of life in the database."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

from celery.beat import PersistentScheduler
from django.db import DatabaseError, connection
from django.utils import timezone

from labbooking.operations.heartbeats import EVERY, Part, beat
from labbooking.wire import once_a_minute

log = logging.getLogger(__name__)


class HouseScheduler(PersistentScheduler):
    schedule_filename: str
    _seen_at = -float("inf")

    def setup_schedule(self) -> None:
        Path(self.schedule_filename).parent.mkdir(parents=True, exist_ok=True)
        super().setup_schedule()

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        until_next = super().tick(*args, **kwargs)
        if time.monotonic() - self._seen_at >= EVERY:
            self._seen_at = time.monotonic()
            show_life(Part.BEAT)
        return min(until_next, EVERY)


def show_life(part: Part) -> None:
    """Also while the database is away: then there is nobody who could see it."""
    try:
        beat(part, at=timezone.now())
    except DatabaseError as error:
        once_a_minute.warn(log, f"No sign of life of {part}", error)
    finally:
        connection.close()
