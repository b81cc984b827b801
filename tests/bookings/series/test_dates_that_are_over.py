"""A running series: its dates that are over are left alone by every act, whatever its scope."""

import pytest
from django.utils import translation

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.undo_decision import undo_decision
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.preview import preview_move
from labbooking.errors import Refused, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR
from tests.bookings.deciding import states
from tests.bookings.series.weekly import NOW, ask, spec, told
from tests.lab import berlin

pytestmark = pytest.mark.django_db

RUNNING = berlin("2026-03-26 09:00")
"""The first two of four dates are over."""
BY_TIME = [False, True]
"""Whether the clock has closed them already."""


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def seats(lab, ada):
    return ask(ada, spec())


@pytest.fixture
def headsets(lab, ada):
    """It waits for an answer, longer than house rules have it."""
    dates = ask(ada, spec("ar-headset-1"))
    Booking.objects.update(hold_until=berlin("2026-04-01 09:00"))
    return dates


def entries(kind):
    found = Entry.objects.filter(kind=kind).order_by("data__starts_at")
    return [each.data["starts_at"][:10] for each in found]


def starts():
    return [day for day, _slug in told(Booking.objects.order_by("starts_at"))]


@pytest.mark.parametrize("closed", BY_TIME)
@pytest.mark.parametrize("named", [0, 3])
def test_all_dates_are_cancelled_that_are_left(seats, ada, closed, named):
    if closed:
        scheduled.tick(RUNNING)
    over = states(seats[:2])

    gone = actions.cancel(seats[named].pk, by=ada, at=RUNNING, scope=Scope.ALL)

    assert {each.pk for each in gone} == {each.pk for each in seats[2:]}
    assert states(seats) == [*over, "cancelled", "cancelled"]
    assert entries("booking.cancelled") == ["2026-03-31", "2026-04-07"]


@pytest.mark.parametrize("closed", BY_TIME)
@pytest.mark.parametrize("named", [0, 2])
def test_all_dates_are_moved_that_are_left(seats, ada, closed, named):
    if closed:
        scheduled.tick(RUNNING)
    to = seats[named].period.moved(HOUR)

    thought = preview_move(
        Booking.objects.get(pk=seats[named].pk), by=ada, at=RUNNING, to=to, scope=Scope.ALL
    )
    moved = move(seats[named].pk, by=ada, at=RUNNING, to=to, scope=Scope.ALL)

    assert [each.period for each in thought.dates] == [each.period for each in moved]
    assert starts() == ["03-17 10:00", "03-24 10:00", "03-31 11:00", "04-07 11:00"]
    assert entries("booking.moved") == ["2026-03-31", "2026-04-07"]


def test_staff_rewrite_nothing_that_took_place(seats, ada, sam):
    Booking.objects.update(self_service=True)
    actions.check_in(seats[0].pk, by=ada, at=seats[0].starts_at)
    scheduled.tick(RUNNING)

    actions.cancel(seats[1].pk, by=sam, at=RUNNING, reason="A leak.", scope=Scope.ALL)

    assert states(seats) == ["completed", "completed", "cancelled", "cancelled"]


def test_this_date_and_the_following_leave_what_is_over(seats, ada):
    gone = actions.cancel(seats[1].pk, by=ada, at=RUNNING, scope=Scope.FOLLOWING)

    assert [each.pk for each in gone] == [each.pk for each in seats[2:]]


def cancel(pk, by, at):
    actions.cancel(pk, by=by, at=at, reason="A leak.")


def move_away(pk, by, at):
    move(pk, by=by, at=at, to=spec().period.moved(30 * 24 * HOUR))


@pytest.mark.parametrize("who", ["ada", "sam"])
@pytest.mark.parametrize("act", [cancel, move_away])
def test_a_date_that_is_over_is_told_to_be(seats, request, sam, act, who):
    with pytest.raises(WrongState, match="This date is over"):
        act(seats[0].pk, request.getfixturevalue(who), RUNNING)

    assert states(seats) == ["approved"] * 4


def test_with_nothing_left_all_dates_are_none(seats, ada):
    with pytest.raises(WrongState, match="This date is over"):
        actions.cancel(seats[0].pk, by=ada, at=seats[-1].ends_at, scope=Scope.ALL)


def test_a_yes_to_all_is_to_the_dates_that_are_left(headsets, sam):
    done = actions.approve(headsets[0].pk, by=sam, at=RUNNING)

    assert {each.pk for each in done} == {each.pk for each in headsets[2:]}
    assert states(headsets) == ["requested", "requested", "approved", "approved"]
    with pytest.raises(Refused, match="already passed"):
        actions.approve(headsets[0].pk, by=sam, at=RUNNING, scope=Scope.ONE)


def test_a_no_a_question_and_its_answer_are_about_the_dates_that_are_left(headsets, ada, sam):
    actions.ask(headsets[3].pk, question="How many?", by=sam, at=RUNNING)
    actions.answer(headsets[0].pk, answer="Two.", by=ada, at=RUNNING)
    actions.decline(headsets[0].pk, by=sam, at=RUNNING, reason="Broken.")

    assert states(headsets) == ["requested", "requested", "declined", "declined"]
    for kind in ("asked", "answered", "declined"):
        assert entries(f"booking.{kind}") == ["2026-03-31", "2026-04-07"]
    undo_decision(headsets[3].pk, by=sam, at=RUNNING)
    assert states(headsets) == ["requested"] * 4
    assert entries("booking.reopened") == ["2026-03-31", "2026-04-07"]


def test_a_part_is_of_the_dates_that_are_left(headsets, sam):
    with pytest.raises(WrongState, match="has changed"):
        actions.approve_part(
            headsets[3].pk, dates=[headsets[0].pk], reason="Visit.", by=sam, at=RUNNING
        )
    keep = [headsets[3].pk]
    actions.approve_part(headsets[3].pk, dates=keep, reason="Visit.", by=sam, at=RUNNING)

    assert states(headsets) == ["requested", "requested", "declined", "approved"]


def test_a_request_is_taken_back_for_the_dates_that_are_left(headsets, ada):
    actions.withdraw(headsets[0].pk, by=ada, at=RUNNING)
    scheduled.tick(RUNNING)

    assert states(headsets) == ["expired", "expired", "withdrawn", "withdrawn"]


def test_what_was_asked_before_is_asked_in_time(seats, ada):
    """Before the first date is over, all of them is all of them."""
    actions.cancel(seats[0].pk, by=ada, at=NOW, scope=Scope.ALL)

    assert states(seats) == ["cancelled"] * 4
