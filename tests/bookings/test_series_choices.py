"""A series with a choice for single dates: booked exactly so, or not at all."""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labbooking.bookings import actions
from labbooking.bookings.errors import BookingError, Malformed, Refused, SlotTaken
from labbooking.bookings.models import Series
from labbooking.bookings.preview import preview
from labbooking.bookings.wish import AnotherTime, EqualUnits, LeaveOut, OnClash, Wish
from labbooking.period import DAY, HOUR, Period
from tests.lab import BERLIN, berlin, daily, new_rules

pytestmark = pytest.mark.django_db

NOW = berlin("2026-03-01 09:00")
TUESDAY = Period(berlin("2026-03-17 10:00"), berlin("2026-03-17 12:00"))
SECOND, THIRD, FOURTH = (berlin(f"2026-{day} 10:00").date() for day in ("03-24", "03-31", "04-07"))
SEAT_2 = EqualUnits((("seat-1", "seat-2"),))


def hours(day, start="10:00", end="12:00"):
    return Period(berlin(f"{day} {start}"), berlin(f"{day} {end}"))


def taken(by, day, *resources, start="10:00", end="12:00"):
    return actions.request(Wish(hours(day, start, end), resources), by=by, at=NOW)


def wish(*resources, rrule="FREQ=WEEKLY;COUNT=4", period=TUESDAY, **more):
    return Wish(period, resources or ("seat-1",), rrule=rrule, **more)


def ask(by, asked):
    return actions.request(asked, by=by, at=NOW)


def told(bookings):
    return [
        (f"{each.starts_at.astimezone(BERLIN):%m-%d %H:%M}", each.named[0].resource.slug)
        for each in bookings
    ]


def options(by, asked):
    """What is offered, by day: other units and local starts."""
    found = preview(asked, by=by, at=NOW).options
    return {
        f"{day:%m-%d}": (
            [unit.slug for unit in each.instead],
            [f"{period.start.astimezone(BERLIN):%H:%M}" for period in each.times],
        )
        for day, each in found.items()
    }


# Booking


def test_each_date_becomes_what_was_chosen_for_it(lab, ada):
    at_two = AnotherTime(berlin("2026-03-24 14:00"))
    choices = {SECOND: at_two, THIRD: LeaveOut(), FOURTH: SEAT_2}

    bookings = ask(ada, wish(choices=choices))

    assert told(bookings) == [
        ("03-17 10:00", "seat-1"),
        ("03-24 14:00", "seat-1"),
        ("04-07 10:00", "seat-2"),
    ]
    assert {each.period.length for each in bookings} == {2 * HOUR}


def test_another_time_is_by_the_clocks_of_that_day(lab, ada):
    """On 29 March the clocks go forward: two in the afternoon is two in the afternoon."""
    sunday = berlin("2026-03-29 14:00")
    series = wish(period=hours("2026-03-28"), rrule="FREQ=DAILY;COUNT=3")

    bookings = ask(ada, Wish(**_fields(series), choices={sunday.date(): AnotherTime(sunday)}))

    assert [at for at, _slug in told(bookings)] == ["03-28 10:00", "03-29 14:00", "03-30 10:00"]
    assert bookings[1].starts_at == berlin("2026-03-29 14:00")
    assert bookings[1].period.length == 2 * HOUR


def _fields(asked):
    return {"period": asked.period, "resources": asked.resources, "rrule": asked.rrule}


@pytest.mark.parametrize("on_clash", list(OnClash))
@pytest.mark.parametrize(
    ("choice", "start", "unit"),
    [(AnotherTime(berlin("2026-03-24 14:00")), "14:00", "seat-1"), (SEAT_2, "10:00", "seat-2")],
)
def test_what_was_chosen_and_is_gone_books_nothing_and_names_the_date(
    lab, ada, ben, on_clash, choice, start, unit
):
    taken(ben, "2026-03-24", unit, start=start, end=f"{int(start[:2]) + 1}:00")

    with pytest.raises(SlotTaken) as gone:
        ask(ada, wish(choices={SECOND: choice}, on_clash=on_clash))

    assert "24 Mar" in gone.value.detail
    assert start in gone.value.detail
    assert not ada.bookings.exists()
    assert not Series.objects.exists()


