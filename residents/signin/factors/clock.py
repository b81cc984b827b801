"""Which step of an app's clock a code belongs to (RFC 6238)."""

from __future__ import annotations

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

TOLERATED = 1
"""Steps of half a minute before and after the present one whose codes are taken."""
NOTICED = 5
"""Steps within which a code tells that the other clock is wrong."""


def step(at: datetime) -> int:
    period: int = app_settings.TOTP_PERIOD
    return int(at.timestamp()) // period


def step_of(secret: str, code: str, *, at: datetime) -> int | None:
    """The step nearest to now whose code this is; None if it is that of none near by."""
    now = step(at)
    near = sorted(range(now - NOTICED, now + NOTICED + 1), key=lambda each: abs(each - now))
    for each in near:
        expected = format_hotp_value(hotp_value(secret, each))
        if compare_user_code(actual=code, expected=expected):
            return each
    return None


def is_taken(found: int, *, at: datetime) -> bool:
    return abs(found - step(at)) <= TOLERATED
