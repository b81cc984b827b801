"""Time closes what is over: a confirmed date that nobody checked into and no rule released."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import WrongState
from labbooking.journal.models import Entry, Untold
from labbooking.period import MINUTE
from tests.bookings.deciding import NOW, SLOT, asked, kinds

pytestmark = pytest.mark.django_db

LATER = SLOT.end + MINUTE


@pytest.mark.parametrize("at", [SLOT.end, LATER])
def test_what_nobody_checked_into_is_closed_once_and_told_apart(lab, ada, ben, at):
    (unused,), (used,) = asked(ada, "seat-1"), asked(ben, "seat-2")
    Booking.objects.update(self_service=True)
    actions.check_in(used.pk, by=ben, at=SLOT.start)

    scheduled.tick(SLOT.end - MINUTE)
    assert set(Booking.objects.values_list("state", flat=True)) == {"approved", "in_use"}
    scheduled.tick(at)
    scheduled.tick(at)

    assert set(Booking.objects.values_list("state", flat=True)) == {"completed"}
    assert [each.was_not_used for each in Booking.objects.order_by("pk")] == [True, False]
    (told,) = Entry.objects.filter(kind="booking.passed")
    assert told.objects_touched.filter(type="booking", key=str(unused.pk)).exists()
    assert (told.at, told.data["actor_role"]) == (at, "system")
    assert "used_hours" not in told.data
    assert kinds().count("booking.checked_out") == 1


def test_things_over_the_desk_that_were_never_fetched_are_closed_too(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)

    scheduled.tick(LATER)

    booking.refresh_from_db()
    assert (booking.state, booking.checked_in_at, booking.checked_out_at) == (
        "completed",
        None,
        None,
    )


def test_nobody_hears_of_it_and_its_time_stays_on_record(lab, ada):
    asked(ada, "seat-1")
    Untold.objects.all().delete()

    scheduled.tick(LATER)

    assert not Untold.objects.exists()
    assert Allocation.objects.get().active


def test_where_a_rule_gives_up_what_nobody_collects_it_decides(lab, ada):
    (booking,) = asked(ada, "seat-1")
    Booking.objects.update(release_due_at=SLOT.start + 15 * MINUTE)

    scheduled.tick(LATER)

    booking.refresh_from_db()
    assert booking.state == "no_show"


def test_only_the_clock_closes_what_nobody_checked_into(lab, ada, sam):
    (booking,) = asked(ada, "seat-1")
    for at in (SLOT.start, LATER):
        with pytest.raises(WrongState):
            actions.check_out(booking.pk, by=sam, at=at)


def test_a_request_whose_time_is_over_lapses_whatever_it_was_held_for(lab, ada):
    (booking,) = actions.request(BookingSpec(SLOT, ("ar-headset-1",)), by=ada, at=NOW)
    Booking.objects.update(hold_until=None)

    scheduled.tick(SLOT.end - MINUTE)
    scheduled.tick(SLOT.end)

    booking.refresh_from_db()
    assert booking.state == "expired"
