"""Another calendar's events close a resource: every kind of date, once, and within bounds."""

import time
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command

from labbooking.bookings import actions
from labbooking.bookings.actions.closures import reopen
from labbooking.bookings.actions.import_calendar import import_events
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.closures.calendar_file.reader import read
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Closure
from labbooking.errors import Malformed, SlotTaken
from labbooking.period import Period
from tests.lab import BERLIN, berlin

NOW = berlin("2026-11-23 09:00")


def calendar(*events):
    lines = "\n".join(f"BEGIN:VEVENT\n{dedent(event).strip()}\nEND:VEVENT" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{lines}\nEND:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(start="20261201T100000", end="DTEND:20261201T120000", *more, uid="1"):
    start = start if ":" in start else f":{start}"
    return "\n".join([f"UID:{uid}", f"DTSTART{start}", end, "SUMMARY:Wartung", *more])


def hours(*events, at=NOW):
    file = read(calendar(*events), BERLIN, at=at)
    assert not file.unreadable, file.unreadable
    found = [each.period.local(BERLIN) for each in file.dates]
    return [f"{start:%m-%d %H:%M}/{end:%m-%d %H:%M}" for start, end in found]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("20261201T100000", "DTEND:20261201T120000", "12-01 10:00/12-01 12:00"),
        ("20261201T100000Z", "DTEND:20261201T120000Z", "12-01 11:00/12-01 13:00"),
        (
            ";TZID=America/New_York:20261201T100000",
            "DTEND;TZID=America/New_York:20261201T120000",
            "12-01 16:00/12-01 18:00",
        ),
        (";VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203", "12-01 00:00/12-03 00:00"),
        (";VALUE=DATE:20261201", "CLASS:PUBLIC", "12-01 00:00/12-02 00:00"),
        ("20261201T100000", "DURATION:PT90M", "12-01 10:00/12-01 11:30"),
        (";VALUE=DATE:20270328", "CLASS:PUBLIC", "03-28 00:00/03-29 00:00"),
    ],
    ids=["floating", "utc", "zone", "days", "one day", "duration", "day of the clock change"],
)
def test_every_way_to_write_a_time_is_understood(start, end, expected):
    assert hours(event(start, end)) == [expected]


@pytest.mark.parametrize("more", ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"])
def test_what_takes_no_time_closes_nothing(more):
    assert hours(event("20261201T100000", "DTEND:20261201T120000", more)) == []
    assert hours(event("20261201T100000", "CLASS:PUBLIC")) == []


def test_a_series_without_end_is_bounded_and_keeps_its_hour_across_the_clock_change():
    first = event(";TZID=Europe/Berlin:20261003T140000", "DURATION:PT3H", FIRST_SATURDAYS)
    found = hours(first, at=berlin("2026-10-01 09:00"))
    assert found[:3] == [
        "10-03 14:00/10-03 17:00",
        "11-07 14:00/11-07 17:00",
        "12-05 14:00/12-05 17:00",
    ]
    assert found[-1].startswith("09-04")
    assert len(found) == 12


FIRST_SATURDAYS = "RRULE:FREQ=MONTHLY;BYDAY=1SA"


def test_dates_taken_out_and_moved_dates_are_honoured():
    series = event(
        ";TZID=Europe/Berlin:20261201T100000",
        "DTEND;TZID=Europe/Berlin:20261201T120000",
        "RRULE:FREQ=DAILY;COUNT=4",
        "EXDATE;TZID=Europe/Berlin:20261202T100000",
    )
    moved = event(
        ";TZID=Europe/Berlin:20261203T150000",
        "DTEND;TZID=Europe/Berlin:20261203T160000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20261203T100000",
    )
    assert hours(series, moved) == [
        "12-01 10:00/12-01 12:00",
        "12-03 15:00/12-03 16:00",
        "12-04 10:00/12-04 12:00",
    ]


def test_the_last_day_of_a_series_counts():
    found = hours(event("20261201T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20261203"))
    assert [each[:5] for each in found] == ["12-01", "12-02", "12-03"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY;COUNT=100000",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "COUNT=3",
    ],
)
@pytest.mark.parametrize("start", ["20261201T100000", "19970101T100000", "00010101T100000"])
def test_any_repeat_rule_is_answered_quickly(rule, start):
    began = time.process_time()
    file = read(calendar(event(start, "DURATION:PT1H", f"RRULE:{rule}")), BERLIN, at=NOW)
    assert time.process_time() - began < 1
    assert len(file.dates) <= 500


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR",
    ],
    ids=["empty", "bytes", "cut off"],
)
def test_what_is_no_calendar_is_refused_in_words(data):
    with pytest.raises(Malformed):
        read(data, BERLIN, at=NOW)


