"""What the house announces, and until when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from equipment.models import Announcement, AnnouncementKind
from labbooking.period import day_start
from labbooking.when import lab_zone

ON_THE_FRONT_PAGE = 3


def current(at: datetime) -> QuerySet[Announcement]:
    """Every announcement that is not over, the earliest first."""
    not_over = Q(ends_at__gt=at) | Q(ends_at=None, starts_at__gte=_today(at))
    return Announcement.objects.filter(not_over)


def on_the_front_page(at: datetime) -> list[Announcement]:
    """The call that ends next and the events that come next, three in all. One query."""
    calls = current(at).filter(kind=AnnouncementKind.CALL).order_by("ends_at", "pk")
    shown = Q(kind=AnnouncementKind.EVENT) | Q(pk__in=calls.values("pk")[:1])
    # By kind first: however many events come earlier, there is room for the call.
    return list(current(at).filter(shown).order_by("kind", "starts_at", "pk")[:ON_THE_FRONT_PAGE])


def is_over(announcement: Announcement, *, at: datetime) -> bool:
    if announcement.ends_at:
        return announcement.ends_at <= at
    return announcement.starts_at < _today(at)


def _today(at: datetime) -> datetime:
    """The first instant of the local day."""
    zone = lab_zone()
    return day_start(at.astimezone(zone).date(), zone)
