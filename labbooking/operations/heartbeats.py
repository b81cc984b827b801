"""Signs of life, kept as rows so that every web process can see them, whatever the broker does."""

from __future__ import annotations

from datetime import datetime, timedelta

from labbooking.operations.models import Heartbeat

Part = Heartbeat.Part
EVERY = 20
"""Seconds between two signs of life."""
LATE = timedelta(seconds=90)


def beat(part: Part, *, at: datetime) -> None:
    Heartbeat.objects.update_or_create(part=part, defaults={"at": at})


def last(part: Part) -> datetime | None:
    """When it last beat; nothing if it never has."""
    return Heartbeat.objects.filter(part=part).values_list("at", flat=True).first()


def is_late(part: Part, *, at: datetime) -> bool:
    """A part that never was there is not late: a lab may just be opening."""
    seen = last(part)
    return seen is not None and at - seen > LATE
