"""From slugs to resources: what a spec is about, looked up and, for writing, locked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from equipment.models import HouseRules, Resource, ResourceType
from labbooking.bookings.demand.resource_lookup import are_wholes, look_up, units_of
from labbooking.bookings.demand.spec import BookingSpec, OnClash
from labbooking.errors import Malformed


@dataclass(frozen=True, slots=True)
class DemandLine:
    """One line of a spec: `count` of these `units`. A named resource is its only unit.

    Its `equals` are not asked for, but could stand in for it on a single date.
    """

    slug: str
    name: str
    type: ResourceType
    units: tuple[Resource, ...]
    count: int = 1
    equals: tuple[Resource, ...] = ()

    @property
    def rules(self) -> HouseRules:
        if self.type.rules is None:
            raise Malformed(_("{name} has no house rules yet.").format(name=self.name))
        return self.type.rules

    @property
    def zone(self) -> ZoneInfo:
        return self.units[0].zone

    @property
    def is_named(self) -> bool:
        return len(self.units) == 1 and self.units[0].slug == self.slug

    @property
    def usable(self) -> tuple[Resource, ...]:
        return tuple(unit for unit in self.units if unit.is_bookable)

    def holds(self, unit: Resource, party: int) -> bool:
        """Whether so many units like this one are enough for all who come."""
        return unit.capacity is None or unit.capacity * self.count >= party

    @property
    def with_equals(self) -> DemandLine:
        """The line where any of its equals would do as well, what was named first."""
        return replace(self, units=(*self.units, *self.equals), equals=())

    def instead(self, slug: str) -> DemandLine:
        """The line with the equal of that slug alone, if it has one; else as it is."""
        unit = next((each for each in self.equals if each.slug == slug), None)
        return replace(self, name=unit.name, units=(unit,), equals=()) if unit else self


@dataclass(frozen=True, slots=True)
class Demand:
    """The lines of a spec, named resources first, and the parts of every whole among them."""

    lines: tuple[DemandLine, ...]
    parts: dict[int, tuple[Resource, ...]]

    @property
    def zone(self) -> ZoneInfo:
        return self.lines[0].zone

    @property
    def resources(self) -> list[Resource]:
        units = [unit for line in self.lines for unit in self.with_parts(line.with_equals)]
        return list({unit.pk: unit for unit in units}.values())

    @property
    def types(self) -> tuple[ResourceType, ...]:
        return tuple({line.type.pk: line.type for line in self.lines}.values())

    def with_parts(self, line: DemandLine) -> list[Resource]:
        return [each for unit in line.units for each in (unit, *self.parts.get(unit.pk, ()))]

    def wanted(self, of_type: ResourceType) -> int:
        return sum(line.count for line in self.lines if line.type == of_type)


def demand_for(spec: BookingSpec, *, lock: bool = False) -> Demand:
    """Look up what a spec names, in three queries, four where a whole is among it.

    With `lock` every row is locked in primary-key order, parts included, so that two requests
    that cross each other wait instead of deadlocking. Raises `Malformed` for unknown slugs.
    """
    if not spec.resources and not spec.types:
        raise Malformed(_("Say what you would like to book."))
    found = _found([spec], lock=lock)
    lines = _lines(spec, found)
    return _demand(lines, _parts(found, lines))


def demands_for(specs: Sequence[BookingSpec], *, lock: bool = False) -> list[Demand | None]:
    """Those of many specs at once, with as many queries as for one.

    None for a spec that makes no sense, as where it names what is no longer there.
    """
    found = _found(specs, lock=lock)
    lines = [_lines_or_none(spec, found) for spec in specs]
    parts = _parts(found, [line for each in lines for line in each or ()])
    return [_demand_or_none(each, parts) for each in lines]


def with_equals(demand: Demand) -> Demand:
    """The demand where every unit of its type could stand in for what is named.

    One query, two where a whole is among those units.
    """
    found = units_of(line.type for line in demand.lines)
    named = [line.slug for line in demand.lines if line.is_named]
    lines = [_with_equals(line, named, found) if line.is_named else line for line in demand.lines]
    return Demand(tuple(lines), demand.parts | _parts(found, lines))


def of_any_units(demand: Demand) -> Demand:
    """The demand for which every unit of its types that can be booked would do, what was asked
    for first. As many queries as `with_equals`."""
    found = units_of(line.type for line in demand.lines)
    lines = [_of_any_units(line, found.values()) for line in demand.lines]
    return Demand(tuple(lines), demand.parts | _parts(found, lines))


def _of_any_units(line: DemandLine, found: Iterable[Resource]) -> DemandLine:
    alike = [unit for unit in found if unit.type_id == line.type.pk and unit.is_bookable]
    first = sorted(alike, key=lambda unit: (unit not in line.units, unit.order, unit.pk))
    return replace(line, units=tuple(first), equals=())


def _found(specs: Sequence[BookingSpec], *, lock: bool) -> dict[str, Resource]:
    named = dict.fromkeys(slug for spec in specs for slug in spec.resources)
    stand_ins = {other for spec in specs for _named, other in spec.stand_ins}
    types = dict.fromkeys(slug for spec in specs for slug in spec.types)
    wide = [spec for spec in specs if spec.on_clash is OnClash.OTHER]
    alike = dict.fromkeys(slug for spec in wide for slug in spec.resources)
    return look_up([*named, *stand_ins], [*types], [*alike], lock=lock)


def _lines_or_none(spec: BookingSpec, found: dict[str, Resource]) -> list[DemandLine] | None:
    with suppress(Malformed):
        return _lines(spec, found)
    return None


def _demand_or_none(
    lines: list[DemandLine] | None, parts: dict[int, tuple[Resource, ...]]
) -> Demand | None:
    with suppress(Malformed):
        return _demand(lines, parts) if lines else None
    return None


def _lines(spec: BookingSpec, found: dict[str, Resource]) -> list[DemandLine]:
    named = list(dict.fromkeys(spec.resources))
    lines = [_named_line(slug, found) for slug in named]
    if spec.on_clash is OnClash.OTHER:
        lines = [_with_equals(line, named, found) for line in lines]
    elif spec.stand_ins:
        lines = [_with_stand_ins(line, spec, found) for line in lines]
    _refuse_unequal(lines, spec.stand_ins)
    return lines + [_type_line(slug, count, named, found) for slug, count in spec.types.items()]


def _demand(lines: Sequence[DemandLine], parts: dict[int, tuple[Resource, ...]]) -> Demand:
    units = {unit.pk for line in lines for unit in (*line.units, *line.equals)}
    demand = Demand(tuple(lines), {whole: of for whole, of in parts.items() if whole in units})
    _refuse_parts_beside_their_whole(demand)
    return demand


def _named_line(slug: str, found: dict[str, Resource]) -> DemandLine:
    if slug not in found:
        raise Malformed(_("There is no resource “{slug}”.").format(slug=slug))
    resource = found[slug]
    return DemandLine(slug, resource.name, resource.type, (resource,))


def _with_equals(line: DemandLine, named: list[str], found: dict[str, Resource]) -> DemandLine:
    """What was named; every unit of its type that was not is its equal."""
    equals = (
        unit for unit in found.values() if unit.type_id == line.type.pk and unit.slug not in named
    )
    return replace(line, equals=tuple(equals))


def _with_stand_ins(line: DemandLine, spec: BookingSpec, found: dict[str, Resource]) -> DemandLine:
    slugs = sorted(other for named, other in spec.stand_ins if named == line.slug)
    units = (found[slug] for slug in slugs if slug in found)
    return replace(line, equals=tuple(unit for unit in units if unit.type == line.type))


def _refuse_unequal(lines: list[DemandLine], stand_ins: frozenset[tuple[str, str]]) -> None:
    could = {(line.slug, unit.slug) for line in lines for unit in (*line.units, *line.equals)}
    for named, other in sorted(stand_ins - could):
        message = _("“{other}” cannot stand in for “{slug}”.")
        raise Malformed(message.format(other=other, slug=named))


def _type_line(slug: str, count: int, named: list[str], found: dict[str, Resource]) -> DemandLine:
    units = [unit for unit in found.values() if unit.type.slug == slug]
    if not units:
        raise Malformed(_("There is no kind of thing called “{slug}”.").format(slug=slug))
    if count < 1:
        raise Malformed(_("Ask for at least one “{slug}”.").format(slug=slug))
    others = tuple(unit for unit in units if unit.slug not in named)
    return DemandLine(slug, units[0].type.name, units[0].type, others or tuple(units), count)


def _parts(
    found: dict[str, Resource], lines: Iterable[DemandLine]
) -> dict[int, tuple[Resource, ...]]:
    """Asked of the database: parts may well be among the units, where seats are wanted as well."""
    if not are_wholes(found.values()):
        return {}
    by_key = {resource.pk: resource for resource in found.values()}
    units = {unit.pk for line in lines for unit in (*line.units, *line.equals)}
    links = Resource.parts.through.objects.filter(from_resource_id__in=units)
    parts: dict[int, list[Resource]] = defaultdict(list)
    for whole, part in links.values_list("from_resource_id", "to_resource_id"):
        parts[whole].append(by_key[part])
    return {whole: tuple(members) for whole, members in parts.items()}


def _refuse_parts_beside_their_whole(demand: Demand) -> None:
    named = {line.units[0].pk: line.units[0] for line in demand.lines if len(line.units) == 1}
    for whole, parts in demand.parts.items():
        for part in parts:
            if whole in named and part.pk in named:
                message = _("{part} is already part of {whole}: book one of the two.")
                raise Malformed(message.format(part=part.name, whole=named[whole].name))
