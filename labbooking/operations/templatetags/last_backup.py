"""`{% last_backup %}`: how old the last one is, where the house makes them by itself."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from labbooking.operations.heartbeats import Part, last
from labbooking.operations.last_backup import backup_age

register = template.Library()


@register.inclusion_tag("operations/_last_backup.html")
def last_backup() -> dict[str, Any]:
    if not settings.BACKUP_FOLDER:
        return {}
    return {"age": backup_age(last(Part.BACKUP), timezone.now())}
