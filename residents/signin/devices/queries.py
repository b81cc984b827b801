"""Where somebody is signed in now, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from residents.models import User
from residents.signin.devices.browsers import in_words
from residents.signin.devices.limits import is_over
from residents.signin.models import Device


@dataclass(frozen=True, slots=True)
class Place:
    key: str
    name: str
    began_at: datetime
    seen_at: datetime
    is_here: bool


def places(person: User, session: SessionBase, *, at: datetime) -> Sequence[Place]:
    """This one first, then by last use; one query, however many there are."""
    proof = session.get(HASH_SESSION_KEY)
    found = [
        Place(
            str(each.key),
            in_words(each.browser),
            each.began_at,
            each.seen_at,
            each.session_key == session.session_key,
        )
        for each in Device.objects.filter(person=person).order_by("-seen_at", "-pk")
        if each.session_key == session.session_key or each.of_session == proof
        if not is_over(person.role, began=each.began_at, seen=each.seen_at, at=at)
    ]
    return sorted(found, key=lambda each: not each.is_here)
