"""What a calendar may say beside the cases: zones, rules, bounds, and files that are none."""

import time

import pytest

from labbooking.bookings.closures.calendar_file import reader
from labbooking.errors import Malformed
from tests.bookings.closures.calendars import event, found, ics, times

TEN = "DTSTART{zone}:20270111T100000"


def one(*lines, head=""):
    return ics("\n".join(["UID:u1", "SUMMARY:Case", *lines]), head=head)


def at_ten(zone, head=""):
    name = f";TZID={zone}" if zone else ""
    return times(one(f"DTSTART{name}:20270711T100000", "DURATION:PT1H", head=head))


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("/mozilla.org/20050126_1/America/New_York", "16"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "16"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', "10"),
        ("Romance Standard Time", "10"),
        ("UTC-5", "17"),
        ("utc", "12"),
    ],
)
def test_names_of_zones_are_resolved_as_far_as_they_are_sure(zone, hour):
    assert at_ten(zone) == [f"2027-07-11 {hour}:00/{int(hour) + 1}:00"]


@pytest.mark.parametrize(
    "zone", ["Mars", "IST", '"(GMT-05:00) Amsterdam, Berlin"', '"(GMT+01:00) Home"', "GMT+99x"]
)
def test_a_zone_nobody_can_be_sure_about_is_refused_by_its_name(zone):
    (remark,) = found(one(f"DTSTART;TZID={zone}:20270711T100000", "DURATION:PT1H")).unreadable
    assert zone.strip('"') in remark.why


def test_a_zone_of_the_file_that_could_be_searched_for_ever_is_refused():
    zone = "BEGIN:VTIMEZONE\nTZID:Loop\nBEGIN:STANDARD\nDTSTART:16010101T020000\n"
    zone += "TZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRRULE:FREQ=SECONDLY\n"
    zone += "END:STANDARD\nEND:VTIMEZONE\n"
    (remark,) = found(
        one("DTSTART;TZID=Loop:20270711T100000", "DURATION:PT1H", head=zone)
    ).unreadable
    assert "Loop" in remark.why


def test_a_zone_of_the_file_that_cannot_be_read_is_refused_also_as_the_calendars_own():
    zone = "BEGIN:VTIMEZONE\nTZID:Broken\nBEGIN:STANDARD\nDTSTART:16010101T020000\n"
    zone += "TZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nRRULE;X:FREQ=YEARLY\n"
    zone += "END:STANDARD\nEND:VTIMEZONE\n"
    assert at_ten("", f"X-WR-TIMEZONE:Broken\n{zone}") == ["2027-07-11 10:00/11:00"]


def test_what_is_ignored_anyway_need_not_be_readable():
    broken = one("DTSTART:20270711T100000", "DURATION:PT1H", "EXRULE;X:FREQ=DAILY")
    assert times(broken) == ["2027-07-11 10:00/11:00"]


def test_parts_inside_each_other_without_end_are_no_calendar():
    deep = 9
    with pytest.raises(Malformed):
        found(ics(event(), head="BEGIN:X\n" * deep + "END:X\n" * deep))


def test_times_without_a_zone_are_those_the_calendar_names_for_itself():
    assert at_ten("", "X-WR-TIMEZONE:America/New_York\n") == ["2027-07-11 16:00/17:00"]
    assert at_ten("", "X-WR-TIMEZONE:Nowhere\n") == ["2027-07-11 10:00/11:00"]


