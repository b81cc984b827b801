"""What a yes means: who else wants the same, what is left then, and what is known of the person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, F, Q

from equipment.models import Resource
from labbooking.bookings.availability.busy import Occupied, busy
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed
from labbooking.bookings.rules.quotas import Quota, quotas
from labbooking.bookings.states import HOLDING, State
from labbooking.period import DAY, MINUTE, Period
from residents.models import Induction, User

LATE_AFTER = 15 * MINUTE


@dataclass(frozen=True)
class Request:
    """One thing to decide: a booking, or all dates of a series that wait at the same step."""

    dates: tuple[Booking, ...]

    @property
    def first(self) -> Booking:
        return self.dates[0]

    @property
    def person(self) -> User:
        return self.first.person

    @property
    def deadline(self) -> datetime:
        """Until when an answer still counts."""
        ends = [date.hold_until for date in self.dates if date.hold_until]
        return min(ends, default=self.first.starts_at)

    @property
    def is_overdue(self) -> bool:
        return any(date.escalated_at for date in self.dates)

    @property
    def is_answered(self) -> bool:
        return self.first.answered_at is not None

    @property
    def is_asked_back(self) -> bool:
        return self.first.asked_back

    @property
    def urgency(self) -> tuple[int, datetime, datetime, int]:
        """What has waited too long and what has just been answered first; then what runs out
        soonest; last where the person is asked."""
        rank = 0 if self.is_overdue or self.is_answered else 2 if self.is_asked_back else 1
        return rank, self.deadline, self.first.requested_at, self.first.pk

    @property
    def types(self) -> set[int]:
        return {each.resource.type_id for date in self.dates for each in date.named}


@dataclass(frozen=True, slots=True)
class UnitsLeft:
    """How many units of a type nobody has then, this request counted as having its own."""

    name: str
    free: int
    all: int


@dataclass(frozen=True, slots=True)
class NeededInduction:
    """Whether an induction that is needed holds when the booking starts, and until when."""

    name: str
    holds: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Record:
    """How a person has kept earlier bookings."""

    no_shows: int = 0
    late_returns: int = 0


@dataclass(frozen=True, slots=True)
class CompetingRequest:
    """Somebody else's request for the same kind of thing at the same time."""

    booking: Booking
    record: Record


@dataclass(frozen=True, slots=True)
class Consequences:
    request: Request
    competing: tuple[CompetingRequest, ...]
    meanwhile: tuple[Booking, ...]
    left: tuple[UnitsLeft, ...]
    inductions: tuple[NeededInduction, ...]
    quotas: tuple[Quota, ...]
    record: Record


def waiting_requests() -> list[Request]:
    """Everything that waits for staff, the most urgent first; a series is one request, as far as
    its dates wait at the same step."""
    waiting = detailed(Booking.objects.filter(state=State.REQUESTED)).order_by("starts_at", "pk")
    together: dict[object, list[Booking]] = defaultdict(list)
    for booking in waiting:
        of_series = (booking.series_id, booking.at_step)
        together[of_series if booking.series_id else booking.pk].append(booking)
    found = [Request(tuple(dates)) for dates in together.values()]
    return sorted(found, key=lambda each: each.urgency)


def consequences(requests: Sequence[Request]) -> list[Consequences]:
    """For each request what a yes means; the same number of queries for one and for many."""
    if not requests:
        return []
    look = _Lookup(tuple(requests))
    return [look.at(request) for request in requests]


