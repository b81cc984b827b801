"""House rules as whole sentences, for the page of a thing; `rules_in_words` has them in short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import HouseRules
from labbooking.period import DAY, HOUR
from labbooking.when import duration, in_hours, opening, time_of_day

_A_MONDAY = date(2024, 1, 1)
_ALL_DAY = [["00:00", "24:00"]]


def sentences(rules: HouseRules) -> list[str]:
    """Every rule that says something, in the order in which one needs to know them."""
    return [sentence for part in _PARTS for sentence in part(rules)]


def in_short(rules: HouseRules, count: int) -> str:
    """The few words beside a group's name on the board: "10 of them, confirmed at once"."""
    words = [_("{count} of them").format(count=count)] if count > 1 else []
    if rules.by_night:
        words.append(_("by the night"))
    words.append(_("needs staff approval") if rules.needs_staff else _("confirmed at once"))
    if rules.induction:
        words.append(_("needs an induction"))
    if rules.turnaround_after and not rules.by_night:
        length = duration(rules.turnaround_after)
        words.append(_("{length} of care afterwards").format(length=length))
    return ", ".join(words)


def _length(rules: HouseRules) -> Iterator[str]:
    if not rules.by_night or rules.arrival is None or rules.departure is None:
        words = _("From {smallest} to {largest}, in steps of {step}.")
        yield words.format(
            smallest=duration(rules.smallest),
            largest=duration(rules.largest),
            step=duration(rules.step),
        )
        return
    words = _("By the night: arrival from {arrival}, departure by {departure}, {nights}.")
    yield words.format(
        arrival=time_of_day(rules.arrival),
        departure=time_of_day(rules.departure),
        nights=_nights(rules.smallest_nights, rules.largest_nights),
    )


def _nights(fewest: int, most: int) -> str:
    if fewest == most:
        return ngettext("{count} night", "{count} nights", most).format(count=most)
    return _("{fewest} to {most} nights").format(fewest=fewest, most=most)


def _opening(rules: HouseRules) -> Iterator[str]:
    if rules.by_night:
        return
    week = rules.opening or [_ALL_DAY] * 7
    if all(hours == week[0] for hours in week):
        yield _every_day(week[0])
        return
    for hours, days in groupby(range(7), key=lambda day: week[day]):
        names = _weekdays(list(days))
        words = _("{weekdays}: open {hours}.") if hours else _("{weekdays}: closed.")
        yield words.format(weekdays=names, hours=opening(hours))


def _every_day(hours: list[list[str]]) -> str:
    if hours == _ALL_DAY:
        return _("Open day and night.")
    if not hours:
        return _("Not open on any day.")
    return _("Open every day, {hours}.").format(hours=opening(hours))


def _weekdays(days: list[int]) -> str:
    first, last = (dateformat.format(_A_MONDAY + each * DAY, "l") for each in (days[0], days[-1]))
    if len(days) == 1:
        return first
    return _("{first} to {last}").format(first=first, last=last)


def _answer(rules: HouseRules) -> Iterator[str]:
    if not rules.needs_staff:
        yield _("Yours at once, without approval.")
        return
    yield _("Needs staff approval.")
    words = _("Your request holds the time for {hold}, then it lapses.")
    yield words.format(hold=duration(rules.hold))


def _before(rules: HouseRules) -> Iterator[str]:
    if rules.induction:
        yield _("You need an induction.")
        months = rules.induction_months
        words = ngettext(
            "An induction is valid for {count} month.",
            "An induction is valid for {count} months.",
            months,
        )
        yield words.format(count=months)
    if rules.lead_time:
        yield _("Book at least {lead} ahead.").format(lead=duration(rules.lead_time))
    yield _("You can book up to {horizon} ahead.").format(horizon=duration(rules.horizon))


def _care(rules: HouseRules) -> Iterator[str]:
    if rules.turnaround_before:
        words = _("{length} beforehand to get it ready.")
        yield words.format(length=duration(rules.turnaround_before))
    if not rules.turnaround_after:
        return
    if rules.turnaround_after >= DAY:
        days = -(-rules.turnaround_after // DAY)
        words = ngettext(
            "{count} day afterwards for cleaning.", "{count} days afterwards for cleaning.", days
        )
        yield words.format(count=days)
    else:
        words = _("{length} afterwards for care.")
        yield words.format(length=duration(rules.turnaround_after))


def _limits(rules: HouseRules) -> Iterator[str]:
    if rules.at_once:
        words = ngettext(
            "One person may hold {count} at a time.",
            "One person may hold up to {count} at a time.",
            rules.at_once,
        )
        yield words.format(count=rules.at_once)
    if rules.hours_a_week:
        words = _("One person may book {hours} a week.")
        yield words.format(hours=in_hours(rules.hours_a_week * HOUR))
    if rules.group_at_once:
        words = ngettext(
            "A group may hold {count} at a time.",
            "A group may hold up to {count} at a time.",
            rules.group_at_once,
        )
        yield words.format(count=rules.group_at_once)
    if rules.group_hours_a_week:
        words = _("A group may book {hours} a week.")
        yield words.format(hours=in_hours(rules.group_hours_a_week * HOUR))


def _giving_up(rules: HouseRules) -> Iterator[str]:
    if rules.cancel_until:
        words = _("You can cancel until {length} before it starts.")
        yield words.format(length=duration(rules.cancel_until))
    else:
        yield _("You can cancel until it starts.")
    if rules.release_after:
        words = _("If nobody comes within {length}, it is free for others again.")
        yield words.format(length=duration(rules.release_after))


def _handing_over(rules: HouseRules) -> Iterator[str]:
    if rules.self_check_in:
        yield _("You check in and out yourself.")
    else:
        yield _("Staff hand it over to you and take it back.")


_PARTS: tuple[Callable[[HouseRules], Iterator[str]], ...] = (
    _length, _opening, _answer, _before, _care, _limits, _giving_up, _handing_over,
)  # fmt: skip
