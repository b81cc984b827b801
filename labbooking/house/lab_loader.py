"""Brings the whole lab in line with its description: what there is, its rules and its closures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import holidays
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from equipment.lab_file.checks import closure_period
from equipment.lab_file.inventory import bring_in
from equipment.lab_file.loading import Changes, Loading
from equipment.lab_file.schema import HolidaysPart, LabFile
from equipment.models import Resource
from labbooking.bookings.actions.closures import change_key, close, lift
from labbooking.bookings.models import Allocation, Closure
from labbooking.bookings.transaction.offers import passing_on
from labbooking.errors import WrongState
from labbooking.house.lab_steps import load_steps
from labbooking.journal.record import Happening, record
from labbooking.period import Period, local_day
from labbooking.when import lab_zone

OURS = "lab-"
"""The keys of closures that come from the file begin so."""


@dataclass(frozen=True, slots=True)
class Closing:
    """A closure as the file wants it. A change of anything in it makes another key."""

    slug: str
    period: Period
    reason_de: str
    reason_en: str
    resources: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def told(self) -> tuple[object, ...]:
        """The same of a closure that is so already."""
        named = frozenset(self.resources)
        reasons = self.reason_de, self.reason_en
        return self.slug, self.period, *reasons, named, named.union(self.parts)

    @property
    def key(self) -> str:
        return f"{OURS}{self.slug}-{hashlib.sha256(repr(self).encode()).hexdigest()[:12]}"


def load(file: LabFile, *, at: datetime, overwrite: bool = False, dry_run: bool = False) -> Loading:
    """Create and change what the file describes, all of it or nothing; with `dry_run` nothing.

    Answers with a sentence for each change: none if the lab is already so. What staff have
    described in the browser is kept and told, unless the file is to `overwrite` it. Raises
    `WrongState` where a whole with bookings ahead would change its parts, and `SlotTaken` where
    bookings stand in the way of a closure.
    """
    ours = Allocation.objects.filter(closure__key__startswith=OURS, ends_at__gt=at)
    loading = Loading(overwrite)
    with transaction.atomic():
        with passing_on(ours, at, opens=Resource.objects.all()):
            _load(file, loading, at)
        transaction.set_rollback(dry_run)
    return loading


def _load(file: LabFile, loading: Loading, at: datetime) -> None:
    wanted = {each.key: each for each in _closings(file, at) if each.period.end > at}
    _adopt_what_is_so_already(wanted, at)
    changes = loading.changes
    changes += _reopen_what_is_gone(set(wanted), at)
    bring_in(file, loading, at=at, before_parts=lambda whole: _refuse_if_used(whole, at))
    for part in file.types.values():
        load_steps(part, loading, at)
    resources = {each.slug: each for each in Resource.objects.all()}
    known = set(Closure.objects.filter(key__in=wanted).values_list("key", flat=True))
    for key, each in wanted.items():
        if key not in known:
            _close(each, resources, at)
            changes.append(_("Closed: {what}").format(what=each.slug))
    if changes:
        record(Happening("lab.loaded", at, data={"changes": len(changes)}))


def closures_of_the_file(at: datetime) -> QuerySet[Closure]:
    """Those that are ahead, with what they close."""
    ours = Closure.objects.filter(key__startswith=OURS, ends_at__gt=at, allocations__isnull=False)
    rows = Allocation.objects.select_related("resource").order_by("resource__slug")
    return ours.distinct().prefetch_related(Prefetch("allocations", rows))


def slug_of(closure: Closure) -> str:
    return str(closure.key).removeprefix(OURS).rpartition("-")[0]


def named_by(closure: Closure) -> list[str]:
    """What it closes, without the parts that are closed along."""
    rows = closure.allocations.all()
    return list(dict.fromkeys(each.resource.slug for each in rows if each.whole_id is None))


def _adopt_what_is_so_already(wanted: Mapping[str, Closing], at: datetime) -> None:
    """What the desk has changed keeps its key; a file that wants it as it is by now gets it."""
    known = set(Closure.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = {each.told: key for key, each in wanted.items() if key not in known}
    for closure in closures_of_the_file(at).exclude(key__in=wanted):
        if key := new.pop(_told(closure), None):
            change_key(closure.pk, key)


def _told(closure: Closure) -> tuple[object, ...]:
    reasons = closure.reason_de, closure.reason_en
    closed = frozenset(each.resource.slug for each in closure.allocations.all())
    return slug_of(closure), closure.period, *reasons, frozenset(named_by(closure)), closed


def _reopen_what_is_gone(wanted: set[str], at: datetime) -> Changes:
    changes = []
    for closure in closures_of_the_file(at).exclude(key__in=wanted).order_by("pk"):
        slug = slug_of(closure)
        lift(closure.pk, by=None, at=at, forget_key=True)
        changes.append(_("Open again: {what}").format(what=slug))
    return changes


def _close(closing: Closing, resources: dict[str, Resource], at: datetime) -> None:
    close(
        [resources[slug] for slug in closing.resources],
        closing.period,
        reason_de=closing.reason_de,
        reason_en=closing.reason_en,
        by=None,
        at=at,
        key=closing.key,
    )


def _refuse_if_used(whole: Resource, at: datetime) -> None:
    ahead = Allocation.objects.filter(resource=whole, active=True, guarded_until__gt=at)
    if ahead.exists():
        message = _("The parts of {slug} cannot change while it is booked or closed ahead.")
        raise WrongState(message.format(slug=whole.slug))


def _closings(file: LabFile, at: datetime) -> Iterator[Closing]:
    for each in file.closures.values():
        resources = file.named(types=each.types, slugs=each.resources)
        period = closure_period(each, lab_zone())
        yield _closing(file, each.slug, period, (each.reason_de, each.reason_en), resources)
    if file.holidays:
        resources = file.named(types=file.holidays.types)
        for day, names in _holidays(file.holidays, at.astimezone(lab_zone()).year).items():
            period = local_day(day, lab_zone())
            yield _closing(file, f"holiday-{day.isoformat()}", period, names, resources)


def _closing(
    file: LabFile, slug: str, period: Period, reasons: tuple[str, str], resources: list[str]
) -> Closing:
    parts = [
        part for each in file.resources.values() if each.slug in resources for part in each.parts
    ]
    return Closing(slug, period, *reasons, tuple(sorted(resources)), tuple(sorted(parts)))


def _holidays(named: HolidaysPart, year: int) -> dict[date, tuple[str, str]]:
    """The German and the English name of each public holiday, from this year on."""
    years = range(year, year + named.years_ahead + 1)
    german, english = (
        holidays.country_holidays(
            named.country, subdiv=named.subdivision or None, years=years, language=language
        )
        for language in ("de", "en_US")
    )
    return {day: (german[day], english[day]) for day in sorted(german)}
