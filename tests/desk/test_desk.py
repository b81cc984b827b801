"""The desk: who is expected, what is out and late, handing over and taking back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.states import State
from labbooking.desk.day import Place, line, sections
from labbooking.desk.queries import bookings_on
from labbooking.period import Period, local_day
from tests.lab import BERLIN, berlin

DAY = berlin("2027-01-12 00:00")
NOON = berlin("2027-01-12 12:00")
TODAY = local_day(DAY.date(), BERLIN)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def booked(person, thing, start, end, state=State.APPROVED, **more):
    """A booking in a state, whatever way it came there; times are instants."""
    times = {"starts_at": start, "ends_at": end}
    booking = Booking.objects.create(
        person=person, made_by=person, requested_at=start - 48 * HOUR, state=state, **times, **more
    )
    Allocation.objects.create(
        booking=booking,
        resource=thing,
        rules=thing.type.rules,
        guarded_from=start,
        guarded_until=end,
        active=state in {State.APPROVED, State.IN_USE, State.REQUESTED},
        **times,
    )
    return booking


def on_the_day(at=NOON, day=TODAY):
    """What the desk shows: pairs of a section's title and the things in it."""
    return [
        (section.title, [each.booking.named[0].resource.slug for each in section.lines])
        for section in sections(bookings_on(day, at), day, at)
    ]


def test_what_is_wrong_comes_first_and_each_booking_stands_once(lab, ada, ben):
    booked(ada, lab["ar-headset-1"], DAY + 8 * HOUR, DAY + 11 * HOUR, State.IN_USE)
    booked(ada, lab["ar-headset-2"], DAY + 11 * HOUR, DAY + 14 * HOUR)
    booked(ben, lab["ar-headset-3"], DAY + 14 * HOUR, DAY + 16 * HOUR)
    booked(ben, lab["telepresence-1"], DAY + 9 * HOUR, DAY + 18 * HOUR, State.IN_USE)
    booked(ben, lab["studio-1"], DAY - 9 * HOUR, DAY + 83 * HOUR, State.IN_USE)
    back = {"checked_out_at": DAY + 10 * HOUR}
    booked(ben, lab["seat-1"], DAY + 8 * HOUR, DAY + 12 * HOUR, State.COMPLETED, **back)
    booked(ben, lab["seat-2"], DAY + 8 * HOUR, DAY + 13 * HOUR, State.NO_SHOW)
    assert on_the_day() == [
        ("Overdue", ["ar-headset-1"]),
        ("Expected", ["ar-headset-2", "ar-headset-3"]),
        ("Due back", ["telepresence-1"]),
        ("In use", ["studio-1"]),
        ("Done", ["seat-1", "seat-2"]),
    ]


def test_other_days_and_what_is_not_confirmed_stay_out(lab, ada):
    booked(ada, lab["seat-1"], DAY - 4 * HOUR, DAY - 2 * HOUR, State.NO_SHOW)
    booked(ada, lab["seat-2"], DAY + 24 * HOUR, DAY + 26 * HOUR)
    booked(ada, lab["seat-3"], DAY + 14 * HOUR, DAY + 15 * HOUR, State.REQUESTED)
    booked(ada, lab["seat-4"], DAY + 14 * HOUR, DAY + 15 * HOUR, State.CANCELLED)
    assert on_the_day() == []


def test_who_should_have_come_yesterday_for_longer_is_expected_today(lab, ada):
    booked(ada, lab["studio-1"], DAY - 9 * HOUR, DAY + 83 * HOUR)
    assert on_the_day() == [("Expected", ["studio-1"])]


def test_another_day_shows_who_arrives_and_what_goes_back_then(lab, ada):
    booked(ada, lab["studio-1"], DAY - 9 * HOUR, DAY + 35 * HOUR, State.IN_USE)
    booked(ada, lab["studio-2"], DAY + 15 * HOUR, DAY + 35 * HOUR)
    booked(ada, lab["seat-1"], DAY + 34 * HOUR, DAY + 36 * HOUR)
    tomorrow = local_day((DAY + 30 * HOUR).date(), BERLIN)
    assert on_the_day(day=tomorrow) == [
        ("Expected", ["seat-1"]),
        ("Due back", ["studio-1", "studio-2"]),
    ]


