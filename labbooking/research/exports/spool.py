"""A file on its way out, written down first: its length is told, no part passes for the whole.

A web server ends an answer of unknown length properly also where its source breaks off. Of known
length, it has to cut the connection.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator

IN_MEMORY = 1024 * 1024


class ConsentChanged(Exception):
    """Who takes part is not who took part when the file began, or its reader may read no more."""


class Spool:
    """Longer ones lie in a temporary file without a name, for this process alone."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - outlives this call
        weakref.finalize(self, self._file.close)  # also where nobody ever fetches it
        self._lengths = [self._file.write(chunk) for chunk in chunks]
        self.length = sum(self._lengths)

    def pieces(self, may_leave: Callable[[], bool]) -> Iterator[bytes]:
        """Asks before each piece; raises `ConsentChanged` at the first that may not leave."""
        with self._file as file:
            file.seek(0)
            for length in self._lengths:
                if not may_leave():
                    raise ConsentChanged
                yield file.read(length)
