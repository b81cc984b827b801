"""An outage decides nothing: what fell due in it is put before staff."""

from datetime import timedelta

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.outage import Answer, note_tick, settle
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking, Outage
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.undecided import undecided
from labbooking.errors import Malformed, NotAllowed, Refused, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE, Period
from tests.bookings.deciding import NOW, SLOT, asked, kinds

pytestmark = pytest.mark.django_db

BEFORE = SLOT.start - 5 * MINUTE
BACK = SLOT.start + HOUR
"""Within the slot, and after everything that is due at its start."""


def down(began_at=BEFORE, ended_at=BACK):
    """The clock ticks, is silent, and ticks again."""
    note_tick(began_at)
    scheduled.tick(began_at)
    outage = note_tick(ended_at)
    scheduled.tick(ended_at)
    scheduled.tick(ended_at + MINUTE)
    return outage


def released_after(minutes):
    Booking.objects.update(release_due_at=SLOT.start + minutes * MINUTE)


def state(booking):
    booking.refresh_from_db()
    return booking.state


def open_at(at=BACK):
    return list(undecided(at).order_by("pk"))


def test_a_gap_between_ticks_is_an_outage_and_told_once(db):
    assert note_tick(NOW) is None
    assert note_tick(NOW + 10 * MINUTE) is None
    outage = note_tick(NOW + 21 * MINUTE)
    assert (outage.began_at, outage.ended_at) == (NOW + 10 * MINUTE, NOW + 21 * MINUTE)
    assert note_tick(NOW + 21 * MINUTE) is None
    assert note_tick(NOW + 20 * MINUTE) is None
    (told,) = Entry.objects.filter(kind="house.was_down")
    assert told.at == outage.ended_at
    assert told.data == {
        "from": outage.began_at.isoformat(),
        "to": outage.ended_at.isoformat(),
    }


def test_a_clock_that_was_far_ahead_begins_anew(db):
    note_tick(NOW + timedelta(days=900))
    assert note_tick(NOW) is None
    assert note_tick(NOW + HOUR) is not None
    assert Outage.objects.count() == 1


def test_nobody_becomes_a_no_show_for_a_time_when_they_could_not_check_in(lab, ada):
    (booking,) = asked(ada, "seat-1")
    released_after(15)
    down()
    assert state(booking) == "approved"
    assert open_at() == [booking]
    assert "booking.no_show" not in kinds()


def test_an_outage_within_the_time_to_check_in_counts_too(lab, ada):
    (booking,) = asked(ada, "seat-1")
    released_after(30)
    down(SLOT.start + 5 * MINUTE, SLOT.start + 20 * MINUTE)
    scheduled.tick(SLOT.start + 31 * MINUTE)
    assert state(booking) == "approved"
    assert open_at() == [booking]


def test_who_was_due_before_or_after_the_outage_is_a_no_show_as_ever(lab, ada, ben):
    (early,), (late,) = asked(ada, "seat-1"), asked(ben, "seat-2")
    Booking.objects.filter(pk=early.pk).update(release_due_at=SLOT.start + 10 * MINUTE)
    Booking.objects.filter(pk=late.pk).update(
        starts_at=BACK, release_due_at=BACK + 15 * MINUTE, ends_at=BACK + HOUR
    )
    down(SLOT.start + 11 * MINUTE)
    scheduled.tick(BACK + 16 * MINUTE)
    assert [state(early), state(late)] == ["no_show", "no_show"]
    assert open_at(BACK + 16 * MINUTE) == []


def test_who_checks_in_late_is_off_the_list(lab, ada):
    (booking,) = asked(ada, "seat-1")
    Booking.objects.update(self_service=True)
    released_after(15)
    down()
    actions.check_in(booking.pk, by=ada, at=BACK + MINUTE)
    assert open_at(BACK + MINUTE) == []


@pytest.mark.parametrize(
    ("at", "expected", "told"),
    [
        (BACK, "in_use", ["booking.checked_in"]),
        (SLOT.end, "completed", ["booking.checked_in", "booking.checked_out"]),
    ],
)
def test_staff_say_that_somebody_had_come(lab, ada, sam, at, expected, told):
    (booking,) = asked(ada, "seat-1")
    released_after(15)
    down(ended_at=at)
    settle(booking.pk, Answer.CAME, by=sam, at=at)
    assert state(booking) == expected
    assert booking.checked_in_at == SLOT.start
    assert kinds()[-len(told) :] == told
    assert Entry.objects.last().data["after_outage"] is True
    assert open_at(at) == []


def test_nobody_counts_as_come_where_somebody_else_is_still_in_it(lab, ada, ben, sam):
    earlier = Period(SLOT.start - HOUR, SLOT.start)
    (out,), (booking,) = asked(ben, "seat-1", period=earlier), asked(ada, "seat-1")
    actions.check_in(out.pk, by=sam, at=earlier.start)
    released_after(15)
    down()
    with pytest.raises(Refused):
        settle(booking.pk, Answer.CAME, by=sam, at=BACK)
    actions.check_out(out.pk, by=sam, at=BACK)
    settle(booking.pk, Answer.CAME, by=sam, at=BACK)
    assert state(booking) == "in_use"


def test_staff_say_that_nobody_came(lab, ada, sam):
    (booking,) = asked(ada, "seat-1")
    released_after(15)
    down()
    settle(booking.pk, Answer.ABSENT, by=sam, at=BACK)
    assert state(booking) == "no_show"
    assert not Allocation.objects.filter(active=True).exists()
    with pytest.raises(WrongState):
        settle(booking.pk, Answer.CAME, by=sam, at=BACK)


