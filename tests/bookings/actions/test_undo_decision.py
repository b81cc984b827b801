"""The half minute in which a decision can be taken back."""

from datetime import timedelta

import pytest
from django.utils import translation

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.undo_decision import UNDO_WITHIN
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.errors import NotAllowed, SlotTaken, WrongState
from labbooking.period import HOUR
from tests.bookings.deciding import NOW, asked, kinds, states, taken

pytestmark = pytest.mark.django_db

SOON = NOW + UNDO_WITHIN
TOO_LATE = SOON + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def in_english():
    """A test before may have left its reader's language behind."""
    with translation.override("en"):
        yield


def test_a_yes_taken_back_waits_again_and_keeps_its_time(lab, ada, ben, sam):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)

    actions.undo_decision(booking.pk, by=sam, at=SOON)

    booking.refresh_from_db()
    assert (booking.state, booking.decided_by, booking.decided_at) == ("requested", None, None)
    assert taken() == ["ar-headset-1"]
    assert kinds()[-1] == "booking.reopened"


def test_a_no_taken_back_takes_its_time_again(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1", "seat-1")
    actions.decline(booking.pk, by=sam, at=NOW, reason="Broken.")
    assert taken() == []

    actions.undo_decision(booking.pk, by=sam, at=SOON)

    booking.refresh_from_db()
    assert (booking.state, booking.reason) == ("requested", "")
    assert taken() == ["ar-headset-1", "seat-1"]


def test_a_no_stands_where_somebody_else_was_faster(lab, ada, ben, sam):
    (booking,) = asked(ada, "ar-headset-1", "seat-1")
    actions.decline(booking.pk, by=sam, at=NOW, reason="Broken.")
    asked(ben, "seat-1")

    with pytest.raises(SlotTaken, match="Somebody else has taken the time"):
        actions.undo_decision(booking.pk, by=sam, at=SOON)

    booking.refresh_from_db()
    assert (booking.state, booking.reason, booking.decided_by) == ("declined", "Broken.", sam)
    assert taken() == ["seat-1"]


def test_half_a_minute_and_no_longer(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)

    with pytest.raises(WrongState, match="30 seconds"):
        actions.undo_decision(booking.pk, by=sam, at=TOO_LATE)

    assert states([booking]) == ["approved"]


def test_only_who_decided_takes_it_back(lab, ada, sam, kim):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)

    for other in (kim, ada):
        with pytest.raises(NotAllowed):
            actions.undo_decision(booking.pk, by=other, at=NOW)


def test_what_nobody_decided_and_what_went_on_is_not_undone(lab, ada, sam):
    (at_once,) = asked(ada, "seat-1")
    (cancelled,) = asked(ada, "ar-headset-1")
    actions.approve(cancelled.pk, by=sam, at=NOW)
    actions.cancel(cancelled.pk, by=ada, at=NOW)

    for booking in (at_once, cancelled):
        with pytest.raises(WrongState):
            actions.undo_decision(booking.pk, by=sam, at=NOW)
    assert states([at_once, cancelled]) == ["approved", "cancelled"]


def test_one_undo_takes_back_all_that_one_act_decided_and_no_more(lab, ada, sam):
    dates = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=3")
    actions.decline(dates[0].pk, by=sam, at=NOW, reason="Broken.", scope=Scope.ONE)
    then = NOW + timedelta(seconds=5)
    actions.approve_part(dates[1].pk, dates=[dates[1].pk], reason="Visit.", by=sam, at=then)

    actions.undo_decision(dates[1].pk, by=sam, at=then)

    assert states(dates) == ["declined", "requested", "requested"]
    assert len(taken()) == 2


def test_a_hold_that_ran_out_meanwhile_lasts_an_hour_more(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=booking.hold_until - timedelta(seconds=10))
    then = booking.hold_until + timedelta(seconds=10)

    actions.undo_decision(booking.pk, by=sam, at=then)
    scheduled.tick(then)

    assert states([booking]) == ["requested"]
    booking.refresh_from_db()
    assert booking.hold_until == then + HOUR


def test_what_was_never_held_for_an_answer_waits_an_hour_for_the_next(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    Booking.objects.update(hold_until=None)
    actions.approve(booking.pk, by=sam, at=NOW)

    actions.undo_decision(booking.pk, by=sam, at=SOON)

    booking.refresh_from_db()
    assert (booking.state, booking.hold_until) == ("requested", SOON + HOUR)
