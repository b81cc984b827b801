"""The half minute in which a check-in, a hand-over or a return can be taken back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from equipment.models import HouseRules
from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.states import UNDO_WITHIN
from labbooking.errors import NotAllowed, NotThere, SlotTaken, WrongState
from labbooking.period import HOUR, MINUTE, Period
from tests.api.program import Program, is_problem
from tests.bookings.days import booked as booked_ahead
from tests.bookings.deciding import NOW, SLOT, asked, kinds
from tests.lab import SEAT_RULES, new_rules

pytestmark = pytest.mark.django_db

BACK = SLOT.start + HOUR


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def board(lab, ada, sam):
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=sam, at=NOW)
    actions.check_in(booking.pk, by=sam, at=SLOT.start)
    return booking


def held():
    return list(Allocation.objects.values_list("active", "ends_at", "guarded_until"))


def test_a_hand_over_taken_back_is_expected_again(board, sam):
    actions.undo_handover(board.pk, by=sam, at=SLOT.start + UNDO_WITHIN)

    found = Booking.objects.get()
    assert (found.state, found.checked_in_at, found.handed_by) == ("approved", None, None)
    assert kinds()[-1] == "booking.check_in_undone"
    assert actions.check_in(board.pk, by=sam, at=SLOT.start + HOUR)[0].state == "in_use"


def test_a_return_taken_back_has_its_whole_time_again(board, sam):
    before = held()
    actions.check_out(board.pk, by=sam, at=BACK)
    assert held() != before

    actions.undo_handover(board.pk, by=sam, at=BACK + UNDO_WITHIN)

    found = Booking.objects.get()
    assert (found.state, found.checked_out_at) == ("in_use", None)
    assert found.checked_in_at == SLOT.start
    assert held() == before
    assert kinds()[-1] == "booking.check_out_undone"


def test_it_is_taken_back_once_in_time_and_by_who_did_it(board, sam, kim, ada, ben):
    late = SLOT.start + UNDO_WITHIN + timedelta(seconds=1)
    with pytest.raises(WrongState, match="30 seconds"):
        actions.undo_handover(board.pk, by=sam, at=late)
    for other in (kim, ada):
        with pytest.raises(NotAllowed, match="Sam did this"):
            actions.undo_handover(board.pk, by=other, at=SLOT.start)
    with pytest.raises(NotThere):
        actions.undo_handover(board.pk, by=ben, at=SLOT.start)
    actions.undo_handover(board.pk, by=sam, at=SLOT.start)
    with pytest.raises(WrongState):
        actions.undo_handover(board.pk, by=sam, at=SLOT.start)
    assert kinds().count("booking.check_in_undone") == 1


def test_a_return_stands_where_somebody_else_has_taken_the_time(board, sam, ben):
    actions.check_out(board.pk, by=sam, at=BACK)
    asked(ben, "board-1", at=BACK, period=Period(BACK + HOUR / 2, SLOT.end + HOUR / 2))

    with pytest.raises(SlotTaken, match="stays given back"):
        actions.undo_handover(board.pk, by=sam, at=BACK)
    assert Booking.objects.get(pk=board.pk).state == "completed"


def test_a_return_stands_where_somebody_else_has_been_handed_it_by_now(board, sam, ben):
    late = SLOT.end + HOUR / 2
    (next_one,) = asked(ben, "board-1", period=Period(late, late + HOUR))
    actions.approve(next_one.pk, by=sam, at=NOW)
    actions.check_out(board.pk, by=sam, at=late)
    actions.check_in(next_one.pk, by=sam, at=late)

    with pytest.raises(SlotTaken, match="stays given back"):
        actions.undo_handover(board.pk, by=sam, at=late + UNDO_WITHIN)
    assert Booking.objects.get(pk=board.pk).state == "completed"


def test_a_late_return_taken_back_needs_no_more_room_than_there_was(lab, ada, ben, sam):
    asked(ben, "seat-1", period=Period(SLOT.end, SLOT.end + HOUR))
    (late,) = asked(ada, "seat-1")
    new_rules(lab["seat-1"].type, **SEAT_RULES, turnaround_after=HOUR)
    actions.move(late.pk, by=ada, at=NOW, to=Period(SLOT.start - HOUR, SLOT.end))
    actions.check_in(late.pk, by=sam, at=SLOT.start)
    actions.check_out(late.pk, by=sam, at=SLOT.end)

    assert actions.undo_handover(late.pk, by=sam, at=SLOT.end)[0].state == "in_use"


def test_who_was_only_offered_the_time_waits_on(board, sam, ben):
    rest = Period(BACK + HOUR / 2, SLOT.end)
    place = actions.join(BookingSpec(rest, ("board-1",)), by=ben, at=SLOT.start)
    actions.check_out(board.pk, by=sam, at=BACK)
    place.refresh_from_db()
    assert place.state == "offered"

    actions.undo_handover(board.pk, by=sam, at=BACK)

    place.refresh_from_db()
    assert place.state == "waiting"
    assert Booking.objects.get(pk=board.pk).state == "in_use"


def test_what_time_closed_nobody_takes_back(lab, ada):
    (booking,) = asked(ada, "seat-1")
    Booking.objects.update(self_service=True)
    actions.check_in(booking.pk, by=ada, at=SLOT.start)
    scheduled.tick(SLOT.end)

    with pytest.raises(WrongState):
        actions.undo_handover(booking.pk, by=ada, at=SLOT.end)


def test_by_api(lab, ada, sam):
    (booking,) = booked_ahead(ada, "seat-1")
    as_sam = Program(sam)
    as_sam.post(f"bookings/{booking.pk}/check-in", {"reason": "Early."})

    undone = as_sam.post(f"bookings/{booking.pk}/undo-handover")

    assert (undone.status_code, undone.json()["state"]) == (200, "approved")
    is_problem(as_sam.post(f"bookings/{booking.pk}/undo-handover"), 409, "wrong_state")


def test_on_the_page_of_the_desk(lab, ada, sam, signed_in):
    (booking,) = booked_ahead(ada, "seat-1")
    browser = signed_in(sam)
    browser.post(f"/desk/{booking.pk}/check-in/", {"reason": "Early."})
    page = browser.post(f"/desk/{booking.pk}/check-out/", follow=True)
    assert [each.title for each in page.context["sections"]] == ["Done"]

    back = browser.post(page.context["undo"]["url"], follow=True)

    assert [each.title for each in back.context["sections"]] == ["In use"]
    assert "It is as it was before." in back.content.decode()


def test_who_was_next_before_the_return_is_next_after_it_is_taken_back(board, lab, ada, ben, sam):
    """Later rules want more turnaround than there was room for when the next one was booked."""
    until = SLOT.end + 15 * MINUTE
    booked_ahead(ben, "board-1", period=Period(until, until + HOUR), at=NOW)
    rules = board.allocations.get().rules
    HouseRules.objects.filter(pk=rules.pk).update(turnaround_after=HOUR)
    before = held()
    actions.check_out(board.pk, by=sam, at=BACK)

    actions.undo_handover(board.pk, by=sam, at=BACK + UNDO_WITHIN)

    assert Booking.objects.get(pk=board.pk).state == "in_use"
    assert held() == before


def test_what_becomes_another_thing_while_it_waits_for_the_locks_is_not_handed_over(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)
    locked = []

    def quicker(execute, *question):
        if "equipment_resource" in question[0] and "WITH" in question[0] and not locked:
            locked.append(question)
            Allocation.objects.filter(booking=booking).update(resource=lab["ar-headset-2"])
        return execute(*question)

    with connection.execute_wrapper(quicker), pytest.raises(WrongState, match="look again"):
        actions.check_in(booking.pk, by=sam, at=SLOT.start)
    assert locked
    assert Booking.objects.get().state == "approved"
