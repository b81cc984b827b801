"""A person who has left, or a thing out of service: nothing is confirmed, and the desk says so."""

import pytest
from django.utils import timezone, translation

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.desk.day import Place, line, sections
from labbooking.desk.queries import bookings_on
from labbooking.errors import NotAllowed, WrongState
from labbooking.period import DAY, local_day
from residents.models import User
from tests.api.program import Program, is_problem
from tests.bookings.days import booked
from tests.bookings.deciding import NOW, SLOT, asked, states
from tests.lab import BERLIN

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW.date(), BERLIN)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def retire(slug):
    Resource.objects.filter(slug=slug).update(is_bookable=False)


def leaves(person, **fields):
    User.objects.filter(pk=person.pk).update(**(fields or {"is_active": False}))


def test_a_request_for_a_thing_out_of_service_is_not_confirmed(lab, ada, sam):
    (booking,) = asked(ada, "board-1")
    retire("board-1")

    with pytest.raises(WrongState, match="Board 1 cannot be booked at the moment"):
        actions.approve(booking.pk, by=sam, at=NOW)
    actions.decline(booking.pk, by=sam, at=NOW, reason="It is broken.")


@pytest.mark.parametrize("fields", [{"is_active": False}, {"role": "researcher"}])
def test_a_request_of_who_has_left_is_not_confirmed(lab, ada, sam, fields):
    (booking,) = asked(ada, "board-1")
    leaves(ada, **fields)

    with pytest.raises(WrongState, match="Ada cannot hold bookings"):
        actions.approve(booking.pk, by=sam, at=NOW)


@pytest.mark.parametrize("approve", [False, True])
def test_what_staff_kept_for_who_has_left_meanwhile_is_not_booked(lab, ada, sam, approve):
    kept = actions.hold(BookingSpec(SLOT, ("seat-1",)), by=sam, at=NOW, person=ada)
    leaves(ada)

    with pytest.raises(NotAllowed, match="Ada cannot hold bookings"):
        actions.confirm(kept.pk, by=sam, at=NOW, approve=approve)
    assert states([kept]) == ["held"]


def test_a_part_that_is_there_can_be_confirmed_without_the_one_that_is_not(lab, ada, sam):
    (booking,) = asked(ada, "board-1", "telepresence-1")
    retire("board-1")

    with pytest.raises(WrongState):
        actions.approve_part(booking.pk, by=sam, at=NOW, keep=["board-1"], reason="One.")
    actions.approve_part(booking.pk, by=sam, at=NOW, keep=["telepresence-1"], reason="Broken.")
    assert states([booking]) == ["approved"]


def test_by_api_it_is_409_with_the_reason(lab, ada, sam):
    (booking,) = booked(ada, "board-1")
    retire("board-1")

    told = is_problem(Program(sam).post(f"bookings/{booking.pk}/approve"), 409, "wrong_state")

    assert told["refusals"][0]["code"] == "out_of_service"
    assert told["refusals"][0]["resource"] == "board-1"


def on_the_desk():
    lines = bookings_on(TODAY, NOW)
    return [
        (line(each, TODAY, NOW).place, line(each, TODAY, NOW).words)
        for each in lines
        if sections([each], TODAY, NOW)
    ]


def test_what_is_expected_of_staff_stands_at_the_desk_whatever_day_it_is_for(lab, ada, sam):
    asked(ada, "board-1", period=SLOT.moved(30 * DAY))
    asked(ada, "seat-1")
    assert on_the_desk() == []

    retire("board-1")
    assert on_the_desk() == [
        (
            Place.UNSETTLED,
            "Board 1 cannot be booked at the moment. Decline the request, with a reason.",
        )
    ]
    leaves(ada)
    assert {place for place, _words in on_the_desk()} == {Place.UNSETTLED}
    assert any("Cancel it with a reason" in words for _place, words in on_the_desk())


def test_the_page_of_the_desk_shows_it(lab, ada, sam, signed_in):
    booked(ada, "seat-1", at=timezone.now())
    leaves(ada)

    page = signed_in(sam).get("/desk/").content.decode()

    assert "To be settled" in page
    assert "Ada cannot hold bookings." in page
