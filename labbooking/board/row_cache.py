"""Rows of the board that were written before: while all they follow from is the same, so are they.

Nothing here is ever out of date: a row is kept with the facts it was written from, and those are
read from the database for every page (docs/decisions/0008).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from django.utils.safestring import SafeString

MOST_ROWS = 3_000


class RowMemory:
    """The rows written last, by what they show; at most so many."""

    def __init__(self, most: int = MOST_ROWS) -> None:
        self.most = most
        self._rows: OrderedDict[Hashable, tuple[object, SafeString]] = OrderedDict()
        self._lock = Lock()

    def row(self, shows: Hashable, facts: object, write: Callable[[], SafeString]) -> SafeString:
        """The row that `write` would write from `facts`, which it may follow from alone."""
        with self._lock:
            kept = self._rows.get(shows)
        if kept is None or kept[0] != facts:
            kept = facts, write()
        with self._lock:
            self._rows[shows] = kept
            self._rows.move_to_end(shows)
            if len(self._rows) > self.most:
                self._rows.popitem(last=False)
        return kept[1]

    def forget(self) -> None:
        with self._lock:
            self._rows.clear()
