"""A calendar read again takes back what it takes back, and leaves everything else alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbooking.bookings import actions
from labbooking.bookings.actions.closures import reopen
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Closure
from labbooking.errors import Malformed, NotAllowed, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import Period
from tests.bookings.closures.calendars import NOW, case, closed, event, follow, found, ics
from tests.lab import berlin

pytestmark = pytest.mark.django_db
DAILY = "RRULE:FREQ=DAILY;COUNT=3"


def book(person, start, end, at=NOW, slug="board-1"):
    return actions.request(
        BookingSpec(Period(berlin(start), berlin(end)), (slug,)), by=person, at=at
    )


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (event("20270111", "u1", DAILY, "STATUS:Cancelled", "SEQUENCE:1"), []),
        (event("20270111", "u1", DAILY, "TRANSP:transparent"), []),
        (event("20270111", "u1", "RRULE:FREQ=DAILY;UNTIL=20270112"), ["01-11", "01-12"]),
        (event("20270111", "u1", DAILY, "EXDATE;VALUE=DATE:20270111,20270112,20270113"), []),
        (event("20270111", "u1", DAILY, "EXDATE:20270112"), ["01-11", "01-13"]),
        (event("20200111", "u1"), []),
        ("UID:u1\nSTATUS:CANCELLED\nDTSTART;TZID=Mars:20270111T100000", []),
    ],
    ids=[
        "cancelled",
        "transparent",
        "shortened",
        "all excluded",
        "one excluded",
        "long ago",
        "cancelled and else unreadable",
    ],
)
def test_what_a_file_takes_back_is_opened_again(lab, later, left):
    follow(lab["board-1"], ics(event("20270111", "u1", DAILY), event("20270201", "u2")))
    follow(lab["board-1"], ics(later, event("20270201", "u2")))
    assert closed() == [*left, "02-01"]


@pytest.mark.parametrize("second", ["j02", "j03"])
def test_cancelled_and_transparent_files_of_the_cases_lift(lab, second):
    follow(lab["board-1"], case("j01").read_bytes())
    follow(lab["board-1"], case(second).read_bytes())
    assert closed() == []
    assert Entry.objects.filter(kind="resource.reopened").count() == 1


def test_a_calendar_that_cancels_takes_back_all_its_events(lab):
    follow(lab["board-1"], ics(event()))
    follow(lab["board-1"], ics(event(), head="METHOD:CANCEL\n"))
    assert closed() == []


def test_what_was_taken_back_and_given_again_is_closed_again(lab):
    for written in (event(), event("20270111", "u1", "STATUS:CANCELLED"), event()):
        follow(lab["board-1"], ics(written))
    assert closed() == ["01-11"]


def test_events_without_uid_of_two_files_leave_each_other_alone(lab):
    for name in ("i79", "i80", "i79"):
        file = case(name)
        follow(lab["board-1"], file.read_bytes(), name=file.name)
    assert closed() == ["01-11", "01-12"]
    assert Closure.objects.count() == 2


def test_an_event_without_uid_is_taken_back_by_its_own_file(lab):
    written = "SUMMARY:A\nDTSTART;VALUE=DATE:20270111"
    follow(lab["board-1"], ics(written))
    follow(lab["board-1"], ics(f"{written}\nSTATUS:CANCELLED"))
    assert closed() == []


def test_an_event_that_cannot_be_read_any_more_takes_nothing_back(lab):
    follow(lab["board-1"], ics(event()))
    follow(lab["board-1"], ics(event("20271399")), only_what_fits=True)
    assert closed() == ["01-11"]


@pytest.mark.parametrize("name", ["i02", "i13", "i19", "i50", "i79"])
def test_importing_twice_changes_nothing(lab, name):
    data = case(name).read_bytes()
    follow(lab["board-1"], data)
    before = list(Closure.objects.values_list("pk", "key")), Entry.objects.count()
    done = follow(lab["board-1"], data, at=NOW.replace(hour=10))
    assert (done.closed, done.reopened) == (0, 0)
    assert before == (list(Closure.objects.values_list("pk", "key")), Entry.objects.count())


def test_what_staff_lifted_by_hand_stays_lifted_also_where_other_dates_change(lab, sam):
    follow(lab["board-1"], ics(event("20270111", "u1", DAILY)))
    reopen(Closure.objects.order_by("starts_at")[1].pk, by=sam, at=NOW)
    follow(lab["board-1"], ics(event("20270111", "u1", "RRULE:FREQ=DAILY;COUNT=4")))
    assert closed() == ["01-11", "01-13", "01-14"]


def test_the_past_is_left_alone(lab, ada):
    book(ada, "2026-11-17 13:00", "2026-11-17 14:00", at=berlin("2026-11-16 09:00"))
    follow(lab["board-1"], case("p01").read_bytes())
    assert closed() == ["07-12"]


def test_of_what_has_begun_the_rest_is_closed(lab, ada):
    book(ada, "2026-11-30 08:00", "2026-11-30 08:30", at=berlin("2026-11-29 09:00"))
    running = "UID:u1\nSUMMARY:Case\nDTSTART:20261130T080000\nDTEND:20261130T180000"
    follow(lab["board-1"], ics(running))
    assert Closure.objects.get().starts_at == NOW
    assert follow(lab["board-1"], ics(running), at=NOW.replace(hour=11)).known == 1


def test_a_title_nobody_may_read_is_closed_in_both_languages(lab):
    follow(lab["board-1"], case("i19").read_bytes())
    closure = Closure.objects.get()
    assert (closure.reason_de, closure.reason_en) == ("Geschlossen", "Closed")
    assert not Entry.objects.filter(data__icontains="Zahnarzt").exists()


def test_nothing_comes_in_or_only_what_fits(lab, ada):
    book(ada, "2027-01-12 10:00", "2027-01-12 11:00")
    data = ics(event("20271399", "bad"), event("20270112", "booked"), event("20270113", "good"))
    with pytest.raises(Malformed, match="Line 4, “Case”"):
        follow(lab["board-1"], data)
    assert closed() == []
    done = follow(lab["board-1"], data, only_what_fits=True)
    assert closed() == ["01-13"]
    assert len(done.left_out) == 2


def test_the_date_that_bookings_stand_in_the_way_of_is_named(lab, ada):
    book(ada, "2027-01-12 10:00", "2027-01-12 11:00", slug="seat-1")
    with pytest.raises(SlotTaken, match=r"Case, .*12 Jan.*1 booking"):
        follow(lab["workspace"], ics(event("20270112")))


def test_only_staff_and_the_house_itself_follow_a_calendar(lab, ada, sam):
    with pytest.raises(NotAllowed):
        follow(lab["board-1"], ics(event()), by=ada)
    follow(lab["board-1"], ics(event()), by=sam)
    assert Closure.objects.get().made_by == sam


def test_a_plan_that_has_become_another_is_not_carried_out(lab):
    with pytest.raises(WrongState):
        follow(lab["board-1"], ics(event()), seen="another")
    assert closed() == []


def test_parts_are_closed_along_and_overlapping_dates_take_turns(lab):
    data = ics(event("20270111", "u1", "DURATION:P3D"), event("20270112", "u2", "DURATION:P4D"))
    follow(lab["workspace"], data)
    longer = Closure.objects.order_by("starts_at").last()
    assert longer.allocations.filter(resource=lab["seat-1"]).count() == 2
    follow(lab["workspace"], ics(event("20270111", "u1", "STATUS:CANCELLED")))
    assert longer.allocations.filter(active=True, resource=lab["seat-1"]).count() == 2
    assert not longer.allocations.filter(active=False).exists()


def test_five_hundred_uids_come_in_and_are_taken_back_in_few_statements(lab, ada):
    """Not one for each event, nor one that grows deeper with each."""
    days = [(n // 28 + 1, n % 28 + 1) for n in range(300)]
    names = [(f"2027{month:02}{day:02}", f"u{n}") for n, (month, day) in enumerate(days)]
    names += [(each, f"{uid}-too") for each, uid in names]
    with CaptureQueriesContext(connection) as coming:
        follow(lab["board-1"], ics(*(event(*each) for each in names)))
    assert len(closed()) == 600
    with CaptureQueriesContext(connection) as going:
        follow(lab["board-1"], ics(*(event(*each, "STATUS:CANCELLED") for each in names)))
    assert closed() == []
    assert len(coming) < 80
    # What waited below another closure takes its place date by date.
    assert len(going) < 80 + 300 * 3


def test_ten_thousand_events_are_read_within_bounds():
    names = ((f"20{n % 80 + 10}{n % 12 + 1:02}{n % 28 + 1:02}", f"u{n}") for n in range(10_000))
    file = found(ics(*(event(*each) for each in names)))
    assert len(file.uids) == 10_000
    assert 0 < len(file.dates) < 1_000
