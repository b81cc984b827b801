"""The link of a recovery: for a day, once, and only while the person's access and address are what
they were."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from labbooking.period import DAY
from residents.models import User
from residents.signin.models import Recovery

WORKS_FOR = DAY
_SALT = "residents.signin.recovery"


def recovery_path(recovery: Recovery) -> str:
    said = {"recovery": recovery.pk, "access": _access(recovery.person)}
    return reverse("recover", args=[signing.dumps(said, salt=_SALT)])


def recovery_of(key: str, *, at: datetime) -> Recovery | None:
    """Which one a link belongs to; None if it does not work, or no longer."""
    try:
        said = signing.loads(key, salt=_SALT)
    except signing.BadSignature:
        return None
    found = Recovery.objects.select_related("person").filter(pk=said["recovery"]).first()
    if found is None or not found.agreed_at or found.used_at or not found.person.is_active:
        return None
    fresh = at < found.agreed_at + WORKS_FOR
    holds = constant_time_compare(_access(found.person), said["access"])
    return found if fresh and holds else None


def _access(person: User) -> str:
    """Of another address the link would stand in a mailbox that is theirs no more."""
    return sha256(f"{person.access_key}{person.email}".encode()).hexdigest()
