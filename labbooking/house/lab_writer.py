"""Writes the whole lab out as the description that `load_lab` reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from equipment.lab_file.writer import written
from equipment.models import WELL_KNOWN, Feature, Question, Resource, ResourceType
from labbooking.bookings.models import Closure
from labbooking.house.lab_loader import closures_of_the_file, named_by, slug_of
from labbooking.house.lab_steps import step_tables
from labbooking.period import DAY, day_start
from labbooking.when import lab_zone, lab_zone_name


def dump(at: datetime) -> str:
    """What there is, its rules, and the closures ahead that came from a description.

    What staff closed at the desk is theirs and no part of it; so are photos and manuals, which a
    backup holds. Public holidays are written as the closures they are.
    """
    lab = {"name": parseaddr(settings.DEFAULT_FROM_EMAIL)[0] or "Lab", "time_zone": lab_zone_name()}
    asked = Prefetch("questions", Question.objects.filter(ended_at=None))
    types = ResourceType.objects.select_related("rules").exclude(rules=None)
    types = types.prefetch_related(asked, "terms")
    parts = Prefetch("parts", Resource.objects.order_by("type__order", "order", "slug"))
    things = Resource.objects.filter(type__rules__isnull=False)
    things = things.select_related("type").prefetch_related(parts, "features")
    ordered = things.order_by("type__order", "type__slug", "order", "slug")
    in_steps = {each.slug: step_tables(each) for each in types if each.approval_steps}
    own = Feature.objects.exclude(slug__in=WELL_KNOWN)
    return written(lab, types.order_by("order", "slug"), ordered, _closures(at), in_steps, own)


def _closures(at: datetime) -> Iterator[dict[str, Any]]:
    for each in closures_of_the_file(at).order_by("starts_at", "key"):
        start, end = _span(each)
        yield {
            "slug": slug_of(each),
            "resources": named_by(each),
            "reason_de": each.reason_de,
            "reason_en": each.reason_en,
            "from": start,
            "to": end,
        }


def _span(closure: Closure) -> tuple[date, date]:
    """Whole days as days, the last one included; other times with their offset."""
    zone = lab_zone()
    first, last = (moment.astimezone(zone) for moment in (closure.starts_at, closure.ends_at))
    if first == day_start(first.date(), zone) and last == day_start(last.date(), zone):
        return first.date(), last.date() - DAY
    return first, last
