"""The waiting list, read: whose it is to see, and for whom something has become free."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.availability.busy import Timeline, timelines
from labbooking.bookings.availability.slots import free_together
from labbooking.bookings.demand.resolve import Demand, demands_for
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.queries import what_is_offered
from labbooking.errors import NotThere
from labbooking.period import DAY, Period, joined
from residents.models import User

OPEN = (Waiting.Status.WAITING, Waiting.Status.OFFERED)
LOOK_AT = 1000
"""How many of the longest waiting are looked at in one tick."""
LONGEST_TURNAROUND = 31 * DAY
"""So far around a time that frees it is looked for specs that may touch it."""


def visible_waits(person: User) -> QuerySet[Waiting]:
    """One's own; for lab staff everybody's; for researchers none."""
    waits = Waiting.objects.select_related("person", "group")
    if person.is_lab_staff:
        return waits
    return waits.filter(person=person) if person.is_creative else waits.none()


def find_wait(person: User, waiting_id: int) -> Waiting:
    """A place with what is kept for it. Raises `NotThere` for what is not theirs to see."""
    wait = visible_waits(person).prefetch_related(what_is_offered()).filter(pk=waiting_id).first()
    if wait is None:
        raise NotThere(_("There is no such place on the waiting list."))
    return wait


def spec_of(wait: Waiting) -> BookingSpec:
    """All but who takes part by name, and for which group: of them is asked when it is offered."""
    things = tuple(wait.resources), wait.types
    return BookingSpec(wait.period, *things, wait.purpose, people=wait.people)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place on the list with all that it asks for."""

    wait: Waiting
    demand: Demand


def all_waiting(at: datetime) -> list[Wanted]:
    """Who has waited longest comes first."""
    return with_demands(list(_waiting(at)[:LOOK_AT]))


def with_demands(waiting: Sequence[Waiting], *, lock: bool = False) -> list[Wanted]:
    """Looked up for all of them at once; without those whose spec is no longer there."""
    demands = demands_for([spec_of(each) for each in waiting], lock=lock) if waiting else []
    pairs = zip(waiting, demands, strict=True)
    return [Wanted(wait, demand) for wait, demand in pairs if demand is not None]


def could_be_served(waiting: Sequence[Wanted]) -> list[Wanted]:
    """Those whose whole spec seems free, in the same order.

    Looks without locks, with one query for each stretch of days; whoever serves them looks again.
    """
    stretches = joined(each.wait.period for each in waiting)
    free = {each.wait.pk for stretch in stretches for each in _free_in(stretch, waiting)}
    return [each for each in waiting if each.wait.pk in free]


def who_wants(
    taken: Sequence[tuple[int, Period]], at: datetime, *, opened: Collection[int] = ()
) -> list[Waiting]:
    """Who waits for what touches a time of a resource (its key), or for any time of one that is
    `opened`; who has waited longest first. As far as their names for it and its rules tell."""
    if not (taken or opened):
        return []
    waiting = list((_waiting(at) if opened else _near(taken, at))[:LOOK_AT])
    if not waiting:
        return []
    names, margin = _known_as({key for key, _period in taken}.union(opened))
    return [
        each
        for each in waiting
        if names.intersection([*each.resources, *each.types])
        and (opened or _touches(each.period.widened(margin, margin), taken))
    ]


def _near(taken: Sequence[tuple[int, Period]], at: datetime) -> QuerySet[Waiting]:
    first, last = min(each.start for _key, each in taken), max(each.end for _key, each in taken)
    return _waiting(at).filter(
        starts_at__lt=last + LONGEST_TURNAROUND, ends_at__gt=first - LONGEST_TURNAROUND
    )


def _waiting(at: datetime) -> QuerySet[Waiting]:
    waits = Waiting.objects.select_related("person")
    # Whoever has left takes up no offer; where they come back in time, their place is still theirs.
    waits = waits.filter(state=Waiting.Status.WAITING, starts_at__gt=at, person__is_active=True)
    return waits.order_by("joined_at", "pk")


def _known_as(resources: set[int]) -> tuple[set[str], timedelta]:
    """How the resources are named, their wholes and the types of either, and the longest
    turnaround among all these."""
    units = Resource.objects.filter(Q(pk__in=resources) | Q(parts__in=resources))
    rules = "type__rules__turnaround_"
    rows = list(units.values_list("slug", "type__slug", f"{rules}before", f"{rules}after"))
    names = {name for slug, of_type, *_turnarounds in rows for name in (slug, of_type)}
    margins = [each for _slug, _type, *turnarounds in rows for each in turnarounds if each]
    return names, max(margins, default=timedelta())


def _touches(guarded: Period, taken: Iterable[tuple[int, Period]]) -> bool:
    return any(guarded.overlaps(period) for _key, period in taken)


def _free_in(stretch: Period, waiting: Sequence[Wanted]) -> Iterator[Wanted]:
    here = [each for each in waiting if each.wait.period.overlaps(stretch)]
    resources = {unit.pk: unit for each in here for unit in each.demand.resources}
    margin = max(_turnaround(each.demand) for each in here)
    taken: dict[int, Timeline] = timelines(resources.values(), stretch.widened(margin, margin))
    for each in here:
        if free_together(each.demand, each.wait.period, taken) is not None:
            yield each


def _turnaround(demand: Demand) -> timedelta:
    return max(
        max(line.rules.turnaround_before, line.rules.turnaround_after) for line in demand.lines
    )
