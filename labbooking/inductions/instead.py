"""What to do about a booking that is refused because an induction is missing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from equipment.models import ResourceType
from labbooking.errors import Refusal
from labbooking.inductions.queries import open_to
from labbooking.wire.problems import AppointmentOut
from residents.models import User

MISSING = "induction_required"


def appointments_instead(
    refusals: Collection[Refusal], person: User, at: datetime
) -> list[AppointmentOut]:
    """The next appointments with a free place; nothing is asked where no induction is missing."""
    slugs = {each.resource for each in refusals if each.code == MISSING}
    if not slugs:
        return []
    named = Q(slug__in=slugs) | Q(resources__slug__in=slugs)
    types = ResourceType.objects.filter(named, rules__isnull=False).exclude(rules__induction="")
    topics = types.order_by().values_list("rules__induction", flat=True).distinct()
    return [
        AppointmentOut(
            id=slot.pk,
            topic=topic,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            location=slot.location,
            free=slot.free,  # type: ignore[attr-defined]
        )
        for topic in sorted(topics)
        for slot in open_to(person, at, topic=topic)
    ]
