"""What web processes share in Redis, and what each of them does by itself while Redis is away.

A server that hangs is asked for at most a fifth of a second, then left alone for a while: limits
are meanwhile counted in each process, and nobody waits.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, TypeVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from labbooking.wire import once_a_minute

log = logging.getLogger(__name__)
T = TypeVar("T")
QUICKLY: dict[str, Any] = {
    "socket_connect_timeout": 0.1,
    "socket_timeout": 0.2,
    "retry": Retry(NoBackoff(), 0),
}
PAUSE = 5.0
"""Seconds in which a Redis that did not answer is not asked again."""


class _Patience:
    """Asks Redis, unless it did not answer a moment ago."""

    def __init__(self) -> None:
        self._not_before = 0.0

    def ask(self, question: Callable[[], T], otherwise: Callable[[], T]) -> T:
        if time.monotonic() < self._not_before:
            return otherwise()
        try:
            return question()
        except (RedisError, OSError) as error:
            self._not_before = time.monotonic() + PAUSE
            once_a_minute.warn(log, "Redis does not answer", error)
            return otherwise()


redis_or_else = _Patience().ask


class SharedCache(RedisCache):
    """Django's cache in Redis; while that is away, one in this process alone."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._options: dict[str, Any] = QUICKLY | self._options
        self.here = LocMemCache("while Redis is away", {})


def _forgiving(name: str) -> Callable[..., Any]:
    there, here = getattr(RedisCache, name), getattr(LocMemCache, name)

    @wraps(there)
    def either(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        ask_here = partial(here, self.here, *args, **kwargs)
        return redis_or_else(partial(there, self, *args, **kwargs), ask_here)

    return either


QUESTIONS = "add get set touch delete get_many set_many delete_many has_key incr clear"
for _name in QUESTIONS.split():
    setattr(SharedCache, _name, _forgiving(_name))
