"""Who is next: a pure question over days, weeks and what a studio has."""

from datetime import date, timedelta

from labbooking.residencies.offers.reserve import FreePlace, OnReserve, next_in_line, why_not

PLACE = FreePlace(date(2027, 4, 5), date(2027, 5, 31), frozenset({"ground_floor"}))
FITS = OnReserve(1, date(2027, 4, 5), date(2027, 5, 31), 8, 8, frozenset({"ground_floor"}))


def other(**what):
    return OnReserve(**{name: getattr(FITS, name) for name in FITS.__slots__} | what)


def test_the_first_of_the_list_who_could_come_is_next_and_the_order_stays():
    late = other(application=2, earliest=date(2027, 4, 6))
    anybody = OnReserve(3)
    assert next_in_line(PLACE, [late, anybody, FITS]) == [anybody, FITS]
    assert next_in_line(PLACE, []) == []


def test_whatever_stands_against_somebody_is_told_at_once():
    assert why_not(PLACE, FITS) == []
    wrong = other(latest=date(2027, 5, 30), weeks_min=9, needs=frozenset({"loud_allowed"}))
    assert why_not(PLACE, wrong) == [
        "They cannot come in those days.",
        "They need at least 9 weeks.",
        "The studio does not have what they need.",
    ]
    assert why_not(PLACE, other(weeks_max=7)) == ["They can stay at most 7 weeks."]


def test_a_last_week_that_ends_on_saturday_is_a_week():
    by_saturday = FreePlace(PLACE.arrive, PLACE.depart - timedelta(days=2), PLACE.features)
    by_friday = FreePlace(PLACE.arrive, PLACE.depart - timedelta(days=3), PLACE.features)
    assert why_not(by_saturday, FITS) == []
    assert why_not(by_friday, FITS) == ["They need at least 8 weeks."]
