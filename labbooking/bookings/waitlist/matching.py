"""The waiting list, read: whose it is to see, and for whom something has become free."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.availability.busy import Timeline, timelines
from labbooking.bookings.availability.slots import free_together
from labbooking.bookings.demand.resolve import Demand, demand_for
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models.waitlist import Waiting
from labbooking.errors import Malformed, NotThere
from labbooking.period import DAY, Period, joined
from residents.models import User

OPEN = (Waiting.Status.WAITING, Waiting.Status.OFFERED)
LOOK_AT = 1000
"""How many of the longest waiting are looked at in one tick."""
LONGEST_TURNAROUND = 31 * DAY
"""So far around a time that frees it is looked for wishes that may touch it."""


def visible_waits(person: User) -> QuerySet[Waiting]:
    """One's own; for lab staff everybody's; for researchers none."""
    waits = Waiting.objects.select_related("person")
    if person.is_lab_staff:
        return waits
    return waits.filter(person=person) if person.is_creative else waits.none()


def find_wait(person: User, waiting_id: int) -> Waiting:
    """A place with what is kept for it. Raises `NotThere` for what is not theirs to see."""
    wait = visible_waits(person).select_related("booking").filter(pk=waiting_id).first()
    if wait is None:
        raise NotThere(_("There is no such place on the waiting list."))
    return wait


def spec_of(wait: Waiting) -> BookingSpec:
    return BookingSpec(wait.period, tuple(wait.resources), wait.types, wait.purpose)


def could_be_served(at: datetime, among: Collection[int] | None = None) -> list[int]:
    """The waits whose whole wish seems free at `at`, who has waited longest first.

    Of all of them, or `among` some. Looks without locks: one query for the list, some for each
    different wish, and one for each stretch of days; whoever serves them looks again.
    """
    waits = _waiting(at) if among is None else _waiting(at).filter(pk__in=among)
    waiting = list(waits[:LOOK_AT])
    demands = _demands(waiting)
    stretches = joined(each.period for each in waiting if each.pk in demands)
    free = {pk for stretch in stretches for pk in _free_in(stretch, waiting, demands)}
    return [each.pk for each in waiting if each.pk in free]


def who_wants(
    taken: Sequence[tuple[int, Period]], at: datetime, *, opened: Collection[int] = ()
) -> dict[int, Demand]:
    """The waits whose wish touches a time of a resource (its key), or any time of one that is
    `opened`; who has waited longest first, with all that each asks for."""
    if not (taken or opened):
        return {}
    waiting = list((_waiting(at) if opened else _near(taken, at))[:LOOK_AT])
    resources = {key for key, _period in taken}.union(opened)
    demands = _demands(_naming(resources, waiting)) if waiting else {}
    wanted = {each.pk: each.period for each in waiting}
    return {
        key: demand
        for key, demand in demands.items()
        if _names(demand, opened) or _touches(demand, wanted[key], taken)
    }


def _near(taken: Sequence[tuple[int, Period]], at: datetime) -> QuerySet[Waiting]:
    first, last = min(each.start for _key, each in taken), max(each.end for _key, each in taken)
    return _waiting(at).filter(
        starts_at__lt=last + LONGEST_TURNAROUND, ends_at__gt=first - LONGEST_TURNAROUND
    )


def _names(demand: Demand, resources: Collection[int]) -> bool:
    return any(unit.pk in resources for unit in demand.resources)


def _waiting(at: datetime) -> QuerySet[Waiting]:
    waits = Waiting.objects.filter(state=Waiting.Status.WAITING, starts_at__gt=at)
    return waits.order_by("joined_at", "pk")


def _naming(resources: set[int], waiting: Iterable[Waiting]) -> list[Waiting]:
    """Those that name one of the resources, a whole of it, or the type of either."""
    units = Resource.objects.filter(Q(pk__in=resources) | Q(parts__in=resources))
    names = {name for pair in units.values_list("slug", "type__slug") for name in pair}
    return [each for each in waiting if names.intersection([*each.resources, *each.types])]


def _touches(demand: Demand, wanted: Period, taken: Iterable[tuple[int, Period]]) -> bool:
    margin, units = _turnaround(demand), {unit.pk for unit in demand.resources}
    guarded = wanted.widened(margin, margin)
    return any(key in units and guarded.overlaps(period) for key, period in taken)


def _demands(waiting: Iterable[Waiting]) -> dict[int, Demand]:
    known: dict[tuple[object, ...], Demand | None] = {}
    return {each.pk: demand for each in waiting if (demand := _demand(each, known))}


def _demand(wait: Waiting, known: dict[tuple[object, ...], Demand | None]) -> Demand | None:
    key = (*wait.resources, *sorted(wait.types.items()))
    if key not in known:
        try:
            known[key] = demand_for(spec_of(wait))
        except Malformed:  # what they wait for is no longer there
            known[key] = None
    return known[key]


def _free_in(
    stretch: Period, waiting: Sequence[Waiting], demands: dict[int, Demand]
) -> Iterator[int]:
    here = [each for each in waiting if each.pk in demands and each.period.overlaps(stretch)]
    resources = {unit.pk: unit for each in here for unit in demands[each.pk].resources}
    margin = max(_turnaround(demands[each.pk]) for each in here)
    taken: dict[int, Timeline] = timelines(resources.values(), stretch.widened(margin, margin))
    for each in here:
        if free_together(demands[each.pk], each.period, taken) is not None:
            yield each.pk


def _turnaround(demand: Demand) -> timedelta:
    return max(
        max(line.rules.turnaround_before, line.rules.turnaround_after) for line in demand.lines
    )
