"""Whom an e-mail address belongs to. The person's own row is the one truth about it."""

from __future__ import annotations

from residents.models import User


def person_with(email: str) -> User | None:
    """Whoever has this address now, whether they may sign in or not; capitals do not matter."""
    wanted = email.strip()
    # The two databases fold other letters than Python does.
    found = User.objects.filter(email__iexact=wanted)
    return next((each for each in found if each.email.lower() == wanted.lower()), None)
