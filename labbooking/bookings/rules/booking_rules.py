"""The house rules as small pure functions: each says no with a Refusal, or says nothing.

All of them are asked, so that a person hears everything at once. They look at a `Case` only:
no database, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import HouseRules
from labbooking.bookings.availability.free_times import opening_hours
from labbooking.errors import Refusal
from labbooking.period import DAY, HOUR, Period
from labbooking.when import duration, in_hours, opening, time_of_day


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a spec: a named resource, or some units of a type, for one period.

    `held_at_once` and `hours_that_week` count what the person holds of this type, this spec
    included. `topics` are the inductions that hold when the period starts. `stays_until` is when
    the person's account ends, if it does. Of a group they count what the group holds.
    """

    slug: str
    name: str
    zone: ZoneInfo
    rules: HouseRules
    period: Period
    at: datetime
    in_service: bool = True
    wanted: int = 1
    units: int = 1
    topics: frozenset[str] = frozenset()
    held_at_once: int = 1
    hours_that_week: float = 0.0
    stays_until: datetime | None = None
    of_group: bool = False

    @property
    def local(self) -> tuple[datetime, datetime]:
        return self.period.local(self.zone)

    def refuse(self, code: str, message: str, *, overridable: bool = True) -> Refusal:
        return Refusal(code, message, self.slug, overridable)


Rule = Callable[[Case], Refusal | None]


def out_of_service(case: Case) -> Refusal | None:
    if case.in_service:
        return None
    message = _("{name} cannot be booked at the moment.").format(name=case.name)
    return case.refuse("out_of_service", message, overridable=False)


def not_that_many(case: Case) -> Refusal | None:
    if case.wanted <= case.units:
        return None
    message = ngettext(
        "There is only {units} of {name}.", "There are only {units} of {name}.", case.units
    )
    words = message.format(units=case.units, name=case.name)
    return case.refuse("not_that_many", words, overridable=False)


def in_the_past(case: Case) -> Refusal | None:
    """The step that is running may still be booked: people sit down and then book."""
    grace = timedelta(0) if case.rules.by_night else case.rules.step
    if case.period.start > case.at - grace and case.period.end > case.at:
        return None
    return case.refuse("in_the_past", _("That time has already passed."), overridable=False)


def too_soon(case: Case) -> Refusal | None:
    lead = case.rules.lead_time
    if not lead or case.period.start - case.at >= lead:
        return None
    message = _("{name} must be booked at least {lead} ahead.")
    return case.refuse("too_soon", message.format(name=case.name, lead=duration(lead)))


def too_far_ahead(case: Case) -> Refusal | None:
    if case.period.start <= case.at + case.rules.horizon:
        return None
    last = date_format((case.at + case.rules.horizon).astimezone(case.zone), "DATE_FORMAT")
    message = _("{name} can be booked until {date}, not further ahead.")
    return case.refuse("too_far_ahead", message.format(name=case.name, date=last))


def beyond_account_end(case: Case) -> Refusal | None:
    until = case.stays_until
    if until is None or is_before_account_end(case.period.end, until):
        return None
    last = date_format(until.astimezone(case.zone), "DATE_FORMAT")
    message = _("The account ends on {date}, and nothing can be booked beyond that day.")
    return case.refuse("beyond_account_end", message.format(date=last))


def is_before_account_end(end: datetime, until: datetime) -> bool:
    """An account ends with the last second of a day; what ends with that day is not beyond it."""
    return end <= until + timedelta(seconds=1)


def too_short(case: Case) -> Refusal | None:
    if case.rules.by_night or case.period.length >= case.rules.smallest:
        return None
    message = _("{name} must be booked for at least {smallest}.")
    smallest = duration(case.rules.smallest)
    return case.refuse("too_short", message.format(name=case.name, smallest=smallest))


def too_long(case: Case) -> Refusal | None:
    if case.rules.by_night or case.period.length <= case.rules.largest:
        return None
    message = _("{name} can be booked for at most {largest}.")
    largest = duration(case.rules.largest)
    return case.refuse("too_long", message.format(name=case.name, largest=largest))


def off_the_step(case: Case) -> Refusal | None:
    step = case.rules.step
    if case.rules.by_night:
        return None
    if not since_midnight(case.local[0]) % step and not case.period.length % step:
        return None
    message = _("{name} is booked in steps of {step}, such as 10:00 or 10:15.")
    if step != timedelta(minutes=15):
        message = _("{name} is booked in steps of {step}, counted from midnight.")
    return case.refuse("off_the_step", message.format(name=case.name, step=duration(step)))


