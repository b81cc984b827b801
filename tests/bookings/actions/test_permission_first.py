"""Who may not do something is told so before anything is locked or any transaction begun: nobody
can keep others waiting with what is not theirs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Closure
from labbooking.errors import NotAllowed, NotThere
from labbooking.period import HOUR
from tests.bookings.deciding import NOW, SLOT, asked

pytestmark = pytest.mark.django_db

SEAT = BookingSpec(SLOT.moved(HOUR), ("seat-2",))
WITH_A_BOOKING = {
    "approve": lambda pk, who: actions.approve(pk, by=who, at=NOW),
    "decline": lambda pk, who: actions.decline(pk, by=who, at=NOW, reason="No"),
    "approve_part": lambda pk, who: actions.approve_part(pk, by=who, at=NOW, reason="No"),
    "ask": lambda pk, who: actions.ask(pk, question="Why?", by=who, at=NOW),
    "answer": lambda pk, who: actions.answer(pk, answer="So", by=who, at=NOW),
    "undo_decision": lambda pk, who: actions.undo_decision(pk, by=who, at=NOW),
    "withdraw": lambda pk, who: actions.withdraw(pk, by=who, at=NOW),
    "cancel": lambda pk, who: actions.cancel(pk, by=who, at=NOW),
    "check_in": lambda pk, who: actions.check_in(pk, by=who, at=NOW),
    "check_out": lambda pk, who: actions.check_out(pk, by=who, at=NOW),
    "undo_handover": lambda pk, who: actions.undo_handover(pk, by=who, at=NOW),
    "nudge": lambda pk, who: actions.nudge(pk, by=who, at=NOW),
    "confirm": lambda pk, who: actions.confirm(pk, by=who, at=NOW),
    "move": lambda pk, who: actions.move(pk, by=who, at=NOW, to=SLOT.moved(HOUR)),
    "swap_unit": lambda pk, who: actions.swap_unit(
        pk, slug="ar-headset-1", instead="ar-headset-2", by=who, at=NOW
    ),
    "change_party": lambda pk, who: actions.change_party(pk, by=who, at=NOW, people=1),
    "leave_party": lambda pk, who: actions.leave_party(pk, by=who, at=NOW),
}
FOR_STAFF = ["approve", "decline", "approve_part", "ask", "undo_decision", "check_in", "check_out"]
FOR_STAFF += ["swap_unit"]
WITHOUT = {
    "request": lambda who, ada: actions.request(SEAT, by=who, at=NOW, person=ada),
    "hold": lambda who, ada: actions.hold(SEAT, by=who, at=NOW, person=ada),
    "join": lambda who, ada: actions.join(SEAT, by=who, at=NOW, person=ada),
    "name_approver": lambda who, ada: actions.name_approver(
        "seat", ada, is_deputy=False, by=who, at=NOW
    ),
    "remove_approver": lambda who, ada: actions.remove_approver("seat", ada, by=who, at=NOW),
    "set_steps": lambda who, _ada: actions.set_steps("seat", [], by=who, at=NOW, based_on=""),
    "add_reason": lambda who, _ada: actions.add_reason(("Nein", "No"), by=who, at=NOW),
    "change_reason": lambda who, _ada: actions.change_reason(
        1, ("Nein", "No"), before=("", ""), by=who, at=NOW
    ),
    "remove_reason": lambda who, _ada: actions.remove_reason(1, by=who, at=NOW),
    "reopen": lambda who, _ada: actions.reopen(1, by=who, at=NOW),
    "change_closure": lambda who, _ada: actions.change_closure(
        1, [], SLOT, reason_de="Zu", reason_en="Closed", by=who, at=NOW, based_on=""
    ),
}


def refused(act, error):
    """The statements of an act that is refused."""
    with CaptureQueriesContext(connection) as asked_for, pytest.raises(error):
        act()
    return [each["sql"].upper() for each in asked_for.captured_queries]


def locked(statements):
    return [each for each in statements if "SAVEPOINT" in each or " FOR " in each]


@pytest.mark.parametrize("act", WITH_A_BOOKING)
def test_somebody_elses_booking_is_not_there_and_not_locked(lab, ada, ben, act):
    (booking,) = asked(ada, "ar-headset-1")
    assert not locked(refused(lambda: WITH_A_BOOKING[act](booking.pk, ben), NotThere))


@pytest.mark.parametrize("act", FOR_STAFF)
def test_what_is_for_staff_is_refused_to_its_own_person_before_anything_is_locked(lab, ada, act):
    (booking,) = asked(ada, "ar-headset-1")
    assert not locked(refused(lambda: WITH_A_BOOKING[act](booking.pk, ada), NotAllowed))


@pytest.mark.parametrize("act", ["withdraw", "answer", "confirm", "nudge"])
def test_what_is_for_who_asked_is_refused_to_staff_before_anything_is_locked(lab, ada, sam, act):
    (booking,) = asked(ada, "ar-headset-1")
    assert not locked(refused(lambda: WITH_A_BOOKING[act](booking.pk, sam), NotAllowed))


@pytest.mark.parametrize("act", WITHOUT)
def test_what_is_nobodys_is_refused_before_anything_is_locked(lab, ada, ben, act):
    assert not locked(refused(lambda: WITHOUT[act](ben, ada), NotAllowed))


def test_closing_is_refused_before_anything_is_locked(lab, ben):
    seat = [lab["seat-1"]]
    words = {"reason_de": "Zu", "reason_en": "Closed"}
    assert not locked(
        refused(lambda: actions.close(seat, SLOT, **words, by=ben, at=NOW), NotAllowed)
    )
    assert not Closure.objects.exists()


def test_an_act_that_may_be_does_lock(lab, ada, sam):
    """What the tests above look for is there when an act goes on."""
    (booking,) = asked(ada, "ar-headset-1")
    with CaptureQueriesContext(connection) as asked_for:
        actions.approve(booking.pk, by=sam, at=NOW)
    assert locked([each["sql"].upper() for each in asked_for.captured_queries])


def test_every_act_is_among_these():
    others = {"ask_exception", "close", "import_events", "leave"}
    # Asked for oneself alone; tested above; a command's; found for its person or not at all.
    assert set(actions.__all__) == set(WITH_A_BOOKING) | set(WITHOUT) | others