def test_what_ended_in_the_outage_is_not_closed_as_unused(lab, ada, sam):
    (booking,) = asked(ada, "seat-1")
    Booking.objects.update(release_due_at=None)
    down(ended_at=SLOT.end + HOUR)
    assert state(booking) == "approved"
    settle(booking.pk, Answer.ABSENT, by=sam, at=SLOT.end + HOUR)
    assert state(booking) == "completed"
    assert kinds()[-1] == "booking.passed"


def test_no_request_lapses_and_staff_may_still_answer(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    due = booking.hold_until
    down(due - MINUTE, due + 20 * MINUTE)
    at = due + 20 * MINUTE
    assert state(booking) == "requested"
    assert open_at(at) == [booking]
    actions.approve(booking.pk, by=sam, at=at)
    assert open_at(at) == []


def test_a_request_is_kept_open_for_a_whole_hold_or_lapses_when_staff_say_so(lab, ada, ben, sam):
    (kept,), (over,) = asked(ada, "ar-headset-1"), asked(ben, "ar-headset-2")
    due = kept.hold_until
    at = due + 20 * MINUTE
    down(due - MINUTE, at)
    settle(kept.pk, Answer.KEEP, by=sam, at=at)
    settle(over.pk, Answer.LAPSE, by=sam, at=at)
    assert [state(kept), state(over)] == ["requested", "expired"]
    assert at < kept.hold_until <= SLOT.start
    assert kinds()[-2:] == ["booking.kept_open", "booking.expired"]
    scheduled.tick(kept.hold_until)
    assert state(kept) == "expired"


def test_the_dates_of_a_series_are_settled_together(lab, ada, sam):
    bookings = asked(ada, "ar-headset-1", rrule="FREQ=WEEKLY;COUNT=3")
    due = bookings[0].hold_until
    at = due + 20 * MINUTE
    down(due - MINUTE, at)
    assert len(open_at(at)) == 3
    settle(bookings[1].pk, Answer.LAPSE, by=sam, at=at)
    assert {state(each) for each in bookings} == {"expired"}


def test_the_dates_ahead_are_kept_open_also_where_the_first_one_is_over(lab, ada, sam):
    bookings = asked(ada, "ar-headset-1", rrule="FREQ=WEEKLY;COUNT=3")
    Booking.objects.update(hold_until=SLOT.start)
    at = SLOT.end + HOUR
    down(SLOT.start - MINUTE, SLOT.start + 20 * MINUTE)
    settle(bookings[1].pk, Answer.KEEP, by=sam, at=at)
    scheduled.tick(at + MINUTE)
    assert {state(each) for each in bookings} == {"requested"}
    assert all(each.hold_until > at for each in bookings[1:])
    assert open_at(at) == [bookings[0]]
    settle(bookings[0].pk, Answer.LAPSE, by=sam, at=at)
    assert [state(each) for each in bookings] == ["expired", "requested", "requested"]


def test_an_offer_stays_open_and_can_still_be_taken_up(lab, ada, ben, sam):
    offer = offered(lab, ada, ben)
    due = offer.hold_until
    at = due + 11 * MINUTE
    down(due - MINUTE, at)
    assert state(offer) == "held"
    assert open_at(at) == [offer]
    actions.confirm(offer.pk, by=ben, at=at)
    assert state(offer) == "approved"


def test_staff_offer_it_again_or_to_the_next(lab, ada, ben, nia, sam):
    offer = offered(lab, ada, ben)
    actions.join(BookingSpec(SLOT, ("seat-1",)), by=nia, at=NOW + MINUTE)
    due = offer.hold_until
    at = due + 11 * MINUTE
    down(due - MINUTE, at)
    settle(offer.pk, Answer.KEEP, by=sam, at=at)
    offer.refresh_from_db()
    assert offer.hold_until == at + 2 * HOUR
    assert kinds()[-1] == "waiting.offered"
    again = at + 2 * HOUR + 20 * MINUTE
    note_tick(again)
    settle(offer.pk, Answer.LAPSE, by=sam, at=again)
    assert state(offer) == "expired"
    assert Waiting.objects.get(person=ben).state == "lapsed"
    assert Waiting.objects.get(person=nia).state == "offered"


def offered(lab, ada, ben):
    (booking,) = asked(ada, "seat-1")
    actions.join(BookingSpec(SLOT, ("seat-1",)), by=ben, at=NOW)
    actions.cancel(booking.pk, by=ada, at=NOW)
    return Booking.objects.get(state="held")


def test_who_was_making_up_their_mind_gets_the_same_while_again(lab, ada):
    held = actions.hold(BookingSpec(SLOT, ("seat-1",)), by=ada, at=NOW)
    back = NOW + HOUR
    down(NOW + MINUTE, back)
    held.refresh_from_db()
    assert (held.state, held.hold_until) == ("held", back + 10 * MINUTE)
    assert open_at(back) == []
    scheduled.tick(back + 10 * MINUTE)
    assert state(held) == "expired"


def test_only_staff_settle_it_and_only_with_an_answer_that_fits(lab, ada, sam):
    (booking,) = asked(ada, "seat-1")
    released_after(15)
    down()
    with pytest.raises(NotAllowed):
        settle(booking.pk, Answer.CAME, by=ada, at=BACK)
    with pytest.raises(Malformed):
        settle(booking.pk, Answer.KEEP, by=sam, at=BACK)
    assert state(booking) == "approved"


def test_no_start_is_announced_after_it(lab, ada):
    (booking,) = asked(ada, "seat-1")
    down(SLOT.start - timedelta(days=2), SLOT.start + MINUTE)
    assert "booking.starting_soon" not in kinds()
    assert state(booking) == "approved"