def test_a_date_without_a_choice_that_is_taken_books_nothing_either(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1")
    taken(ben, "2026-03-31", "seat-1")

    with pytest.raises(SlotTaken) as gone:
        ask(ada, wish(choices={SECOND: LeaveOut()}))

    assert "31 Mar" in gone.value.detail
    assert "24 Mar" not in gone.value.detail
    assert not ada.bookings.exists()


# Rules are asked about what is booked


def test_a_date_that_is_left_out_is_asked_no_rule(lab, ada):
    far = wish(rrule="FREQ=WEEKLY;COUNT=55")
    beyond = [each for each in preview(far, by=ada, at=NOW).dates if not each.ok]
    days = {each.period.start.astimezone(BERLIN).date(): LeaveOut() for each in beyond}

    bookings = ask(ada, wish(rrule=far.rrule, choices=days))

    assert len(beyond) == 5
    assert len(bookings) == 50


def test_hours_a_week_count_what_is_booked(lab, ada):
    new_rules(lab["seat-1"].type, opening=daily("07:00", "23:00"), hours_a_week=6)
    four = wish(rrule="FREQ=DAILY;COUNT=4")
    assert not preview(four, by=ada, at=NOW).ok

    thursday = TUESDAY.moved(2 * DAY).start.astimezone(BERLIN).date()

    assert len(ask(ada, wish(rrule=four.rrule, choices={thursday: LeaveOut()}))) == 3


def test_dates_skipped_because_they_are_taken_use_up_no_hours(lab, ada, ben):
    taken(ben, "2026-03-18", "seat-1")
    new_rules(lab["seat-1"].type, opening=daily("07:00", "23:00"), hours_a_week=6)

    bookings = ask(ada, wish(rrule="FREQ=DAILY;COUNT=4", on_clash=OnClash.SKIP))

    assert [at for at, _slug in told(bookings)] == ["03-17 10:00", "03-19 10:00", "03-20 10:00"]


def test_another_time_is_asked_the_house_rules(lab, ada):
    before_opening = AnotherTime(berlin("2026-03-24 05:00"))

    with pytest.raises(Refused) as refused:
        ask(ada, wish(choices={SECOND: before_opening}))

    assert [each.code for each in refused.value.refusals] == ["outside_opening_hours"]
    assert not ada.bookings.exists()


@pytest.mark.parametrize(
    "choices",
    [
        {SECOND: AnotherTime(berlin("2026-03-25 10:00"))},
        {SECOND: EqualUnits((("seat-1", "telepresence-1"),))},
        {SECOND: EqualUnits((("seat-1", "seat-99"),))},
        {SECOND: EqualUnits((("seat-5", "seat-2"),))},
        {day: LeaveOut() for day in (TUESDAY.start.date(), SECOND, THIRD, FOURTH)},
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(lab, ada, choices):
    with pytest.raises(Malformed) as malformed:
        ask(ada, wish(choices=choices))

    assert malformed.value.detail.endswith(".")
    assert not ada.bookings.exists()


def test_one_unit_does_not_stand_in_for_two(lab, ada):
    twice = EqualUnits((("seat-1", "seat-3"), ("seat-2", "seat-3")))

    with pytest.raises(SlotTaken):
        ask(ada, wish("seat-1", "seat-2", choices={SECOND: twice}))

    assert not ada.bookings.exists()


def test_dates_do_not_come_to_overlap_by_a_choice(lab, ada):
    """A night's end on Wednesday morning and a Wednesday that begins earlier than the others."""
    new_rules(lab["seat-1"].type, opening=daily("00:00", "24:00"))
    nights = Period(berlin("2026-03-17 22:00"), berlin("2026-03-18 02:00"))
    earlier = AnotherTime(berlin("2026-03-18 01:00"))

    with pytest.raises(Malformed):
        ask(
            ada,
            wish(
                period=nights,
                rrule="FREQ=DAILY;COUNT=3",
                choices={earlier.start.date(): earlier},
            ),
        )

    assert not ada.bookings.exists()


def test_choices_for_days_that_are_none_of_the_series_say_nothing(lab, ada):
    wednesday = TUESDAY.moved(DAY).start.date()

    assert len(ask(ada, wish(choices={wednesday: LeaveOut()}))) == 4


# What is offered


def test_a_taken_date_offers_an_equal_unit_and_the_nearest_times(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1")

    assert options(ada, wish()) == {"03-24": (["seat-2"], ["08:00", "12:00", "14:00"])}


def test_times_lie_within_opening_hours_and_are_as_long(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1", start="09:00", end="21:00")

    assert options(ada, wish()) == {"03-24": (["seat-2"], ["07:00", "21:00"])}


def test_where_the_day_is_full_only_another_unit_is_offered(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1", start="08:00", end="22:00")

    assert options(ada, wish()) == {"03-24": (["seat-2"], [])}


def test_where_no_unit_is_free_none_is_offered(lab, ada, ben):
    taken(ben, "2026-03-24", "workspace")

    assert options(ada, wish())["03-24"][0] == []
    assert options(ada, wish("workspace"))["03-24"] == ([], ["08:00", "12:00", "14:00"])


def test_what_is_taken_together_is_offered_together(lab, ada, ben):
    """Seat 1 is taken, the screen is free then and not two hours later."""
    taken(ben, "2026-03-24", "seat-1")
    taken(ben, "2026-03-24", "telepresence-1", start="12:30", end="15:00")

    found = options(ada, wish("seat-1", "telepresence-1"))

    assert found == {"03-24": (["seat-2"], ["08:00", "15:15", "17:15"])}


def test_a_pool_offers_other_times_and_no_other_units(lab, ada, ben, sam):
    taken(ben, "2026-03-24", "telepresence-1")

    found = options(ada, Wish(TUESDAY, types={"telepresence": 2}, rrule="FREQ=WEEKLY;COUNT=3"))

    assert found == {"03-24": ([], ["12:15", "14:15", "16:15"])}


def test_no_time_is_offered_at_which_one_would_hold_too_much(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1")
    taken(ada, "2026-03-24", "seat-3", "seat-4", "seat-5", "seat-6", start="12:00", end="20:00")

    assert options(ada, wish())["03-24"][1] == ["08:00", "20:00"]


def test_a_closed_day_offers_nothing_but_to_leave_it_out(lab, ada):
    opening = daily("07:00", "23:00")
    opening[1] = [["14:00", "18:00"]]
    opening[2] = []
    new_rules(lab["seat-1"].type, opening=opening)

    found = options(ada, wish(period=hours("2026-03-16"), rrule="FREQ=DAILY;COUNT=4"))

    assert found == {"03-17": ([], ["14:00", "16:00"]), "03-18": ([], [])}


def test_a_series_that_the_rules_refuse_altogether_offers_nothing(lab, nia):
    assert options(nia, wish("ar-headset-1")) == {}


def test_no_time_is_offered_over_another_date(lab, ada, ben):
    """The night before ends at eight in the morning; the next begins twelve hours later."""
    new_rules(lab["seat-1"].type, opening=daily("00:00", "24:00"))
    nights = Period(berlin("2026-03-17 20:00"), berlin("2026-03-18 08:00"))
    taken(ben, "2026-03-18", "seat-1", start="20:00", end="21:00")

    found = options(ada, wish(period=nights, rrule="FREQ=DAILY;COUNT=3"))

    assert found == {"03-18": (["seat-2"], ["08:00", "21:00"])}


def test_on_the_day_of_the_clock_change_times_are_as_long_as_that_date(lab, ada, ben):
    new_rules(lab["seat-1"].type, opening=daily("00:00", "24:00"))
    early = Period(berlin("2026-03-28 00:00"), berlin("2026-03-28 04:00"))
    taken(ben, "2026-03-29", "seat-1", start="00:00", end="01:00")

    seen = preview(wish(period=early, rrule="FREQ=DAILY;COUNT=2"), by=ada, at=NOW)

    (offered,) = seen.options.values()
    assert offered.times[0] == Period(berlin("2026-03-29 01:00"), berlin("2026-03-29 05:00"))
    assert {each.length for each in offered.times} == {3 * HOUR}


def test_stays_by_the_night_offer_other_studios_and_no_other_hours(lab, ada, ben):
    stay = Period(berlin("2026-03-17 15:00"), berlin("2026-03-19 11:00"))
    actions.request(Wish(stay.moved(7 * DAY), ("studio-1",)), by=ben, at=NOW)

    found = options(ada, wish("studio-1", period=stay, rrule="FREQ=WEEKLY;COUNT=2"))

    assert found == {"03-24": (["studio-2"], [])}


def test_many_dates_are_asked_with_as_many_queries(lab, ada, ben, django_assert_max_num_queries):
    for number in range(1, 20):
        actions.request(Wish(TUESDAY.moved(number * DAY), ("seat-1",)), by=ben, at=NOW)

    for count in (3, 20):
        with django_assert_max_num_queries(12):
            found = preview(wish(rrule=f"FREQ=DAILY;COUNT={count}"), by=ada, at=NOW).options
        assert len(found) == count - 1


def test_after_many_dates_the_others_can_only_be_left_out(lab, ada, ben):
    for number in range(1, 80):
        actions.request(Wish(TUESDAY.moved(number * DAY), ("seat-1",)), by=ben, at=NOW)

    found = preview(wish(rrule="FREQ=DAILY;COUNT=80"), by=ada, at=NOW).options

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
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_was_previewed_is_what_is_booked(lab, ada, ben, busy, start, things, ways):
    """From the Friday before the clocks change, with whatever is offered chosen date by date."""
    with transaction.atomic():
        first = hours("2026-03-27", f"{start:02}:00", f"{start + 2:02}:00")
        for number, hour, unit in busy:
            period = hours("2026-03-27", f"{hour:02}:00", f"{hour + 1:02}:00")
            _try(Wish(period.moved(number * DAY), (unit,)), by=ben)
        _book_what_is_offered(ada, wish(*things, period=first, rrule="FREQ=DAILY;COUNT=6"), ways)
        transaction.set_rollback(True)


def _book_what_is_offered(by, asked, ways):
    choices = {}
    for way, (day, offered) in zip(
        ways, preview(asked, by=by, at=NOW).options.items(), strict=False
    ):
        offers = [AnotherTime(each.start) for each in offered.times] + [LeaveOut()]
        offers += [offered.equal] if offered.equal else []
        choices[day] = offers[way % len(offers)]
    asked = Wish(**_fields(asked), choices=choices)
    seen = preview(asked, by=by, at=NOW)

    if not seen.booked:
        assert not seen.ok
        return
    assert seen.ok
    made = [(each.period, [a.resource for a in each.named]) for each in ask(by, asked)]
    assert made == [(each.period, list(each.named)) for each in seen.booked]


def _try(asked, by):
    with suppress(BookingError), transaction.atomic():
        ask(by, asked)
