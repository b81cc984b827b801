"""What waits for me is counted as each request is asked for it, whoever is named there."""

from itertools import product

import pytest

from labbooking.bookings import actions
from labbooking.bookings.approvals.approvers import waits_for
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import find_booking
from labbooking.bookings.rules.who_decides import may_answer
from labbooking.desk.queries import waiting
from labbooking.period import HOUR
from residents.models import Role, User
from tests.bookings.days import booked, hours, said
from tests.bookings.deciding import NOW, asked
from tests.bookings.steps.stepping import HOUSE, TECHNICIAN, change, in_two_steps, staff, step
from tests.today.pages import said_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("named", "stand_in"), list(product(["", "here", "left"], repeat=2)))
def test_counted_and_asked_is_the_same(lab, ada, sam, kim, named, stand_in):
    lou, tim = staff("Lou"), staff("Tim")
    approvers, deputies = [sam] * bool(named), [lou] * bool(stand_in)
    change(lab["board-1"], [step(TECHNICIAN, *approvers, deputies=deputies), step(HOUSE)], tim)
    (booking,) = asked(ada, "board-1")
    for person, how in ((sam, named), (lou, stand_in)):
        if how == "left":
            User.objects.filter(pk=person.pk).update(role=Role.CREATIVE)

    rows = Booking.objects.filter(pk=booking.pk)
    for reach, due_at in product((0, 1, 2), (None, NOW, NOW + HOUR)):
        rows.update(step_reach=reach, escalate_at=due_at)
        for person in User.objects.filter(role=Role.STAFF):
            counted = rows.filter(waits_for(person, NOW)).exists()
            assert counted == may_answer(find_booking(person, booking.pk), person, NOW)


def test_the_desk_and_today_count_what_is_mine_to_answer(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim)
    booked(ada, "board-1", period=hours(9), rrule="FREQ=WEEKLY;COUNT=2")
    booked(ada, "telepresence-1", period=hours(8))

    assert [waiting(each, NOW) for each in (sam, kim)] == [2, 1]
    assert "2 requests are waiting for an answer." in said(signed_in(sam).get("/desk/"))
    assert "1 request is waiting for an answer." in said(signed_in(kim).get("/desk/"))
    assert "1 request is waiting for an answer." in said_at(kim, NOW)


def test_dates_at_two_steps_are_two_requests_wherever_they_are_counted(lab, ada, sam, signed_in):
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, sam)], sam)
    first, *_ = booked(ada, "board-1", period=hours(9), rrule="FREQ=WEEKLY;COUNT=3")
    client = signed_in(sam)
    assert "One request needs your answer" in said(client.get("/approvals/"))
    assert waiting(sam, NOW) == 1

    actions.approve(first.pk, by=sam, at=first.requested_at, scope=Scope.ONE)

    assert "2 requests need your answer" in said(client.get("/approvals/"))
    assert "2 requests are waiting for an answer." in said(client.get("/desk/"))
    assert "2 requests are waiting for an answer." in said_at(sam, NOW)
