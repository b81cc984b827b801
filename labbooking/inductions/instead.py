"""What to do about a booking that is refused because an induction is missing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from equipment.models import ResourceType
from labbooking.errors import Refusal
from labbooking.inductions.models import InductionSlot
from labbooking.inductions.queries import open_to
from labbooking.when import lab_zone
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
        _appointment(slot) for topic in sorted(topics) for slot in open_to(person, at, topic=topic)
    ]


def _appointment(slot: InductionSlot) -> AppointmentOut:
    start, end = slot.period.local(lab_zone())
    return AppointmentOut(
        id=slot.pk,
        topic=slot.topic,
        starts_at=start,
        ends_at=end,
        location=slot.location,
        free=slot.free,  # type: ignore[attr-defined]
    )
