"""Free and busy times by API. Anybody may look."""

from __future__ import annotations

from collections import Counter

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query

from equipment.models import Resource
from labbooking.bookings.api.schemas.availability import (
    AvailabilityOut,
    BusyQuestion,
    FreeDaysQuestion,
    FreeQuestion,
    FreeSlotsOut,
)
from labbooking.bookings.api.schemas.previews import FreeDaysOut
from labbooking.bookings.api.serializers.bookings import busy_out, suggestion_out
from labbooking.bookings.api.serializers.previews import free_day_out
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.availability.slots import free_slots
from labbooking.bookings.availability.slots_by_day import LOOK_AHEAD, MOST_DAYS, free_days
from labbooking.errors import Malformed, NotThere
from labbooking.period import WEEK
from labbooking.when import lab_zone
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import OPEN_TO_ALL

router = Router(tags=["free times"], auth=OPEN_TO_ALL)


@router.get(
    "availability/",
    response={200: AvailabilityOut, **problems(400, 401, 404, 429)},
    by_alias=True,
)
def availability(request: HttpRequest, question: Query[BusyQuestion]) -> AvailabilityOut:
    """Tells when resources are busy, of all or of those named, and nothing about anybody."""
    resources = _resources(question.resource)
    taken = busy(resources, question.period)
    start, end = question.period.local(lab_zone())
    items = [busy_out(each.slug, each.zone, taken[each.pk]) for each in resources]
    return AvailabilityOut(from_=start, to=end, items=items)


def _resources(slugs: list[str]) -> list[Resource]:
    resources = Resource.objects.select_related("type")
    found = list(resources.filter(slug__in=slugs) if slugs else resources)
    for slug in sorted(set(slugs) - {each.slug for each in found}):
        raise NotThere(_("There is no resource “{slug}”.").format(slug=slug))
    return found


@router.get("free-slots/", response={200: FreeSlotsOut, **problems(400, 401, 404, 429)})
def common_free_slots(request: HttpRequest, question: Query[FreeQuestion]) -> FreeSlotsOut:
    """Tells the times at which everything that is named is free together."""
    if not question.resource and not question.type:
        raise Malformed(_("Name at least one resource or one type."))
    found = free_slots(
        resources=tuple(dict.fromkeys(question.resource)),
        types=Counter(question.type),
        within=question.period,
        length=question.length,
        at=timezone.now(),
        limit=question.limit,
    )
    return FreeSlotsOut(items=[suggestion_out(each) for each in found])


@router.get(
    "free-days/",
    description=f"""Tells the next days on which everything that is named is free together.

Looks {LOOK_AHEAD // WEEK} weeks ahead, and tells a handful of times on each of up to {MOST_DAYS}
days, spread over the day.""",
    response={200: FreeDaysOut, **problems(400, 401, 429)},
)
def next_free_days(request: HttpRequest, question: Query[FreeDaysQuestion]) -> FreeDaysOut:
    if not question.resource and not question.type:
        raise Malformed(_("Name at least one resource or one type."))
    at = timezone.now()
    found = free_days(
        resources=tuple(dict.fromkeys(question.resource)),
        types=Counter(question.type),
        since=question.since or at,
        length=question.length,
        at=at,
        zone=lab_zone(),
        part=question.part or "",
    )
    return FreeDaysOut(items=[free_day_out(each) for each in found])
