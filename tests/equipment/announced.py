"""What staff announce, in both languages."""

from datetime import timedelta

from django.utils import timezone

from equipment.actions import announce

HOUR = timedelta(hours=1)


def fields(starts_in=24 * HOUR, lasts=2 * HOUR, **others):
    """Those of an event that begins `starts_in` from now; with `lasts` None it has no end."""
    starts_at = timezone.now() + starts_in
    said = {"kind": "event", "starts_at": starts_at, "url": ""}
    said |= {"email": "studio@daig.example"}
    said |= {"title_de": "Offenes Atelier", "title_en": "Open studio"}
    said |= {"text_de": "Kommt vorbei.", "text_en": "Come and see."}
    return {**said, "ends_at": starts_at + lasts if lasts else None, **others}


def an_event(by, at=None, **others):
    return announce(fields(**others), by=by, at=at or timezone.now())


def a_call(by, **others):
    return an_event(by, kind="call", **others)