@pytest.mark.parametrize(
    "written",
    [
        "UID:1\nSUMMARY:No start",
        event("20261301T100000"),
        event("20261201T100000", "DTEND:20261130T100000"),
        event("20261201T100000", "DTEND;VALUE=DATE:20261130"),
    ],
    ids=["no start", "month 13", "reversed", "mixed and reversed"],
)
def test_an_event_that_cannot_be_meant_is_named_with_its_line(written):
    (remark,) = read(calendar(written), BERLIN, at=NOW).unreadable
    assert remark.line == 4


@pytest.fixture
def ics(tmp_path):
    def write(*events):
        path = tmp_path / "events.ics"
        path.write_bytes(calendar(*events))
        return str(path)

    return write


def closed(resource, start="2026-12-01 00:00", end="2026-12-10 00:00"):
    period = Period(berlin(start), berlin(end))
    return [
        f"{each.booked.start.astimezone(BERLIN):%d %H:%M}"
        for each in busy([resource], period)[resource.pk]
        if each.kind == "closure"
    ]


def load(resource, *events, **options):
    found = read(calendar(*events), BERLIN, at=NOW)
    return import_events(found, resource, at=NOW, **options)


def test_the_command_closes_the_resource_and_a_second_time_changes_nothing(lab, ics, capsys):
    path = ics(event(), event("20261202T100000", "DURATION:PT1H", uid="2"))
    call_command("import_ics", path, resource="board-1")
    assert closed(lab["board-1"]) == ["01 10:00", "02 10:00"]
    call_command("import_ics", path, resource="board-1")
    assert Closure.objects.count() == 2
    assert Closure.objects.first().reason_de == "Wartung"
    assert closed(lab["telepresence-1"]) == []


def test_two_resources_may_follow_one_calendar(lab, ics):
    for slug in ("board-1", "telepresence-1"):
        call_command("import_ics", ics(event()), resource=slug)
        assert closed(lab[slug]) == ["01 10:00"]


def test_an_event_that_moved_moves_and_one_that_moved_back_too(lab):
    board = lab["board-1"]
    load(board, event(), event("20261205T100000", "DURATION:PT1H", uid="2"))
    done = load(board, event("20261203T100000", "DURATION:PT1H"))
    assert (done.closed, done.reopened) == (1, 1)
    assert closed(board) == ["03 10:00", "05 10:00"]
    load(board, event())
    assert closed(board) == ["01 10:00", "05 10:00"]


def test_what_staff_opened_again_stays_open(lab, sam):
    load(lab["board-1"], event())
    reopen(Closure.objects.get().pk, by=sam, at=NOW)
    load(lab["board-1"], event())
    assert closed(lab["board-1"]) == []


def test_bookings_stand_in_the_way_of_the_whole_import(lab, ada):
    period = Period(berlin("2026-12-01 11:00"), berlin("2026-12-01 12:00"))
    actions.request(BookingSpec(period, ("board-1",)), by=ada, at=NOW)
    other = event("20261202T100000", "DURATION:PT1H", uid="2")
    with pytest.raises(SlotTaken, match="Wartung"):
        load(lab["board-1"], other, event())
    assert not Closure.objects.exists()
    done = load(lab["board-1"], other, event(), only_what_fits=True)
    assert (done.closed, len(done.left_out)) == (1, 1)
    assert closed(lab["board-1"]) == ["02 10:00"]


def test_events_may_overlap_each_other(lab):
    load(lab["board-1"], event(), event("20261201T110000", "DURATION:PT3H", uid="2"))
    assert closed(lab["board-1"]) == ["01 10:00", "01 12:00"]
    assert Allocation.objects.filter(active=True).count() == 2


def test_the_command_names_what_cannot_be_read_and_later_imports_go_on(lab, ics, capsys):
    endless = event("20270111T100000", "DTEND:99991231T000000", uid="2")
    with pytest.raises(CommandError, match="Line 10, “Wartung”: only the years from 1901 to 2998"):
        call_command("import_ics", ics(event(), endless), resource="board-1")
    assert not Closure.objects.exists()
    call_command("import_ics", ics(event(), endless), "--only-what-fits", resource="board-1")
    assert "Line 10" in capsys.readouterr().out
    call_command("import_ics", ics(event(), endless), "--leave-out-booked", resource="board-1")
    assert closed(lab["board-1"]) == ["01 10:00"]


def test_unknown_resources_and_files_are_told(lab, ics, tmp_path):
    with pytest.raises(CommandError, match="board-9"):
        call_command("import_ics", ics(event()), resource="board-9")
    with pytest.raises(CommandError, match="nowhere"):
        call_command("import_ics", str(tmp_path / "nowhere.ics"), resource="board-1")
