"""A sign-in begins in a browser, is used, and ends: here, or from another one."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from residents.models import User
from residents.signin.devices.limits import longest
from residents.signin.entries import tell
from residents.signin.models import Device

KEPT = "device"


def begin(request: HttpRequest, person: User, *, at: datetime) -> None:
    """Part of signing in; what is over by age is forgotten meanwhile."""
    session = request.session
    if not session.session_key:
        session.save()
    old = Device.objects.filter(person=person)
    old.filter(began_at__lte=at - longest(person.role)).delete()
    device, _made = Device.objects.update_or_create(
        session_key=session.session_key,
        defaults={
            "person": person,
            "of_session": session[HASH_SESSION_KEY],
            "browser": request.headers.get("User-Agent", "")[:200].replace("\x00", ""),
            "began_at": at,
            "seen_at": at,
        },
    )
    note(session, str(device.key), began=at, at=at)


def note(session: SessionBase, key: str, *, began: datetime, at: datetime) -> None:
    """Also where a new password gave this session another proof."""
    session[KEPT] = {
        "key": key,
        "began": began.timestamp(),
        "seen": at.timestamp(),
        "proof": session[HASH_SESSION_KEY],
    }


def seen(session: SessionBase, *, began: datetime, at: datetime) -> None:
    """Found by its own key: a new password, or a new secret of the house, gives this session
    another name and another proof."""
    note(session, key := session[KEPT]["key"], began=began, at=at)
    proof = session[HASH_SESSION_KEY]
    here = Device.objects.filter(key=key)
    here.update(seen_at=at, of_session=proof, session_key=session.session_key)


@transaction.atomic
def end_there(person: User, key: str, *, at: datetime) -> bool:
    """Sign this person out in another browser; False if it is none of theirs."""
    device = Device.objects.select_for_update().filter(person=person, key=key).first()
    if device is None:
        return False
    import_module(settings.SESSION_ENGINE).SessionStore(device.session_key).delete()
    device.delete()
    tell("session.ended", person, by=person, at=at)
    return True


def forget(session_key: str | None) -> None:
    Device.objects.filter(session_key=session_key).delete()
