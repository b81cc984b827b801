"""What a lab's description must make sense of beyond its shape: names, hours, steps, dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import holidays
from django.utils.translation import gettext as _

from equipment.actions.naming import RESERVED
from equipment.lab_file.faults import Faults
from equipment.lab_file.intake_checks import check_intake
from equipment.lab_file.line_numbers import Path
from equipment.lab_file.schema import (
    DAY_MINUTES,
    WEEKDAYS,
    ClosurePart,
    LabFile,
    RulesPart,
    TypePart,
    minutes_of,
)
from equipment.models import WELL_KNOWN
from labbooking.period import (
    DAY,
    Period,
    UnclearLocalTime,
    day_start,
    is_within_reach,
    local_instant,
)
from labbooking.when import lab_zone, lab_zone_name, years_that_can_be_named

MOST_YEARS = 10


def check(file: LabFile, raw: dict[str, Any], faults: Faults) -> None:
    """Add a fault for everything well-formed that cannot be meant."""
    types, slugs = _slugs(raw, "type", faults), _slugs(raw, "resource", faults)
    _slugs(raw, "closure", faults)
    features = _slugs(raw, "feature", faults) | set(WELL_KNOWN)
    zone_is_known = _time_zone(file, faults)
    for place, kind in file.types.items():
        _rules(kind.rules, ("type", place, "rules"), faults)
        _steps(kind, ("type", place, "steps"), faults)
    check_intake(file, faults)
    for place, resource in file.resources.items():
        _known((resource.type,), types, ("resource", place, "type"), faults)
        _known(resource.parts, slugs, ("resource", place, "parts"), faults)
        _parts(file, place, faults)
        _features(resource.features or [], features, ("resource", place, "features"), faults)
    for place, closure in file.closures.items():
        _known(closure.types, types, ("closure", place, "types"), faults)
        _known(closure.resources, slugs, ("closure", place, "resources"), faults)
        if _reached(closure, ("closure", place), faults) and zone_is_known:
            _closure(closure, lab_zone(), ("closure", place), faults)
    if file.holidays:
        _known(file.holidays.types, types, ("holidays", "types"), faults)
        _holidays(file, faults)


def _slugs(raw: dict[str, Any], section: str, faults: Faults) -> set[str]:
    """Every slug of a section, also those of items that have other faults."""
    items = raw.get(section)
    listed = [
        (place, item.get("slug"))
        for place, item in enumerate(items if isinstance(items, list) else [])
        if isinstance(item, dict)
    ]
    seen: Counter[object] = Counter()
    for place, slug in listed:
        seen[slug] += 1
        if isinstance(slug, str) and seen[slug] > 1:
            faults.add((section, place, "slug"), _('{key} "{slug}" is taken already.'), slug=slug)
        if section == "resource" and slug in RESERVED:
            sentence = _('{key} "{slug}" is the address of another page.')
            faults.add((section, place, "slug"), sentence, slug=slug)
    return {slug for _place, slug in listed if isinstance(slug, str)}


def _steps(kind: TypePart, path: Path, faults: Faults) -> None:
    slugs = Counter(each.slug for each in kind.steps)
    for slug, count in slugs.items():
        if count > 1:
            faults.add(path, _('{key}: the slug "{slug}" is taken already.'), slug=slug)
    for each in kind.steps:
        for address in sorted(set(each.approvers) & set(each.deputies)):
            sentence = _("{key}: {address} cannot both decide and stand in at one step.")
            faults.add(path, sentence, address=address)


def _known(named: Iterable[str], known: set[str], path: Path, faults: Faults) -> None:
    for slug in named:
        if slug not in known:
            faults.add(path, _('{key} names "{slug}", which is not in this file.'), slug=slug)


def _features(named: list[str], known: set[str], path: Path, faults: Faults) -> None:
    for slug in named:
        if slug not in known:
            sentence = _(
                '{key} names "{slug}". Describe it under [[feature]], or choose one of {known}.'
            )
            faults.add(path, sentence, slug=slug, known=", ".join(sorted(known)))
    for slug, count in Counter(named).items():
        if count > 1:
            faults.add(path, _('{key} names "{slug}" more than once.'), slug=slug)


def _time_zone(file: LabFile, faults: Faults) -> bool:
    """A file that names no zone means the house's."""
    name = file.lab.time_zone
    if name in {None, lab_zone_name()}:
        return True
    if name in available_timezones():
        sentence = _('{key} is "{name}", but TIME_ZONE is "{zone}": the house has one zone.')
    else:
        sentence = _('{key} cannot be "{name}": write it like Europe/Berlin.')
    faults.add(("lab", "time_zone"), sentence, name=name, zone=lab_zone_name())
    return False


def _parts(file: LabFile, place: int, faults: Faults) -> None:
    resource = file.resources[place]
    wholes = {each.slug for each in file.resources.values() if each.parts}
    for slug, count in Counter(resource.parts).items():
        path: Path = ("resource", place, "parts")
        if slug in wholes:
            faults.add(path, _('{key} names "{slug}", which has parts itself.'), slug=slug)
        if count > 1:
            faults.add(path, _('{key} names "{slug}" more than once.'), slug=slug)


