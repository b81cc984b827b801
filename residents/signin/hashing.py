"""Passwords are hashed slowly on purpose, so at most two at a time in one process: whoever comes
third is told to come back, and the threads that answer everything else stay free."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

from residents.signin.later import DoorIsBusy

AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def a_place() -> Iterator[None]:
    """Raises `DoorIsBusy` where all are taken."""
    if not _places.acquire(blocking=False):
        raise DoorIsBusy
    try:
        yield
    finally:
        _places.release()


class FewArgon2(Argon2PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        with a_place():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with a_place():
            return super().verify(password, encoded)


class FewPBKDF2(PBKDF2PasswordHasher):
    """For passwords from before; its `verify` calls `encode`."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with a_place():
            return super().encode(password, salt, iterations)
