"""Which units serve the lines of a spec at one time, and what cannot be had then. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import HouseRules, Resource
from labbooking.bookings.availability.busy import Timeline
from labbooking.bookings.demand.resolve import Demand, DemandLine
from labbooking.period import Period


@dataclass(frozen=True, slots=True)
class Pick:
    """A resource chosen for a date; `whole` where it is taken along as part of a whole."""

    resource: Resource
    rules: HouseRules
    whole: Resource | None = None

    def guarded(self, period: Period) -> Period:
        return guarded(self.rules, period)


@dataclass(frozen=True, slots=True)
class Clash:
    """A line that cannot be had: its slug, and a sentence that says why."""

    slug: str
    message: str


def guarded(rules: HouseRules, period: Period) -> Period:
    return period.widened(rules.turnaround_before, rules.turnaround_after)


@dataclass(frozen=True, slots=True)
class Assigner:
    """`timelines` say what is taken of everything in the demand, by primary key."""

    demand: Demand
    timelines: Mapping[int, Timeline]

    def assign(
        self, lines: Sequence[DemandLine], period: Period, chosen: Collection[int]
    ) -> tuple[tuple[Pick, ...], tuple[Clash, ...]]:
        """Free units for the lines; those `chosen` on earlier dates are taken rather."""
        picks: list[Pick] = []
        clashes = []
        used: set[int] = set()
        for line in lines:
            units = self._fitting(line, period, chosen, used)[: line.count]
            if len(units) < min(line.count, len(line.units)):
                clashes.append(self._clash(line, period, len(units)))
            for unit in units:
                taken = self._picks(line, unit)
                used |= {pick.resource.pk for pick in taken}
                picks += taken
        return tuple(picks), tuple(clashes)

    def _picks(self, line: DemandLine, unit: Resource) -> list[Pick]:
        parts = self.demand.parts.get(unit.pk, ())
        return [Pick(unit, line.rules), *(Pick(part, line.rules, unit) for part in parts)]

    def _fitting(
        self, line: DemandLine, period: Period, chosen: Collection[int], used: set[int]
    ) -> list[Resource]:
        """The free units, best first: the one named, those of earlier dates, the tightest gap."""
        wanted = guarded(line.rules, period)
        free = [
            unit
            for unit in (line.usable or line.units)
            if not any(
                part.pk in used or self.timelines[part.pk].clash(wanted)
                for part in (unit, *self.demand.parts.get(unit.pk, ()))
            )
        ]
        return sorted(
            free,
            key=lambda unit: (
                unit.slug != line.slug,
                unit.pk not in chosen,
                self.timelines[unit.pk].gap(wanted),
                unit.order,
                unit.pk,
            ),
        )

    def _clash(self, line: DemandLine, period: Period, free: int) -> Clash:
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
        return Clash(line.slug, self._why_taken(line, period))

    def _why_taken(self, line: DemandLine, period: Period) -> str:
        wanted = guarded(line.rules, period)
        for unit in self.demand.with_parts(line):
            blocker = self.timelines[unit.pk].clash(wanted)
            if blocker and blocker.closed_for:
                closed = _("{name} is closed then: {reason}.")
                return closed.format(name=unit.name, reason=blocker.closed_for)
            if blocker and unit.slug != line.slug and unit not in line.units:
                part = _("{name} is not free then, because {part} is taken.")
                return part.format(name=line.name, part=unit.name)
        return _("{name} is taken then.").format(name=line.name)