def _rules(rules: RulesPart, path: Path, faults: Faults) -> None:
    if rules.by_night:
        _nights(rules, path, faults)
    else:
        _durations(rules, path, faults)
        _opening(rules, path, faults)


def _nights(rules: RulesPart, path: Path, faults: Faults) -> None:
    for key in ("arrival", "departure"):
        if getattr(rules, key) is None:
            faults.add((*path, key), _("{key} is missing: by_night needs it."))
    if rules.opening:
        faults.add((*path, "opening"), _("{key} has no meaning where by_night is true."))
    if rules.largest_nights < rules.smallest_nights:
        sentence = _("{key} must not be less than smallest_nights.")
        faults.add((*path, "largest_nights"), sentence)


def _durations(rules: RulesPart, path: Path, faults: Faults) -> None:
    step = rules.step_minutes
    if DAY_MINUTES % step:
        faults.add(
            (*path, "step_minutes"), _("{key} must divide a day: {step} does not."), step=step
        )
    if rules.smallest_minutes % step:
        faults.add((*path, "smallest_minutes"), _("{key} must be a multiple of step_minutes."))
    if rules.largest_hours * 60 % step:
        faults.add((*path, "largest_hours"), _("{key} must be a multiple of step_minutes."))
    if rules.largest_hours * 60 < rules.smallest_minutes:
        faults.add((*path, "largest_hours"), _("{key} must not be less than smallest_minutes."))
    if rules.turnover_days:
        faults.add((*path, "turnover_days"), _("{key} has no meaning unless by_night is true."))


def _opening(rules: RulesPart, path: Path, faults: Faults) -> None:
    if rules.opening is None:
        faults.add(
            (*path, "opening"), _('{key} is missing: for example {{ daily = ["08:00-22:00"] }}.')
        )
        return
    for day in ("daily", *WEEKDAYS):
        hours = getattr(rules.opening, day) or []
        where = (*path, "opening", day)
        spans = [tuple(minutes_of(clock) for clock in each.split("-")) for each in hours]
        if any(earlier[1] > later[0] for earlier, later in pairwise(spans)):
            faults.add(where, _("{key} must name its hours in order, without overlap."))
        if any(minute % rules.step_minutes for span in spans for minute in span):
            faults.add(where, _("{key} must open and close on a multiple of step_minutes."))


def closure_period(closure: ClosurePart, zone: ZoneInfo) -> Period:
    """Two dates mean whole local days, the last one included; times without offset are local.

    Raises `UnclearLocalTime` for a time a clock change skips or repeats and `ValueError` where
    the end is not after the start.
    """
    if isinstance(closure.end, datetime):
        end = _instant(closure.end, zone)
    else:
        end = day_start(closure.end + DAY, zone)
    return Period(_instant(closure.start, zone), end)


def _instant(moment: datetime | date, zone: ZoneInfo) -> datetime:
    if not isinstance(moment, datetime):
        return day_start(moment, zone)
    return moment if moment.tzinfo else local_instant(moment, zone)


def _reached(closure: ClosurePart, path: Path, faults: Faults) -> bool:
    beyond = {"from": closure.start, "to": closure.end}
    beyond = {key: each for key, each in beyond.items() if not is_within_reach(each)}
    for key in beyond:
        sentence = _("{key} cannot be right. {why}")
        faults.add((*path, key), sentence, why=years_that_can_be_named())
    return not beyond


def _closure(closure: ClosurePart, zone: ZoneInfo, path: Path, faults: Faults) -> None:
    if not closure.types and not closure.resources:
        faults.add(path, _("{key} must name types or resources."))
    try:
        period = closure_period(closure, zone)
    except UnclearLocalTime as error:
        key = "from" if closure.start == error.local else "to"
        sentence = _("{key} falls into a clock change: add the offset, as in {example}.")
        faults.add((*path, key), sentence, example=error.choices[0].isoformat())
    except ValueError:
        faults.add((*path, "to"), _("{key} must be later than from."))
    else:
        if period.length > MOST_YEARS * 366 * DAY:
            sentence = _("{key} is more than {years} years after from.")
            faults.add((*path, "to"), sentence, years=MOST_YEARS)


def _holidays(file: LabFile, faults: Faults) -> None:
    named = file.holidays
    supported = holidays.list_supported_countries()
    if named is None:
        return
    if named.country not in supported:
        sentence = _('{key} "{name}" has no calendar of holidays here.')
        faults.add(("holidays", "country"), sentence, name=named.country)
    elif named.subdivision and named.subdivision not in supported[named.country]:
        sentence = _("{key} must be one of {names}.")
        names = ", ".join(supported[named.country])
        faults.add(("holidays", "subdivision"), sentence, names=names)
