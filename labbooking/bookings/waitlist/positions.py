"""Places on the waiting list as people see them: what for, how many are before, who waits for a
thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from equipment.models import Resource
from labbooking.bookings.models import Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.queries import what_is_offered
from labbooking.bookings.waitlist.matching import OPEN
from labbooking.period import Period
from residents.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the list: `position` 1 is the next to be served of all who want the same."""

    wait: Waiting
    position: int
    what: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits for a thing, as one person may know it: lab staff see every place, all others
    their own. `others` counts the people beyond those places, without telling who they are."""

    places: tuple[Place, ...] = ()
    others: int = 0

    def __bool__(self) -> bool:
        return bool(self.places or self.others)


def places(waits: Iterable[Waiting]) -> list[Place]:
    """With what they are for, by name; as many queries for one as for all."""
    wanted = list(waits)
    if not wanted:
        return []
    first, last = min(each.starts_at for each in wanted), max(each.ends_at for each in wanted)
    rivals = list(_open_places().filter(starts_at__lt=last, ends_at__gt=first))
    return _placed(wanted, rivals, Stock())


def queue_for_resource(resource: Resource, viewer: object, at: datetime) -> Queue:
    """Who waits for some time of it, what is soonest first; where nobody waits, one query."""
    waiting = list(_open_places().filter(starts_at__gt=at))
    if not waiting:
        return Queue()
    stock = Stock()
    wanting = [each for each in waiting if resource.slug in stock.units(each)]
    wanting.sort(key=lambda wait: (wait.starts_at, wait.joined_at, wait.pk))
    return _as_seen_by(viewer, wanting, waiting, stock)


def queue_for_booking(booking: Booking, viewer: object, at: datetime) -> Queue:
    """Who waits for what it takes, who has waited longest first; where nobody waits, one query.

    Needs the booking in detail (`queries.detailed`). Turnaround counts, as it does when the time
    frees.
    """
    held = [each for each in booking.allocations.all() if each.active]
    waiting = list(_open_places().filter(starts_at__gt=at))
    if not waiting:
        return Queue()
    stock = Stock()
    wanting = [
        wait
        for wait in waiting
        if wait.booking_id != booking.pk
        and any(
            each.resource.slug in stock.units(wait) and each.guarded.overlaps(stock.guarded(wait))
            for each in held
        )
    ]
    return _as_seen_by(viewer, wanting, waiting, stock)


class Stock:
    """What there is, so that specs can be read; looked up once for any number of them."""

    def __init__(self) -> None:
        things = Resource.objects.select_related("type__rules").prefetch_related("parts")
        self._things = {each.slug: each for each in things}
        self._types: dict[str, list[Resource]] = {}
        for each in self._things.values():
            self._types.setdefault(each.type.slug, []).append(each)

    def units(self, wait: Waiting) -> set[str]:
        """All that may serve the spec, with the parts that a whole takes along."""
        units = [self._things[slug] for slug in wait.resources if slug in self._things]
        units += [each for slug in wait.types for each in self._types.get(slug, ())]
        parts = (part.slug for each in units for part in each.parts.all())
        return {each.slug for each in units}.union(parts)

    def guarded(self, wait: Waiting) -> Period:
        """Its time with the longest turnaround of what it is for."""
        rules = [self._things[slug].type.rules for slug in self.units(wait)]
        before = max((each.turnaround_before for each in rules if each), default=timedelta())
        after = max((each.turnaround_after for each in rules if each), default=timedelta())
        return wait.period.widened(before, after)

    def what(self, wait: Waiting) -> str:
        """Its things by name; what is no longer there by its slug."""
        things = self._things
        names = [things[slug].name if slug in things else slug for slug in wait.resources]
        names += [self._counted(slug, count) for slug, count in wait.types.items()]
        return ", ".join(names)

    def _counted(self, slug: str, count: int) -> str:
        if slug not in self._types:
            return slug
        of_type = self._types[slug][0].type
        return f"{count} × {of_type.plural}" if count > 1 else f"1 × {of_type.name}"


def _open_places() -> QuerySet[Waiting]:
    """Of people who may sign in: behind whoever has left nobody waits."""
    waits = Waiting.objects.filter(state__in=OPEN, person__is_active=True)
    waits = waits.select_related("person", "group")
    return waits.prefetch_related(what_is_offered()).order_by("joined_at", "pk")


def _as_seen_by(
    viewer: object, wanting: Sequence[Waiting], rivals: Sequence[Waiting], stock: Stock
) -> Queue:
    if isinstance(viewer, User) and viewer.is_lab_staff:
        return Queue(tuple(_placed(wanting, rivals, stock)))
    key = viewer.pk if isinstance(viewer, User) else None
    own = [each for each in wanting if each.person_id == key]
    others = {each.person_id for each in wanting} - {key}
    return Queue(tuple(_placed(own, rivals, stock)), len(others))


def _placed(wanted: Iterable[Waiting], rivals: Sequence[Waiting], stock: Stock) -> list[Place]:
    units = {each.pk: stock.units(each) for each in rivals}
    return [
        Place(each, 1 + sum(1 for _rival in _before(each, rivals, units, stock)), stock.what(each))
        for each in wanted
    ]


def _before(
    wait: Waiting, rivals: Iterable[Waiting], units: dict[int, set[str]], stock: Stock
) -> Iterator[Waiting]:
    mine = stock.units(wait)
    for rival in rivals:
        earlier = (rival.joined_at, rival.pk) < (wait.joined_at, wait.pk)
        if earlier and rival.period.overlaps(wait.period) and units[rival.pk] & mine:
            yield rival
