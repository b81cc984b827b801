"""`{% last_backup %}`: how old the last one is, where the house makes them by itself."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from labbooking.operations.backup.nightly import LATE
from labbooking.operations.heartbeats import Part, last
from labbooking.period import HOUR

register = template.Library()


@register.inclusion_tag("operations/_last_backup.html")
def last_backup() -> dict[str, Any]:
    if not settings.BACKUP_FOLDER:
        return {}
    made_at = last(Part.BACKUP)
    hours = (timezone.now() - made_at) // HOUR if made_at else None
    return {"is_on": True, "hours": hours, "is_late": hours is None or hours >= LATE}
