"""Small calendars of every kind that came in wrong once, and what is right for each."""

import pytest

from tests.bookings.closures.calendars import case, found, times

BASE = "2027-01-11 10:00/12:00"


def days(*starts, hours="10:00/12:00"):
    return [f"2027-{each} {hours}" for each in starts]


DATES = [
    ("i01", days("01-11", "01-18", "01-25")),
    ("i02", days("01-11", "01-18", "02-03")),
    (
        "k04",
        [
            "2027-01-11 00:00/2027-01-12 00:00",
            "2027-02-01 00:00/2027-02-02 00:00",
            "2027-02-15 00:00/2027-02-16 00:00",
        ],
    ),
    (
        "i25",
        [
            *days("03-01", "03-08", hours="16:00/18:00"),
            *days("03-15", "03-22", hours="15:00/17:00"),
            *days("03-29", "04-05", hours="16:00/18:00"),
        ],
    ),
    ("i31", days("01-11", hours="08:00/10:00")),
    ("j51", days("01-11", hours="16:00/18:00")),
    ("k14", days("01-11", hours="16:00/18:00")),
    ("i05", days("01-11", "01-25", "02-01")),
    ("k05", days("01-11", "01-25", "02-01")),
    (
        "i08",
        [
            "2027-01-11 00:00/2027-01-12 00:00",
            "2027-01-13 00:00/2027-01-14 00:00",
            "2027-01-14 00:00/2027-01-15 00:00",
        ],
    ),
    ("i12", [BASE, "2027-01-19 14:00/15:00", "2027-01-25 10:00/12:00"]),
    (
        "k06",
        [
            "2027-01-11 00:00/2027-01-12 00:00",
            "2027-01-19 00:00/2027-01-20 00:00",
            "2027-01-25 00:00/2027-01-26 00:00",
        ],
    ),
    ("i13", [*days("01-11", "01-18"), *days("01-25", "02-01", hours="14:00/15:00")]),
    ("i14", [BASE, "2027-01-19 14:00/15:00", "2027-01-25 10:00/12:00"]),
    ("i81", ["2027-01-11 14:00/15:00"]),
    ("j63", [BASE, "2027-01-20 14:00/15:00"]),
    ("i16", []),
    ("i17", []),
    ("j52", []),
    ("j02", []),
    ("j03", []),
    ("i19", [BASE]),
    ("i57", ["2026-12-24 00:00/2026-12-25 00:00"]),
    ("k47", []),
    ("i49", days("01-11", "01-18")),
    (
        "i50",
        [
            "2027-01-11 10:00/12:00",
            "2027-01-11 14:00/16:00",
            "2027-01-12 10:00/12:00",
            "2027-01-12 14:00/16:00",
        ],
    ),
    ("i62", ["2027-03-27 12:00/2027-03-28 13:00"]),
    ("i61", ["2027-03-27 12:00/2027-03-28 12:00"]),
    ("j16", ["2027-03-28 03:30/04:30"]),
    ("j46", ["2027-01-11 00:00/2027-01-12 00:00"]),
    ("j48", days("01-11", hours="11:00/13:00")),
    ("i44", days("01-11", "01-12", "01-19")),
    ("i67", ["2027-01-11 00:00/2027-01-12 00:00"]),
    ("i54", days("01-11", "01-18", "01-25", "02-01")),
    ("j57", [BASE]),
    ("i93", [BASE]),
    ("i10", [BASE, "2027-01-19 14:00/15:00", "2027-01-25 10:00/12:00"]),
    ("i11", days("01-11", "01-25")),
    ("i20", [BASE]),
    ("i27", days("01-11", hours="08:00/10:00")),
    ("i30", days("01-11", hours="16:00/18:00")),
    ("i36", days("01-11", "01-18", "01-25")),
    ("i45", days("01-11", "01-29", "02-26")),
    ("p01", days("07-12")),
    ("i79", [BASE]),
    ("i80", days("01-12")),
    ("j01", [BASE]),
]
REFUSED = [
    ("i23", "“Custom Zone 7” is not known"),
    ("k11", "“PST” is not known"),
    ("k25", "its repeat rule cannot be read"),
    ("i71", "it ends before it starts"),
    ("i73", "this is not a time: 2027-02-01"),
    ("i77", "it does not say when it starts"),
    ("j66", "only the years from 1901 to 2998 can be named"),
]


@pytest.mark.parametrize(("name", "expected"), DATES)
def test_the_dates_of_a_calendar(name, expected):
    file = case(name).read_bytes()
    assert times(file) == expected
    assert not found(file).unreadable


@pytest.mark.parametrize(("name", "why"), REFUSED)
def test_what_cannot_be_followed_is_named_with_title_and_line_in_words(name, why):
    (remark,) = found(case(name).read_bytes()).unreadable
    assert str(remark).startswith("Line 4, “Case”: ")
    assert why in remark.why


def test_what_fits_comes_in_beside_what_cannot_be_read():
    assert [each.summary for each in found(case("i71").read_bytes()).dates] == ["Good"]


def test_an_endless_old_series_comes_in_for_the_time_that_can_be_booked():
    dates = times(case("i55").read_bytes())
    assert dates[0] == "2026-11-30 12:00/12:30"
    assert len(dates) == 366


def test_exrule_is_said_to_be_ignored():
    (remark,) = found(case("i54").read_bytes()).ignored
    assert "EXRULE" in str(remark)


def test_what_is_private_is_told_to_nobody():
    (date,) = found(case("i19").read_bytes()).dates
    assert date.summary == ""


def test_letters_of_old_programs_are_read():
    (date,) = found(case("i93").read_bytes()).dates
    assert date.summary == "Prüfung"
