"""An offer whose time to confirm ran out in an outage: its person is shown that they still can."""

import pytest

from labbooking.bookings.actions.outage import Answer, settle
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.mine.next_step import expected
from labbooking.bookings.queries import detailed
from labbooking.bookings.rules.permitted_acts import acts_on_place, possible_acts
from labbooking.bookings.waitlist.matching import find_wait
from labbooking.period import MINUTE
from tests.bookings.actions.test_outage import down, offered

pytestmark = pytest.mark.django_db


def test_whoever_could_not_take_an_offer_up_is_shown_that_they_still_can(
    lab, ada, ben, sam, signed_in
):
    """By page and by API; once somebody decided, or the time has begun, nobody can any more."""
    offer = offered(lab, ada, ben)
    due = offer.hold_until
    at = due + 11 * MINUTE
    assert acts(offer, ben, at) == ["withdraw"]
    down(due - MINUTE, at)
    assert acts(offer, ben, at) == ["confirm", "withdraw"]
    assert "you still can" in expected(in_detail(offer), at, reader=ben).words
    assert "until somebody decides" in expected(in_detail(offer), at, reader=sam).words
    place = find_wait(ben, offer.waited_for.pk)
    assert acts_on_place(place, ben, at) == ["take", "leave"]
    assert acts_on_place(place, sam, at) == ["leave"]
    assert acts_on_place(place, ben, offer.starts_at) == ["leave"]
    assert "confirm" not in acts(offer, ben, offer.starts_at)

    settle(offer.pk, Answer.LAPSE, by=sam, at=at)
    assert acts(offer, ben, at) == []


def in_detail(booking):
    return detailed(Booking.objects.filter(pk=booking.pk)).get()


def acts(booking, somebody, at):
    return possible_acts(in_detail(booking), somebody, at)
