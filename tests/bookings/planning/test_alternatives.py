"""What is offered for the dates of a series that cannot be as wished; and that it holds."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import AnotherTime, BookingSpec, LeaveOut
from labbooking.bookings.planning.preview import preview
from labbooking.errors import DomainError
from labbooking.period import DAY, HOUR, Period
from tests.bookings.series.weekly import NOW, TUESDAY, ask, fields_of, hours, options, spec, taken
from tests.lab import berlin, daily, new_rules

pytestmark = pytest.mark.django_db


def test_a_taken_date_offers_an_equal_unit_and_the_nearest_times(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1")

    assert options(ada, spec()) == {"03-24": (["seat-2"], ["08:00", "12:00", "14:00"])}


def test_times_lie_within_opening_hours_and_are_as_long(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1", start="09:00", end="21:00")

    assert options(ada, spec()) == {"03-24": (["seat-2"], ["07:00", "21:00"])}


def test_where_the_day_is_full_only_another_unit_is_offered(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1", start="08:00", end="22:00")

    assert options(ada, spec()) == {"03-24": (["seat-2"], [])}


def test_where_no_unit_is_free_none_is_offered(lab, ada, ben):
    taken(ben, "2026-03-24", "workspace")

    assert options(ada, spec())["03-24"][0] == []
    assert options(ada, spec("workspace"))["03-24"] == ([], ["08:00", "12:00", "14:00"])


def test_the_whole_day_is_looked_at_on_the_first_and_the_last_date(lab, ada, ben):
    """Nothing is as good as the workspace, and there is only one."""
    for day in ("2026-03-17", "2026-03-24"):
        taken(ben, day, "workspace", start="11:00", end="20:00")
        taken(ben, day, "seat-4", start="07:00", end="08:00")
        taken(ben, day, "seat-5", start="20:00", end="22:00")

    found = options(ada, spec("workspace", rrule="FREQ=WEEKLY;COUNT=2"))

    assert found == {"03-17": ([], ["09:00"]), "03-24": ([], ["09:00"])}


def test_what_is_taken_together_is_offered_together(lab, ada, ben):
    """Seat 1 is taken, the screen is free then and not two hours later."""
    taken(ben, "2026-03-24", "seat-1")
    taken(ben, "2026-03-24", "telepresence-1", start="12:30", end="15:00")

    found = options(ada, spec("seat-1", "telepresence-1"))

    assert found == {"03-24": (["seat-2"], ["08:00", "15:15", "17:15"])}


def test_a_pool_offers_other_times_and_no_other_units(lab, ada, ben, sam):
    taken(ben, "2026-03-24", "telepresence-1")

    found = options(
        ada, BookingSpec(TUESDAY, types={"telepresence": 2}, rrule="FREQ=WEEKLY;COUNT=3")
    )

    assert found == {"03-24": ([], ["12:15", "14:15", "16:15"])}


def test_no_time_is_offered_at_which_one_would_hold_too_much(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1")
    taken(ada, "2026-03-24", "seat-3", "seat-4", "seat-5", "seat-6", start="12:00", end="20:00")

    assert options(ada, spec())["03-24"][1] == ["08:00", "20:00"]


def test_a_closed_day_offers_nothing_but_to_leave_it_out(lab, ada):
    opening = daily("07:00", "23:00")
    opening[1] = [["14:00", "18:00"]]
    opening[2] = []
    new_rules(lab["seat-1"].type, opening=opening)

    found = options(ada, spec(period=hours("2026-03-16"), rrule="FREQ=DAILY;COUNT=4"))

    assert found == {"03-17": ([], ["14:00", "16:00"]), "03-18": ([], [])}


def test_a_series_that_the_rules_refuse_altogether_offers_nothing(lab, nia):
    assert options(nia, spec("ar-headset-1")) == {}


def test_no_time_is_offered_over_another_date(lab, ada, ben):
    """The night before ends at eight in the morning; the next begins twelve hours later."""
    new_rules(lab["seat-1"].type, opening=daily("00:00", "24:00"))
    nights = Period(berlin("2026-03-17 20:00"), berlin("2026-03-18 08:00"))
    taken(ben, "2026-03-18", "seat-1", start="20:00", end="21:00")

    found = options(ada, spec(period=nights, rrule="FREQ=DAILY;COUNT=3"))

    assert found == {"03-18": (["seat-2"], ["08:00", "21:00"])}


def test_on_the_day_of_the_clock_change_times_are_as_long_as_that_date(lab, ada, ben):
    new_rules(lab["seat-1"].type, opening=daily("00:00", "24:00"))
    early = Period(berlin("2026-03-28 00:00"), berlin("2026-03-28 04:00"))
    taken(ben, "2026-03-29", "seat-1", start="00:00", end="01:00")

    seen = preview(spec(period=early, rrule="FREQ=DAILY;COUNT=2"), by=ada, at=NOW)

    (offered,) = seen.options.values()
    assert offered.times[0] == Period(berlin("2026-03-29 01:00"), berlin("2026-03-29 05:00"))
    assert {each.length for each in offered.times} == {3 * HOUR}


def test_stays_by_the_night_offer_other_studios_and_no_other_hours(lab, ada, ben):
    stay = Period(berlin("2026-03-17 15:00"), berlin("2026-03-19 11:00"))
    actions.request(BookingSpec(stay.moved(7 * DAY), ("studio-1",)), by=ben, at=NOW)

    found = options(ada, spec("studio-1", period=stay, rrule="FREQ=WEEKLY;COUNT=2"))

    assert found == {"03-24": (["studio-2"], [])}


def test_many_dates_are_asked_with_as_many_queries(lab, ada, ben, django_assert_max_num_queries):
    for number in range(1, 20):
        actions.request(BookingSpec(TUESDAY.moved(number * DAY), ("seat-1",)), by=ben, at=NOW)

    for count in (3, 20):
        with django_assert_max_num_queries(12):
            found = preview(spec(rrule=f"FREQ=DAILY;COUNT={count}"), by=ada, at=NOW).options
        assert len(found) == count - 1


def test_after_many_dates_the_others_can_only_be_left_out(lab, ada, ben):
    for number in range(1, 80):
        actions.request(BookingSpec(TUESDAY.moved(number * DAY), ("seat-1",)), by=ben, at=NOW)

    found = preview(spec(rrule="FREQ=DAILY;COUNT=80"), by=ada, at=NOW).options

    assert [bool(each) for each in found.values()] == [True] * 60 + [False] * 19


# What was previewed is what is booked

_HOURS = st.integers(7, 20)
_BUSY = st.lists(
    st.tuples(st.integers(0, 5), _HOURS, st.sampled_from(["seat-1", "seat-2", "telepresence-1"])),
    max_size=25,
)
_WAYS = st.lists(st.integers(0, 9), min_size=6, max_size=6)
_THINGS = st.sampled_from([("seat-1",), ("seat-1", "seat-2"), ("seat-1", "telepresence-1")])


@given(busy=_BUSY, start=_HOURS, things=_THINGS, ways=_WAYS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_previewed_is_what_is_booked(lab, ada, ben, busy, start, things, ways):
    """From the Friday before the clocks change, with whatever is offered chosen date by date."""
    with transaction.atomic():
        first = hours("2026-03-27", f"{start:02}:00", f"{start + 2:02}:00")
        for number, hour, unit in busy:
            period = hours("2026-03-27", f"{hour:02}:00", f"{hour + 1:02}:00")
            _try(BookingSpec(period.moved(number * DAY), (unit,)), by=ben)
        _book_what_is_offered(ada, spec(*things, period=first, rrule="FREQ=DAILY;COUNT=6"), ways)
        transaction.set_rollback(True)


def _book_what_is_offered(by, asked, ways):
    choices = {}
    for way, (day, offered) in zip(
        ways, preview(asked, by=by, at=NOW).options.items(), strict=False
    ):
        offers = [AnotherTime(each.start) for each in offered.times] + [LeaveOut()]
        offers += [offered.equal] if offered.equal else []
        choices[day] = offers[way % len(offers)]
    asked = BookingSpec(**fields_of(asked), choices=choices)
    seen = preview(asked, by=by, at=NOW)

    if not seen.booked:
        assert not seen.ok
        return
    assert seen.ok
    made = [(each.period, [a.resource for a in each.named]) for each in ask(by, asked)]
    assert made == [(each.period, list(each.named)) for each in seen.booked]


def _try(asked, by):
    with suppress(DomainError), transaction.atomic():
        ask(by, asked)
