"""House rules as people read them: short phrases, the most asked-for first."""

from __future__ import annotations

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import HouseRules
from labbooking import when as say
from labbooking.when import duration


def phrases(rules: HouseRules) -> list[str]:
    """What somebody who books needs to know: when, how long, who decides, what is needed."""
    said = [_nights(rules)] if rules.by_night else [opening(rules), _length(rules)]
    said.append(_("needs staff approval") if rules.needs_staff else _("confirmed at once"))
    if rules.induction:
        said.append(_("needs an induction"))
    if rules.at_once:
        said.append(
            ngettext("one at a time", "up to {count} at once", rules.at_once).format(
                count=rules.at_once
            )
        )
    if rules.hours_a_week:
        said.append(_("{hours} hours a week").format(hours=rules.hours_a_week))
    if rules.turnaround_after:
        length = duration(rules.turnaround_after)
        said.append(_("{length} of care afterwards").format(length=length))
    return said


def brief(rules: HouseRules) -> list[str]:
    """When, and who decides."""
    said = [_nights(rules) if rules.by_night else opening(rules)]
    said.append(_("needs staff approval") if rules.needs_staff else _("confirmed at once"))
    return said


def opening(rules: HouseRules) -> str:
    """ "daily 07:00–23:00", or the days one by one where they differ."""
    if not rules.opening:
        return _("at any time")
    spans = [say.opening(hours) for hours in rules.opening]
    if len(set(spans)) == 1:
        return _("daily {hours}").format(hours=spans[0]) if spans[0] else _("closed")
    days = [f"{WEEKDAYS_ABBR[number]} {hours}" for number, hours in enumerate(spans) if hours]
    return "; ".join(days)


def _nights(rules: HouseRules) -> str:
    words = _("{fewest} to {most} nights, arrival from {arrival}, departure by {departure}")
    return words.format(
        fewest=rules.smallest_nights,
        most=rules.largest_nights,
        arrival=say.time_of_day(rules.arrival) if rules.arrival else "",
        departure=say.time_of_day(rules.departure) if rules.departure else "",
    )


def _length(rules: HouseRules) -> str:
    words = _("{smallest} to {largest}")
    return words.format(smallest=duration(rules.smallest), largest=duration(rules.largest))
