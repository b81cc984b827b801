"""Addresses of pages that have a number in them, for when thousands of them are wanted at once."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


def numbered(name: str, number: int) -> str:
    """As `reverse(name, args=[number])`, in a fiftieth of the time."""
    before, after = _around(name)
    return f"{before}{number}{after}"


@lru_cache(maxsize=64)
def _around(name: str) -> tuple[str, str]:
    before, _zero, after = reverse(name, args=[0]).rpartition("0")
    return before, after
