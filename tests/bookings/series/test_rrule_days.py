"""The days of a repeat rule are those dateutil finds, and the search always ends."""

import time
from datetime import date, datetime

import pytest
from dateutil import rrule

from labbooking.bookings.series.rrule_days import WEEKDAYS, DayRule, days

MO, TU, WE, TH, FR, SA, SU = ((0, day) for day in range(7))
RULES = [
    DayRule("DAILY"),
    DayRule("DAILY", interval=3, count=7),
    DayRule("DAILY", weekdays=(MO, SA), months=(3, 12)),
    DayRule("DAILY", monthdays=(1, -1)),
    DayRule("WEEKLY"),
    DayRule("WEEKLY", interval=2, weekdays=(TU, SU)),
    DayRule("WEEKLY", interval=2, weekdays=(TU, SU), week_start=6),
    DayRule("WEEKLY", interval=3, weekdays=(MO, WE, FR), positions=(-1,), count=9),
    DayRule("WEEKLY", weekdays=(TH,), months=(1, 2, 10)),
    DayRule("MONTHLY"),
    DayRule("MONTHLY", interval=2, monthdays=(31,)),
    DayRule("MONTHLY", monthdays=(-1, 15)),
    DayRule("MONTHLY", weekdays=((1, 5),)),
    DayRule("MONTHLY", weekdays=((-1, 4), (2, 1))),
    DayRule("MONTHLY", weekdays=((5, 6),)),
    DayRule("MONTHLY", weekdays=(MO, TU, WE, TH, FR), positions=(-1,)),
    DayRule("MONTHLY", weekdays=(SA, SU), positions=(1, -2), months=(6, 7)),
    DayRule("MONTHLY", weekdays=(FR,), monthdays=(13,)),
    DayRule("YEARLY"),
    DayRule("YEARLY", months=(2, 3)),
    DayRule("YEARLY", months=(11,), weekdays=((4, 3),)),
    DayRule("YEARLY", weekdays=((20, 0), (-1, 6))),
    DayRule("YEARLY", monthdays=(29,), months=(2,)),
    DayRule("YEARLY", interval=2, weekdays=(SU,), months=(5,), positions=(2,)),
]
FIRST = [date(2024, 1, 31), date(2024, 2, 29), date(2026, 11, 23), date(2027, 5, 2)]


def oracle(rule, first, last):
    weekday = [getattr(rrule, WEEKDAYS[day]) for day in range(7)]
    found = rrule.rrule(
        getattr(rrule, rule.frequency),
        dtstart=datetime.combine(first, datetime.min.time()),
        interval=rule.interval,
        byweekday=[weekday[day](nth) if nth else weekday[day] for nth, day in rule.weekdays]
        or None,
        bymonthday=list(rule.monthdays) or None,
        bymonth=list(rule.months) or None,
        bysetpos=list(rule.positions) or None,
        wkst=rule.week_start,
        until=datetime.combine(last, datetime.min.time()),
    )
    return [each.date() for each in found][: rule.count]


@pytest.mark.parametrize("rule", RULES, ids=str)
@pytest.mark.parametrize("first", FIRST, ids=str)
def test_the_days_are_those_dateutil_finds(rule, first):
    last = date(first.year + 6, 6, 15)
    assert list(days(rule, first, last)) == oracle(rule, first, last)


@pytest.mark.parametrize(
    "rule",
    [
        DayRule("DAILY", months=(2,), monthdays=(31,)),
        DayRule("DAILY", interval=7, weekdays=((0, 0),)),
        DayRule("MONTHLY", monthdays=(99,)),
        DayRule("MONTHLY", weekdays=((5, 6),), monthdays=(1,)),
        DayRule("YEARLY", interval=10**9),
    ],
)
def test_a_rule_that_never_comes_round_again_ends_the_search(rule):
    began = time.perf_counter()
    found = list(days(rule, date(1998, 1, 6), date(2027, 12, 31)))
    assert found in ([], [date(1998, 1, 6)])
    assert time.perf_counter() - began < 1