def test_a_series_in_utc_keeps_utc_unless_the_calendar_names_its_own_zone():
    lines = ("DTSTART:20270325T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert [each[11:16] for each in times(one(*lines))] == ["11:00", "12:00"]
    own = "X-WR-TIMEZONE:Europe/Berlin\n"
    assert [each[11:16] for each in times(one(*lines, head=own))] == ["11:00", "11:00"]


def test_what_is_added_may_have_a_length_of_its_own():
    added = "RDATE;VALUE=PERIOD:20270201T090000Z/PT3H,20270202T090000Z/20270202T100000Z"
    lines = ("DTSTART:20270111T090000Z", "DURATION:PT1H", added)
    assert times(one(*lines))[1:] == ["2027-02-01 10:00/13:00", "2027-02-02 10:00/11:00"]


def test_a_changed_date_in_another_zone_and_of_another_kind():
    series = event("20270111", "u1", "RRULE:FREQ=DAILY;COUNT=3")
    changed = (
        "UID:u1\nRECURRENCE-ID;VALUE=DATE:20270112\n"
        "DTSTART;TZID=America/New_York:20270112T040000\nDURATION:PT1H"
    )
    assert times(ics(series, changed))[1] == "2027-01-12 10:00/11:00"


def test_a_series_that_is_cancelled_takes_its_changed_dates_along():
    series = event("20270111", "u1", "RRULE:FREQ=DAILY;COUNT=3", "STATUS:CANCELLED")
    assert times(ics(series, event("20270113", "u1", "RECURRENCE-ID;VALUE=DATE:20270112"))) == []


def test_events_that_share_a_uid_without_an_order_all_count():
    assert len(times(ics(event("20270111"), event("20270113")))) == 2


def test_an_alarm_inside_an_event_is_not_the_event():
    alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nDURATION:PT5M\nSUMMARY:Ring\nEND:VALARM"
    (date,) = found(ics(event("20270111", "u1", alarm))).dates
    assert (date.summary, date.period.length.days) == ("Case", 1)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3",
        "FREQ=WEEKLY;INTERVAL=52;BYMONTH=6",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYWEEKNO=60;BYDAY=MO",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7;BYMINUTE=0,10,20,30",
        "FREQ=DAILY;BYHOUR=99",
        "FREQ=DAILY;BYHOUR=9;BYMINUTE=0,1",
    ],
)
@pytest.mark.parametrize("start", ["00010101", "19800101", "20270111"])
def test_a_rule_that_names_no_day_or_too_many_is_refused_soon(rule, start):
    began = time.process_time()
    file = found(ics(event(start, "u1", f"RRULE:{rule}")))
    assert time.process_time() - began < 1
    assert len(file.unreadable) == 1 or len(file.dates) <= 500


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        ("FREQ=DAILY;COUNT=20000", 366),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=60000", 262),
        ("FREQ=WEEKLY;INTERVAL=2", 26),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", 12),
        ("FREQ=DAILY;BYMONTH=12;BYMONTHDAY=24,25,26", 3),
        ("FREQ=DAILY;UNTIL=20261202", 3),
        ("FREQ=DAILY;UNTIL=20201202", 0),
        ("FREQ=DAILY;COUNT=5", 0),
    ],
)
def test_of_an_old_series_only_what_is_ahead_counts(rule, dates):
    assert len(times(ics(event("20040105", "u1", f"RRULE:{rule}")))) in {dates, dates + 1}


def test_a_long_event_of_an_old_series_that_is_still_on_comes_in():
    series = event("20240101", "u1", "DURATION:P40D", "RRULE:FREQ=YEARLY;BYMONTH=11")
    assert times(ics(series))[0] == "2026-11-01 00:00/2026-12-11 00:00"


def test_more_dates_than_anybody_closes_are_refused_for_event_and_file(monkeypatch):
    twice = event("20261201", "u1", "RRULE:FREQ=DAILY;BYHOUR=9,17")
    assert "more than 500 dates" in found(ics(twice)).unreadable[0].why
    monkeypatch.setattr(reader, "MOST_IN_ALL", 400)
    daily = [event("20261201", f"u{n}", "RRULE:FREQ=DAILY") for n in range(2)]
    with pytest.raises(Malformed, match="400"):
        found(ics(*daily))


def test_what_is_wrong_with_the_past_is_left_alone():
    past = "UID:old\nDTSTART;TZID=Mars:20200102T100000\nDTEND;TZID=Mars:20200101T100000"
    file = found(ics(past, event()))
    assert not file.unreadable
    assert len(file.dates) == 1


@pytest.mark.parametrize(
    "data",
    [b"BEGIN:VCALENDAR", b"hello", b"END:VCALENDAR\r\nBEGIN:VCALENDAR", b"\x81\x8d" * 9],
)
def test_what_is_no_calendar_is_refused_by_its_line(data):
    with pytest.raises(Malformed, match="line 1"):
        found(data)


def test_of_two_repeat_rules_none_is_chosen_in_silence():
    rules = "RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2"
    (remark,) = found(ics(event("20270111", "u1", rules))).unreadable
    assert "more than one" in remark.why


def test_what_a_calendar_says_of_itself_may_be_faulty():
    faulty = "METHOD;x:CANCEL\nX-WR-TIMEZONE;y:Mars\nCALSCALE;z:?\n"
    zone = "BEGIN:VTIMEZONE\nTZID;x:Loop\nEND:VTIMEZONE\n"
    assert len(found(ics(event(), head=faulty + zone)).dates) == 1


def test_a_calendar_that_counts_otherwise_is_refused():
    with pytest.raises(Malformed, match="Gregorian"):
        found(ics(event(), head="CALSCALE:HEBREW\n"))


@pytest.mark.parametrize(
    ("written", "told"),
    [("a\\, b\\; c\\nd", "a, b; c d"), ("a\x07b\x1b[0m", "a b [0m"), ("x" * 900, "x" * 200)],
)
def test_a_title_is_one_short_line(written, told):
    (date,) = found(ics(event(summary=written))).dates
    assert date.summary == told


@pytest.mark.parametrize("excluded", ["20270111T230000Z", "20270112T000000Z", "20270112"])
def test_a_day_is_excluded_by_its_name_or_its_first_moment(excluded):
    series = event("20270111", "u1", "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{excluded}")
    assert [each[:10] for each in times(ics(series))] == ["2027-01-11", "2027-01-13"]
