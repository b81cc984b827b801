"""What closing would come to, told before anything is closed; and what is closed now or ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from equipment.models import Resource, ResourceType
from labbooking.bookings.models import Allocation, Booking, Closure
from labbooking.bookings.queries import detailed
from labbooking.period import Period


def in_the_way(resources: Iterable[Resource], period: Period) -> list[Booking]:
    """The bookings that hold any of these, or parts of them, in a period; turnaround counts."""
    keys = [each.pk for each in resources]
    taken = Allocation.objects.filter(
        Q(resource__in=keys) | Q(resource__wholes__in=keys),
        booking__isnull=False,
        active=True,
        guarded_from__lt=period.end,
        guarded_until__gt=period.start,
    )
    found = Booking.objects.filter(pk__in=taken.values("booking"))
    return list(detailed(found).order_by("starts_at", "pk"))


@dataclass(frozen=True, slots=True)
class Closed:
    """A closure with what it closes in words; `is_on` while it lasts."""

    closure: Closure
    things: str
    is_on: bool


def closed_ahead(at: datetime) -> list[Closed]:
    """Everything that is closed now or will be, the earliest first; three queries."""
    ahead = Allocation.objects.filter(ends_at__gt=at, whole=None).select_related("resource__type")
    closures = (
        Closure.objects.filter(pk__in=ahead.filter(closure__isnull=False).values("closure"))
        .select_related("made_by")
        .prefetch_related(Prefetch("allocations", queryset=ahead.order_by("resource_id")))
        .order_by("starts_at", "pk")
    )
    units = _units()
    return [
        Closed(each, _in_words([row.resource for row in each.allocations.all()], units),
               each.starts_at <= at)
        for each in closures
    ]  # fmt: skip


def _units() -> dict[int, int]:
    """How many things there are of each type."""
    counted = ResourceType.objects.annotate(units=Count("resources"))
    return dict(counted.values_list("pk", "units"))


def _in_words(resources: Sequence[Resource], units: dict[int, int]) -> str:
    """ "the whole house", "all: AR headsets", "Seat 1, Seat 2" """
    unique = {each.pk: each for each in resources}
    if len(unique) == sum(units.values()):
        return _("the whole house")
    of_type: dict[ResourceType, list[Resource]] = {}
    for each in sorted(unique.values(), key=lambda one: (one.type.order, one.order, one.slug)):
        of_type.setdefault(each.type, []).append(each)
    words = []
    for kind, members in of_type.items():
        if len(members) == units[kind.pk] > 1:
            words.append(_("all {things}").format(things=kind.plural))
        else:
            words += [each.name for each in members]
    return ", ".join(words)