def since_midnight(local: datetime) -> timedelta:
    """By the clock on the wall, which is what steps are counted by."""
    return timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )


def outside_opening_hours(case: Case) -> Refusal | None:
    if case.rules.by_night or any(each.covers(case.period) for each in _open_around(case)):
        return None
    message = _("{name} can be used {hours}.")
    hours = _hours_in_words(case.rules, case.local[0].date())
    return case.refuse("outside_opening_hours", message.format(name=case.name, hours=hours))


def _open_around(case: Case) -> tuple[Period, ...]:
    """The opening hours of the days a period touches."""
    start, end = (moment.date() for moment in case.local)
    days = [start + number * DAY for number in range((end - start).days + 1)]
    return opening_hours(case.rules, case.zone, days)


def _hours_in_words(rules: HouseRules, day: date) -> str:
    hours = rules.opening[day.weekday()] if rules.opening else []
    if not hours:
        return _("on other days, not on {weekday}").format(weekday=date_format(day, "l"))
    return _("from {spans} on that day").format(spans=opening(hours))


def not_from_arrival_to_departure(case: Case) -> Refusal | None:
    rules = case.rules
    if not rules.by_night or rules.arrival is None or rules.departure is None:
        return None
    start, end = case.local
    if (start.time(), end.time()) == (rules.arrival, rules.departure) and start.date() < end.date():
        return None
    message = _("{name} is booked by the night: arrival at {arrival}, departure at {departure}.")
    words = message.format(
        name=case.name,
        arrival=time_of_day(rules.arrival),
        departure=time_of_day(rules.departure),
    )
    return case.refuse("not_by_the_night", words)


def wrong_number_of_nights(case: Case) -> Refusal | None:
    if not case.rules.by_night:
        return None
    start, end = case.local
    nights = (end.date() - start.date()).days
    fewest, most = case.rules.smallest_nights, case.rules.largest_nights
    if fewest <= nights <= most:
        return None
    if nights < fewest:
        message = ngettext(
            "{name} must be booked for at least {count} night.",
            "{name} must be booked for at least {count} nights.",
            fewest,
        )
        return case.refuse("too_few_nights", message.format(name=case.name, count=fewest))
    message = ngettext(
        "{name} can be booked for at most {count} night.",
        "{name} can be booked for at most {count} nights.",
        most,
    )
    return case.refuse("too_many_nights", message.format(name=case.name, count=most))


def not_inducted(case: Case) -> Refusal | None:
    topic = case.rules.induction
    if not topic or topic in case.topics:
        return None
    message = _("For {name} you need an induction first: somebody shows you how it works.")
    return case.refuse("induction_required", message.format(name=case.name))


def too_many_at_once(case: Case) -> Refusal | None:
    limit = case.rules.most_at_once(of_group=case.of_group)
    if limit is None or case.held_at_once <= limit:
        return None
    message = ngettext(
        "One person may hold {count} of these at once; with this you would hold {held}.",
        "One person may hold {count} of these at once; with this you would hold {held}.",
        limit,
    )
    if case.of_group:
        message = _("A group may hold {count} of these at once; with this it would hold {held}.")
    return case.refuse("quota_at_once", message.format(count=limit, held=case.held_at_once))


def too_many_hours_that_week(case: Case) -> Refusal | None:
    limit = case.rules.most_hours_a_week(of_group=case.of_group)
    if limit is None or case.hours_that_week <= limit:
        return None
    message = _("One person may book {limit} a week; with this it would be {hours}.")
    if case.of_group:
        message = _("A group may book {limit} a week; with this it would be {hours}.")
    words = message.format(
        limit=in_hours(limit * HOUR), hours=in_hours(case.hours_that_week * HOUR)
    )
    return case.refuse("quota_hours_a_week", words)


RULES: tuple[Rule, ...] = (
    out_of_service,
    not_that_many,
    in_the_past,
    too_soon,
    too_far_ahead,
    beyond_account_end,
    too_short,
    too_long,
    off_the_step,
    outside_opening_hours,
    not_from_arrival_to_departure,
    wrong_number_of_nights,
    not_inducted,
    too_many_at_once,
    too_many_hours_that_week,
)


def refusals(cases: Iterable[Case]) -> list[Refusal]:
    """Everything the house rules have against these cases, each said once."""
    said = [refusal for case in cases for rule in RULES if (refusal := rule(case))]
    return list(dict.fromkeys(said))
