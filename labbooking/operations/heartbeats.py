"""Signs of life, kept as rows so that every web process can see them, whatever the broker does."""

from __future__ import annotations

from datetime import datetime

from labbooking.operations.models import Heartbeat

Part = Heartbeat.Part


def beat(part: Part, *, at: datetime) -> None:
    Heartbeat.objects.update_or_create(part=part, defaults={"at": at})


def last(part: Part) -> datetime | None:
    """When it last beat; nothing if it never has."""
    return Heartbeat.objects.filter(part=part).values_list("at", flat=True).first()
