"""What a call says, in words: its deadline by two clocks, its season, what a stay is."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from labbooking.residencies.calls.models import Call, DisciplineLimit
from labbooking.residencies.calls.states import CallState
from labbooking.when import clock, full_day, lab_zone, lab_zone_name

Fact = tuple[str, str]


def by_two_clocks(instant: datetime) -> str:
    """ "Sunday 31 January 2027, 23:59 (Europe/Berlin), which is 22:59 UTC"; where the day is
    another one in UTC, with that."""
    local, in_utc = instant.astimezone(lab_zone()), instant.astimezone(UTC)
    elsewhere = f"{in_utc:%H:%M}"
    if in_utc.date() != local.date():
        elsewhere = f"{full_day(in_utc.date())}, {elsewhere}"
    facts = {"day": full_day(local.date()), "clock": clock(instant, lab_zone())}
    words = _("{day}, {clock} ({zone}), which is {elsewhere} UTC")
    return words.format(**facts, zone=lab_zone_name(), elsewhere=elsewhere)


def standing(call: Call, stage: CallState) -> str:
    """One line that says whether one can apply."""
    if stage == CallState.OPEN:
        return _("Open until {moment}.").format(moment=by_two_clocks(call.closes_at))
    if stage == CallState.CLOSED:
        return _("Closed since {moment}.").format(moment=by_two_clocks(call.closes_at))
    if stage == CallState.CALLED_OFF:
        return _("This call was called off.")
    if stage == CallState.ARCHIVED:
        return _("This call is over.")
    return _("Opens on {moment}.").format(moment=by_two_clocks(call.opens_at))


def facts(call: Call) -> list[Fact]:
    """What a listing of residencies would ask first."""
    told = [
        (_("Season"), season(call)),
        (_("A stay"), stay(call)),
        (_("Studios"), listed([each.name for each in call.studios.all()])),
        (_("Disciplines"), ", ".join(call.disciplines) or _("all")),
        (_("Stipend"), stipend(call)),
        (_("Decision"), full_day(call.decision_on)),
    ]
    return [each for each in told if each[1]]


def dates(call: Call) -> list[Fact]:
    return [
        (_("Open from"), by_two_clocks(call.opens_at)),
        (_("Deadline"), by_two_clocks(call.closes_at)),
    ]


def season(call: Call) -> str:
    first, last = full_day(call.season_from), full_day(call.season_last)
    return _("{first} to {last}").format(first=first, last=last)


def stay(call: Call) -> str:
    least, most = call.stay_weeks_min, call.stay_weeks_max
    if least == most:
        words = ngettext("{most} week", "{most} weeks", most).format(most=most)
    else:
        words = _("{least} to {most} weeks").format(least=least, most=most)
    days = listed([str(WEEKDAYS[each]) for each in call.arrival_weekdays])
    every = call.arrival_every_weeks
    if every == 1:
        return _("{weeks}, beginning on: {days}").format(weeks=words, days=days)
    often = ngettext("every {count} week", "every {count} weeks", every).format(count=every)
    told = _("{weeks}, beginning on: {days}, {often}")
    return told.format(weeks=words, days=days, often=often)


def limits(call: Call) -> list[str]:
    """A line for each discipline of which not any number can come."""
    found = ((each.name, _limits_of(each)) for each in call.discipline_limits)
    return [f"{name}: {', '.join(told)}" for name, told in found if told]


def _limits_of(limit: DisciplineLimit) -> list[str]:
    most, least = limit.at_once_max, limit.floor
    told = []
    if most is not None:
        words = ngettext("at most {count} person at once", "at most {count} people at once", most)
        told.append(words.format(count=most))
    if least:
        words = ngettext("at least {count} person in all", "at least {count} people in all", least)
        told.append(words.format(count=least))
    return told


def stipend(call: Call) -> str:
    if call.stipend_cents is None:
        return _("none")
    euros, cents = divmod(call.stipend_cents, 100)
    amount = number_format(euros + cents / 100, decimal_pos=2 if cents else 0, force_grouping=True)
    return _("{amount} euros a month").format(amount=amount)


def kept(call: Call) -> list[str]:
    """After how many days, which are always several, what somebody sent is deleted."""
    told = (
        (_("What is not handed in is deleted {count} days after the deadline."),
         call.keep_drafts_days),
        (_("What you withdraw is deleted after {count} days, or at once if you want."),
         call.keep_withdrawn_days),
        (_("What is not taken is deleted {count} days after the decision."),
         call.keep_declined_days),
        (_("What leads to a stay is deleted {count} days after the file of the stay is closed."),
         call.keep_accepted_days),
        (_("What the jury writes goes with your application, {count} days after the decision at the"
           " latest."),
         call.keep_reviews_days),
    )  # fmt: skip
    needs = _("What you need is deleted once the season is planned, or as soon as you ask for it.")
    return [*(words.format(count=count) for words, count in told), needs]


def listed(names: list[str]) -> str:
    return get_text_list(names, pgettext("Seat 1 and Seat 2", "and"))
