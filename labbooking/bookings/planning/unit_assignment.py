"""Which units serve the lines of a spec at one time, and what cannot be had then. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import HouseRules, Resource
from labbooking.bookings.availability.busy import Timeline
from labbooking.bookings.demand.resolve import Demand, DemandLine
from labbooking.period import Period

Turnaround = tuple[timedelta, timedelta]
"""Before and after a booked time."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A resource chosen for a date; `whole` where it is taken along as part of a whole, and
    `turnaround` where it is not that of its rules."""

    resource: Resource
    rules: HouseRules
    whole: Resource | None = None
    turnaround: Turnaround | None = None

    def guarded(self, period: Period) -> Period:
        return period.widened(*self.turnaround) if self.turnaround else guarded(self.rules, period)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a booking that moves has already: its time, and its things with the rules they were
    booked under and the room they were given. Only what it adds is judged by today's."""

    period: Period
    picks: tuple[Pick, ...]

    def turnaround(self, unit: Resource, today: HouseRules, to: Period) -> Turnaround:
        """Each end that is not moved outwards needs no more room than it has."""
        wanted = today.turnaround_before, today.turnaround_after
        given = next((each.turnaround for each in self.picks if each.resource == unit), None)
        before, after = given or wanted
        return (
            before if to.start >= self.period.start else wanted[0],
            after if to.end <= self.period.end else wanted[1],
        )


@dataclass(frozen=True, slots=True)
class Clash:
    """A line that cannot be had: its slug, and a sentence that says why."""

    slug: str
    message: str


def guarded(rules: HouseRules, period: Period) -> Period:
    return period.widened(rules.turnaround_before, rules.turnaround_after)


@dataclass(frozen=True, slots=True)
class Room:
    """A time with the room it needs around it."""

    period: Period
    kept: Kept | None

    def turnaround(self, line: DemandLine, unit: Resource) -> Turnaround | None:
        return self.kept.turnaround(unit, line.rules, self.period) if self.kept else None

    def for_unit(self, line: DemandLine, unit: Resource) -> Period:
        around = self.turnaround(line, unit)
        return self.period.widened(*around) if around else guarded(line.rules, self.period)


@dataclass(frozen=True, slots=True)
class Assigner:
    """`timelines` say what is taken of everything in the demand, by primary key; `party` is how
    many people are to fit."""

    demand: Demand
    timelines: Mapping[int, Timeline]
    party: int = 1

    def assign(
        self,
        lines: Sequence[DemandLine],
        period: Period,
        chosen: Collection[int],
        kept: Kept | None = None,
    ) -> tuple[tuple[Pick, ...], tuple[Clash, ...]]:
        """Free units for the lines; those `chosen` on earlier dates are taken rather."""
        room = Room(period, kept)
        picks: list[Pick] = []
        clashes = []
        used: set[int] = set()
        for line in lines:
            units = self._fitting(line, room, chosen, used)[: line.count]
            if len(units) < min(line.count, len(line.units)):
                clashes.append(self._clash(line, room, len(units)))
            for unit in units:
                taken = self._picks(line, unit, room)
                used |= {pick.resource.pk for pick in taken}
                picks += taken
        return tuple(picks), tuple(clashes)

    def _picks(self, line: DemandLine, unit: Resource, room: Room) -> list[Pick]:
        parts = self.demand.parts.get(unit.pk, ())
        wholes = [(unit, None), *((part, unit) for part in parts)]
        return [
            Pick(each, line.rules, whole, room.turnaround(line, each)) for each, whole in wholes
        ]

    def _fitting(
        self, line: DemandLine, room: Room, chosen: Collection[int], used: set[int]
    ) -> list[Resource]:
        """The free units, best first: the one named, those that hold everybody, those of earlier
        dates, the tightest gap."""
        free = [
            unit
            for unit in (line.usable or line.units)
            if not any(
                part.pk in used or self.timelines[part.pk].clash(room.for_unit(line, part))
                for part in (unit, *self.demand.parts.get(unit.pk, ()))
            )
        ]
        return sorted(
            free,
            key=lambda unit: (
                unit.slug != line.slug,
                not line.holds(unit, self.party),
                unit.pk not in chosen,
                self.timelines[unit.pk].gap(room.for_unit(line, unit)),
                unit.order,
                unit.pk,
            ),
        )

    def _clash(self, line: DemandLine, room: Room, free: int) -> Clash:
        if len(line.units) > 1 and not free:
            return Clash(line.slug, _("None is free then: {name}.").format(name=line.name))
        if len(line.units) > 1:
            message = ngettext(
                "Only {free} of the {count} you asked for is free then: {name}.",
                "Only {free} of the {count} you asked for are free then: {name}.",
                free,
            )
            words = message.format(free=free, count=line.count, name=line.name)
            return Clash(line.slug, words)
        return Clash(line.slug, self._why_taken(line, room))

    def _why_taken(self, line: DemandLine, room: Room) -> str:
        for unit in self.demand.with_parts(line):
            blocker = self.timelines[unit.pk].clash(room.for_unit(line, unit))
            if blocker and blocker.closed_for:
                closed = _("{name} is closed then: {reason}.")
                return closed.format(name=unit.name, reason=blocker.closed_for)
            if blocker and unit.slug != line.slug and unit not in line.units:
                part = _("{name} is not free then, because {part} is taken.")
                return part.format(name=line.name, part=unit.name)
        return _("{name} is taken then.").format(name=line.name)
