"""What the board offers as free: exactly what the house rules would let somebody book."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from equipment.models import HouseRules
from labbooking.bookings.availability.free_times import Calendar, free_times, opening_hours
from labbooking.period import DAY, HOUR, Period

BERLIN = ZoneInfo("Europe/Berlin")
DAY_ONE = date(2027, 1, 12)
MINUTES = timedelta(minutes=1)


def at(text, day=DAY_ONE):
    return datetime.fromisoformat(f"{day} {text}").replace(tzinfo=BERLIN)


def period(start, end):
    return Period(at(start), at(end))


def rules(**fields):
    return HouseRules(**{"opening": [[["08:00", "22:00"]]] * 7, "smallest": 30 * MINUTES, **fields})


def free(of, *taken, now="00:00", days=(DAY_ONE,)):
    calendar = Calendar(of, BERLIN, taken)
    return free_times(calendar, opening_hours(of, BERLIN, days), days, at(now))


def stretches(*arguments, **options):
    return [each.period for each in free(*arguments, **options)]


def test_an_empty_day_is_free_in_its_opening_hours():
    assert stretches(rules()) == [period("08:00", "22:00")]


def test_a_usual_time_is_offered_first_and_never_more_than_the_rules_allow():
    assert free(rules())[0].offer == period("08:00", "10:00")
    assert free(rules(largest=HOUR))[0].offer == period("08:00", "09:00")


def test_ones_own_turnaround_must_fit_too():
    with_care = rules(turnaround_after=15 * MINUTES)
    taken = period("12:00", "14:15")
    assert stretches(with_care, taken) == [period("08:00", "11:45"), period("14:15", "22:00")]


def test_a_gap_shorter_than_the_smallest_booking_is_not_offered():
    taken = [period("08:00", "12:00"), period("12:15", "21:45")]
    assert stretches(rules(), *taken) == []


def test_the_step_that_is_running_may_still_be_booked_and_no_earlier_one():
    assert stretches(rules(), now="13:37") == [period("13:30", "22:00")]
    assert stretches(rules(), now="13:30") == [period("13:30", "22:00")]


def test_lead_time_and_horizon_are_kept():
    assert stretches(rules(lead_time=2 * HOUR), now="09:05") == [period("11:15", "22:00")]
    far = rules(horizon=DAY)
    assert stretches(far, now="09:00", days=(DAY_ONE + 2 * DAY,)) == []


def test_free_times_begin_and_end_on_the_step():
    assert stretches(rules(), period("08:00", "09:07"), period("20:50", "22:00")) == [
        period("09:15", "20:45")
    ]


def test_days_open_around_the_clock_are_one_stretch():
    always = rules(opening=[[["00:00", "24:00"]]] * 7)
    days = (DAY_ONE, DAY_ONE + DAY)
    assert stretches(always, days=days)[0].end == at("00:00", DAY_ONE + 2 * DAY)


NIGHTS = {"by_night": True, "arrival": time(15), "departure": time(11), "turnaround_after": DAY}


def test_nights_are_offered_one_by_one_from_arrival_to_departure():
    days = (DAY_ONE, DAY_ONE + DAY)
    assert stretches(rules(**NIGHTS), days=days) == [
        Period(at("15:00", day), at("11:00", day + DAY)) for day in days
    ]


def test_a_night_needs_its_turnover_day_before_the_next_guest():
    guest = Period(at("15:00", DAY_ONE + DAY), at("11:00", DAY_ONE + 4 * DAY))
    assert stretches(rules(**NIGHTS), guest) == []


def test_the_shortest_stay_must_fit():
    guest = Period(at("15:00", DAY_ONE + 3 * DAY), at("11:00", DAY_ONE + 5 * DAY))
    (night,) = free(rules(**NIGHTS, smallest_nights=1), guest)
    assert night.offer.length == 20 * HOUR
    assert free(rules(**NIGHTS, smallest_nights=3), guest) == ()


def test_a_night_that_has_begun_is_over():
    assert stretches(rules(**NIGHTS), now="15:01") == []
