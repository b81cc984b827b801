"""Keyed pseudonyms: the same person has one in each study, and no two studies share it.

HMAC-SHA256 under the study's secret, written in base32. The prefix is part of what is hashed, so
that a booking and a series of the same number have nothing in common.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

PERSON = "P"
BOOKING = "B"
SERIES = "S"
ENTRY = "E"

# Eight letters keep thousands of people apart, twelve hundreds of millions of entries.
_LETTERS = {PERSON: 8, BOOKING: 12, SERIES: 12, ENTRY: 12}


def pseudonym(secret: bytes, prefix: str, key: str) -> str:
    """Such as `P-7QX2MZ4D` for a person; empty for an empty key."""
    if not key:
        return ""
    digest = hmac.digest(secret, f"{prefix}:{key}".encode(), hashlib.sha256)
    return f"{prefix}-{base64.b32encode(digest).decode()[: _LETTERS[prefix]]}"