@dataclass(frozen=True)
class _Lookup:
    """Everything that is needed to judge some requests, looked up once for all of them."""

    requests: tuple[Request, ...]

    def at(self, request: Request) -> Consequences:
        return Consequences(
            request,
            competing=tuple(self._competing(request)),
            meanwhile=tuple(self._meanwhile(request)),
            left=tuple(self._left(request)),
            inductions=tuple(self._needed_inductions(request)),
            quotas=tuple(quotas(request.dates, self._held_besides(request))),
            record=self._records.get(request.person.pk, Record()),
        )

    @cached_property
    def _dates(self) -> list[Booking]:
        return [date for request in self.requests for date in request.dates]

    @cached_property
    def _span(self) -> Period:
        starts, ends = [d.starts_at for d in self._dates], [d.ends_at for d in self._dates]
        return Period(min(starts), max(ends))

    @cached_property
    def _people(self) -> set[int]:
        return {request.person.pk for request in self.requests}

    @cached_property
    def _types(self) -> set[int]:
        return {type_id for request in self.requests for type_id in request.types}

    @cached_property
    def _others(self) -> list[Booking]:
        """What the same people hold around then, and everything else that waits."""
        span, weeks = self._span, self._span.widened(7 * DAY, 7 * DAY)
        whose = Q(person__in=self._people)
        if groups := {date.group_id for date in self._dates if date.group_id}:
            whose |= Q(group__in=groups)
        theirs = whose & Q(starts_at__lt=weeks.end, ends_at__gt=weeks.start)
        waiting = Q(state=State.REQUESTED, starts_at__lt=span.end, ends_at__gt=span.start)
        around = Booking.objects.filter(theirs | waiting, state__in=HOLDING)
        return list(detailed(around).order_by("starts_at", "pk"))

    def _overlapping(self, request: Request) -> Iterable[Booking]:
        own = {date.pk for date in request.dates}
        periods = [date.period for date in request.dates]
        for other in self._others:
            if other.pk not in own and any(other.period.overlaps(each) for each in periods):
                yield other

    def _competing(self, request: Request) -> Iterable[CompetingRequest]:
        for other in self._rivals(request):
            yield CompetingRequest(other, self._records.get(other.person_id, Record()))

    def _rivals(self, request: Request) -> Iterable[Booking]:
        for other in self._overlapping(request):
            alike = {each.resource.type_id for each in other.named} & request.types
            if alike and other.state == State.REQUESTED and other.person_id != request.person.pk:
                yield other

    def _held_besides(self, request: Request) -> list[Booking]:
        """What else the person, or the group, has in the weeks around."""
        own = {date.pk for date in request.dates}
        return [
            other
            for other in self._others
            if other.pk not in own and _counts_to_the_same(other, request.first)
        ]

    def _meanwhile(self, request: Request) -> Iterable[Booking]:
        return (o for o in self._overlapping(request) if o.person_id == request.person.pk)

    @cached_property
    def _units(self) -> list[Resource]:
        units = Resource.objects.filter(type__in=self._types, is_bookable=True)
        return list(units.select_related("type"))

    @cached_property
    def _taken(self) -> Occupied:
        return busy(self._units, self._span)

    def _left(self, request: Request) -> Iterable[UnitsLeft]:
        """Of a series the scarcest date."""
        for type_id in sorted(request.types):
            units = [unit for unit in self._units if unit.type_id == type_id]
            if len(units) > 1:
                free = min(self._free_at(units, date.period) for date in request.dates)
                yield UnitsLeft(units[0].type.plural, free, len(units))

    def _free_at(self, units: Iterable[Resource], period: Period) -> int:
        return sum(
            not any(each.period.overlaps(period) for each in self._taken[unit.pk]) for unit in units
        )

    @cached_property
    def _records(self) -> dict[int, Record]:
        """Earlier no-shows and late returns of who asks and of who competes."""
        waiting = {each.person_id for each in self._others if each.state == State.REQUESTED}
        late = Q(checked_out_at__gt=F("ends_at") + LATE_AFTER)
        rows = (
            Booking.objects.filter(person__in=self._people | waiting)
            .order_by()
            .values("person")
            .annotate(
                no_shows=Count("pk", filter=Q(state=State.NO_SHOW)),
                late_returns=Count("pk", filter=Q(state=State.COMPLETED) & late),
            )
        )
        return {row["person"]: Record(row["no_shows"], row["late_returns"]) for row in rows}

    @cached_property
    def _inductions(self) -> list[Induction]:
        return list(Induction.objects.filter(person__in=self._people))

    def _needed_inductions(self, request: Request) -> Iterable[NeededInduction]:
        last = request.dates[-1].starts_at
        for topic, name in sorted(_topics(request).items()):
            held = [
                each
                for each in self._inductions
                if each.person_id == request.person.pk
                and each.topic == topic
                and each.holds_at(last)
            ]
            until = max((each.valid_until for each in held if each.valid_until), default=None)
            yield NeededInduction(name, bool(held), until)


def _counts_to_the_same(one: Booking, other: Booking) -> bool:
    if one.group_id or other.group_id:
        return one.group_id == other.group_id
    return one.person_id == other.person_id


def _topics(request: Request) -> dict[str, str]:
    """The inductions a request needs, each with the name of what needs it."""
    return {
        each.rules.induction: each.resource.type.name
        for date in request.dates
        for each in date.named
        if each.rules and each.rules.induction
    }
