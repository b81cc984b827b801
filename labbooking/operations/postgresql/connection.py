"""A connection that is given up when its server has fallen silent.

A server that is stopped, frozen or cut off closes nothing, and its kernel goes on taking what it is
sent: no time-out of TCP ever runs. Yet silence alone proves nothing, a statement may wait for a
lock. So whoever has heard nothing for a second asks by a second wire whether the server is there.
"""

from __future__ import annotations

from time import monotonic
from typing import Any, ClassVar, TypeVar

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import CancellationTimeout, _WaitTimeout

from labbooking.operations.postgresql.signs_of_life import is_there

Got = TypeVar("Got")


class HouseConnection(Connection[Any]):
    """Waits as long as it takes, as psycopg does, but where somebody waits for an answer."""

    somebody_waits: ClassVar[bool] = False
    """In web processes. Workers, backups and migrations may take their time."""
    silence: ClassVar[float] = 1.0
    """Seconds: with the question for signs of life it stays below three."""
    longest: ClassVar[float] = 20.0
    """Seconds for one statement, its waiting for locks included: as on SQLite."""

    def wait(self, gen: PQGen[Got], interval: float = 0.1, timeout: float | None = None) -> Got:
        if timeout is not None or not self.somebody_waits:
            return super().wait(gen, interval, timeout)
        until = monotonic() + self.longest
        while True:
            try:
                return super().wait(gen, interval, self.silence)
            except _WaitTimeout:
                if not is_there(self.pgconn.socket):
                    raise self._given_up() from None
            if monotonic() > until:
                return self._called_off(gen, interval)

    def _called_off(self, gen: PQGen[Got], interval: float) -> Got:
        """A server that lives answers that the statement is cancelled, and the connection is good
        for the next one."""
        try:
            self.cancel_safe(timeout=self.silence)
            return super().wait(gen, interval, self.silence)
        except (CancellationTimeout, _WaitTimeout):
            raise self._given_up() from None

    def _given_up(self) -> OperationalError:
        self.pgconn.finish()
        return OperationalError("the database has fallen silent")


def give_up_in_time() -> None:
    """For processes that answer requests, before they take the first."""
    HouseConnection.somebody_waits = True