@pytest.mark.parametrize(
    ("state", "start", "end", "words", "late", "act"),
    [
        (State.APPROVED, 14, 16, "Expected at 14:00.", False, "check-in"),
        (State.APPROVED, 11, 16, "Expected at 11:00, 1 hour ago.", True, "check-in"),
        (State.COMPLETED, 9, 11, "Nobody checked in, and the time is over.", True, ""),
        (State.APPROVED, 9, 11, "Nobody checked in, and the time is over.", True, ""),
        (State.IN_USE, 9, 14, "Due back at 14:00.", False, "check-out"),
        (State.IN_USE, 9, 11, "Was due back at 11:00, 1 hour ago.", True, "check-out"),
        (State.IN_USE, -9, 59, "Due back at Thu 14 Jan, 11:00.", False, "check-out"),
        (
            State.IN_USE,
            -9,
            -2,
            "Was due back at Mon 11 Jan, 22:00, 14 hours ago.",
            True,
            "check-out",
        ),
        (State.NO_SHOW, 9, 11, "Nobody came.", False, ""),
    ],
)
def test_each_line_says_what_is_expected_and_what_is_late(
    lab, ada, state, start, end, words, late, act
):
    booked(ada, lab["seat-1"], DAY + start * HOUR, DAY + end * HOUR, state)
    (booking,) = bookings_on(TODAY, NOON) or Booking.objects.all()
    told = line(booking, TODAY, NOON)
    assert (told.words, told.late, told.act) == (words, late, act)


def test_nothing_is_handed_over_on_another_day_than_today(lab, ada):
    booked(ada, lab["seat-1"], DAY + 14 * HOUR, DAY + 16 * HOUR)
    (booking,) = bookings_on(TODAY, DAY - HOUR)
    told = line(booking, TODAY, DAY - HOUR)
    assert (told.place, told.act) == (Place.ARRIVALS, "")


# The page itself knows only the real time.


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


@pytest.fixture
def expected(lab, ada, now):
    """A headset that Ada may collect now."""
    return booked(ada, lab["ar-headset-1"], now - timedelta(minutes=1), now + HOUR)


@pytest.fixture
def desk(signed_in, sam):
    return signed_in(sam)


def test_staff_hand_over_and_take_back(desk, expected):
    page = desk.get("/desk/")
    assert page.status_code == 200
    assert "Ada" in page.content.decode()
    answer = desk.post(f"/desk/{expected.pk}/check-in/", {"day": ""}, follow=True)
    assert answer.redirect_chain == [("/desk/", 302)]
    assert "Ada has it now." in answer.content.decode()
    expected.refresh_from_db()
    assert expected.state == State.IN_USE
    desk.post(f"/desk/{expected.pk}/check-out/")
    expected.refresh_from_db()
    assert expected.state == State.COMPLETED


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_after_an_act_the_lists_are_made_anew_and_it_can_be_taken_back(desk, expected, headers):
    address = f"/desk/{expected.pk}/check-in/"
    page = desk.post(address, headers=headers, follow=True)
    assert page.status_code == 200
    (section,) = page.context["sections"]
    assert section.title in {"Due back", "In use"}  # it may be due back after midnight
    assert [(each.booking.pk, each.act) for each in section.lines] == [(expected.pk, "check-out")]
    assert "Ada has it now." in page.content.decode()

    back = desk.post(page.context["undo"]["url"], follow=True)

    assert back.redirect_chain == [("/desk/", 302)]
    assert [each.title for each in back.context["sections"]] == ["Expected"]
    assert back.context["undo"] is None


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_too_early_is_refused_in_its_row_and_a_reason_sets_it_aside(desk, lab, ada, now, headers):
    start = now + timedelta(hours=5)
    booking = booked(ada, lab["ar-headset-1"], start, start + HOUR)
    day = start.astimezone(BERLIN).date().isoformat()
    url = f"/desk/{booking.pk}/check-in/"
    answer = desk.post(url, {"day": day}, headers=headers)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Check-in opens at" in page
    assert re.search(r'name="reason"', page)
    booking.refresh_from_db()
    assert booking.state == State.APPROVED
    desk.post(url, {"day": day, "reason": "She is here already."}, headers=headers)
    booking.refresh_from_db()
    assert booking.state == State.IN_USE


