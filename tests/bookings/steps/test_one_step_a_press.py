"""A yes is to the step that was looked at: pressed twice, or by two, it is none to the next one."""

import pytest
from django.urls import reverse

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking, BookingStep
from labbooking.bookings.queries import find_booking
from labbooking.bookings.transaction.answers import theirs_to_answer
from labbooking.errors import WrongState
from labbooking.period import HOUR
from tests.bookings.days import booked, hours, said
from tests.bookings.deciding import NOW, asked, states
from tests.bookings.steps.stepping import HOUSE, TECHNICIAN, change, now, step

pytestmark = pytest.mark.django_db
WEEKLY = "FREQ=WEEKLY;COUNT=3"


@pytest.fixture
def both_sams(lab, sam):
    """Sam answers at both steps."""
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, sam)], sam)


def answers(booking, by):
    first = {"by": by, "at": NOW, "step": 1}
    return [
        lambda: actions.approve(booking.pk, **first),
        lambda: actions.decline(booking.pk, reason="No.", **first),
        lambda: actions.approve_part(booking.pk, **first),
    ]


def test_an_answer_to_a_step_that_is_answered_is_none_to_the_next(both_sams, ada, sam):
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=sam, at=NOW, step=1)

    for act in answers(booking, sam):
        with pytest.raises(WrongState, match="has changed meanwhile"):
            act()
    assert now(booking) == ("requested", 1, "House")
    actions.approve(booking.pk, by=sam, at=NOW, step=2)
    assert now(booking) == ("approved", 2, None)


def test_who_looked_before_somebody_else_answered_is_told(lab, ada, sam, kim):
    change(lab["board-1"], [step(TECHNICIAN), step(HOUSE)], sam)
    (booking,) = asked(ada, "board-1")
    seen = Booking.objects.get(pk=booking.pk)
    actions.approve(booking.pk, by=kim, at=NOW)

    with pytest.raises(WrongState, match="has changed meanwhile"):
        theirs_to_answer([find_booking(sam, booking.pk)], seen, sam, NOW)


def test_a_button_pressed_twice_answers_once(both_sams, ada, sam, signed_in):
    (booking,) = booked(ada, "board-1", period=hours(9))
    client = signed_in(sam)
    shown = client.get("/approvals/").content.decode()
    assert '<input type="hidden" name="step" value="1"' in shown

    url = reverse("booking_act", args=[booking.pk, "approve"])
    for _press in range(2):
        page = client.post(f"{url}?next=/approvals/", {"step": 1}, follow=True)

    assert now(booking) == ("requested", 1, "House")
    assert "The request has changed meanwhile." in said(page)


def test_where_one_yes_is_enough_no_step_is_sent(lab, ada, sam, signed_in):
    booked(ada, "board-1", period=hours(9))

    assert 'name="step"' not in signed_in(sam).get("/approvals/").content.decode()


# Dates of a series at different steps


@pytest.fixture
def apart(both_sams, ada, sam):
    """The second of three dates is a step further."""
    dates = asked(ada, "board-1", rrule=WEEKLY)
    actions.approve(dates[1].pk, by=sam, at=NOW, scope=Scope.ONE)
    return dates


def test_a_yes_to_one_step_is_none_to_dates_at_another(apart, sam):
    first, second, _third = apart
    actions.approve(first.pk, by=sam, at=NOW, scope=Scope.ALL)

    assert [now(each)[1] for each in apart] == [1, 1, 1]
    assert states(apart) == ["requested"] * 3
    assert BookingStep.objects.filter(booking=second, is_yes=True).count() == 1


def test_a_no_to_one_step_leaves_dates_at_another(apart, sam):
    actions.decline(apart[0].pk, by=sam, at=NOW, reason="No.")

    assert states(apart) == ["declined", "requested", "declined"]


def test_where_the_date_is_over_it_is_no_answer_to_another_step_of_those_left(apart, sam):
    first, second, third = apart
    past = {"starts_at": NOW - 3 * HOUR, "ends_at": NOW - 2 * HOUR}
    Booking.objects.filter(pk=first.pk).update(**past)
    Booking.objects.filter(pk=third.pk).update(state="withdrawn")

    with pytest.raises(WrongState, match="has changed meanwhile"):
        actions.approve(first.pk, by=sam, at=NOW, step=1)
    assert now(second) == ("requested", 1, "House")


def test_a_yes_to_a_part_is_about_the_dates_at_that_step(apart, sam):
    first = apart[0]
    actions.approve_part(first.pk, by=sam, at=NOW, dates=[first.pk], reason="Not then.")

    assert states(apart) == ["requested", "requested", "declined"]


def test_a_part_is_chosen_of_the_dates_at_that_step(lab, ada, sam, signed_in):
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, sam)], sam)
    dates = booked(ada, "board-1", period=hours(9), rrule=WEEKLY)
    actions.approve(dates[1].pk, by=sam, at=dates[1].requested_at, scope=Scope.ONE)

    page = signed_in(sam).get(reverse("booking", args=[dates[0].pk]), {"ask": "part"})

    boxes = page.content.decode().count('name="dates"')
    assert boxes == 2


def test_what_of_a_series_waits_on_is_told_as_such(lab, ada, sam, kim, signed_in):
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, kim)], sam)
    dates = booked(ada, "board-1", period=hours(9), rrule=WEEKLY)

    url = reverse("booking_act", args=[dates[0].pk, "approve"])
    page = said(signed_in(sam).post(url, {"scope": "one", "step": 1}, follow=True))

    assert "1 date: step 1 of 2 has said yes, the next one is “House”." in page
    assert "2 dates: waiting as before." in page