def test_what_nobody_can_set_aside_asks_for_no_reason(desk, lab, ada, ben, expected, now):
    start = now - 3 * HOUR
    booked(ben, lab["ar-headset-1"], start, start + HOUR, State.IN_USE)
    answer = desk.post(f"/desk/{expected.pk}/check-in/")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "has not been brought back yet" in page
    assert 'name="reason"' not in page


def test_a_second_staff_member_is_told_what_happened_meanwhile(desk, expected, kim, now):
    actions.check_in(expected.pk, by=kim, at=now)
    answer = desk.post(f"/desk/{expected.pk}/check-in/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "That is no longer possible. The booking is: in use." in answer.content.decode()


def test_the_desk_goes_back_to_the_day_it_came_from(desk, expected, now):
    day = now.astimezone(BERLIN).date().isoformat()
    answer = desk.post(f"/desk/{expected.pk}/check-in/", {"day": day})
    assert answer.headers["Location"] == f"/desk/?day={day}"


def test_a_day_is_shown_with_the_days_beside_it(desk, lab, ada):
    booked(ada, lab["seat-1"], DAY + 10 * HOUR, DAY + 12 * HOUR)
    page = desk.get("/desk/?day=2027-01-12").content.decode()
    assert "Tuesday 12 January" in page
    assert "Seat 1" in page
    assert "?day=2027-01-11" in page
    assert "?day=2027-01-13" in page


def test_a_day_that_does_not_exist_is_told_and_today_is_shown(desk):
    for nonsense in ("2027-02-30", "yesterday", "0000-00-00"):
        answer = desk.get("/desk/", {"day": nonsense})
        assert answer.status_code == 400
        assert "There is no such day." in answer.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "3000-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_do_no_harm(desk, day):
    assert desk.get("/desk/", {"day": day}).status_code == 400


def test_an_empty_day_says_who_comes_next(desk, lab, ada):
    assert "Confirmed bookings appear here" in desk.get("/desk/?day=2027-01-05").content.decode()
    booked(ada, lab["seat-1"], DAY + 10 * HOUR, DAY + 12 * HOUR)
    page = desk.get("/desk/?day=2027-01-05").content.decode()
    assert "Next comes Ada: Seat 1, Tue 12 Jan" in page
    assert "?day=2027-01-12" in page


def test_requests_that_wait_are_counted_a_series_once(desk, lab, ada, now):
    assert "for an answer" not in desk.get("/desk/").content.decode()
    period = Period(DAY + 10 * HOUR, DAY + 12 * HOUR)
    spec = BookingSpec(period, ("ar-headset-1",), rrule="FREQ=WEEKLY;COUNT=3")
    actions.request(spec, by=ada, at=DAY - 120 * HOUR)
    actions.request(BookingSpec(period, ("ar-headset-2",)), by=ada, at=DAY - 120 * HOUR)
    page = desk.get("/desk/").content.decode()
    assert "2 requests are waiting for an answer." in page
    assert 'href="/approvals/"' in page


def test_many_rows_cost_as_many_queries_as_one(desk, lab, ada, ben):
    def queries_for(slugs):
        for slug in slugs:
            booked(ada, lab[slug], DAY + 10 * HOUR, DAY + 12 * HOUR)
        with CaptureQueriesContext(connection) as queries:
            page = desk.get("/desk/?day=2027-01-12").content.decode()
        assert page.count('<li class="row') == Booking.objects.count()
        return len(queries)

    assert queries_for(["seat-1"]) == queries_for(["seat-2", "studio-1", "ar-headset-1"])


@pytest.mark.parametrize("role", ["ada", "rui", "admin"])
def test_the_desk_does_not_exist_for_others(request, signed_in, expected, role):
    client = signed_in(request.getfixturevalue(role))
    assert client.get("/desk/").status_code == 404
    assert client.post(f"/desk/{expected.pk}/check-in/").status_code == 404
    assert client.post(f"/desk/{expected.pk}/check-out/").status_code == 404
    expected.refresh_from_db()
    assert expected.state == State.APPROVED


def test_who_is_not_signed_in_is_asked_to(client, expected):
    for answer in (client.get("/desk/"), client.post(f"/desk/{expected.pk}/check-in/")):
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith("?next=/desk/")


def test_nothing_changes_by_looking_and_what_is_not_there_is_not_there(desk, expected):
    assert desk.get(f"/desk/{expected.pk}/check-in/").status_code == 405
    assert desk.post("/desk/999999/check-in/").status_code == 404
