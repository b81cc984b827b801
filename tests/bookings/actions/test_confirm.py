"""Confirming what was kept asks the house rules once more, but not how long ahead it is."""

from datetime import timedelta

import pytest

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.hold import confirm, hold
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.errors import Refused
from labbooking.period import DAY, HOUR
from residents.models import Induction
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, now, wait_for
from tests.lab import DEVICE_RULES, SEAT_RULES, daily, new_rules

pytestmark = pytest.mark.django_db

HEADSET_RULES = {**DEVICE_RULES, "induction": "ar-headset"}


def offered(ada, ben, thing="seat-1"):
    """Kept for Ben, who waited for what Ada has let go."""
    booking = ask(ada, thing)
    wait = wait_for(ben, thing)
    act = actions.cancel if booking.state == "approved" else actions.withdraw
    act(booking.pk, by=ada, at=NOW)
    return now(wait).booking


def is_refused(kept, by, code, at=NOW + HOUR):
    with pytest.raises(Refused) as refused:
        confirm(kept.pk, by=by, at=at)
    assert {each.code for each in refused.value.refusals} == {code}
    kept.refresh_from_db()
    assert kept.state == "held"


def test_a_quota_used_up_meanwhile_is_asked_again_and_the_time_stays_kept(lab, ada, ben, sam):
    kept = offered(ada, ben)
    more = BookingSpec(
        TEN_TO_TWELVE,
        ("seat-2", "seat-3", "seat-4", "seat-5"),
        override_reason="The whole group comes.",
    )
    (others,) = actions.request(more, by=sam, at=NOW, person=ben)

    is_refused(kept, ben, "quota_at_once")

    actions.cancel(others.pk, by=ben, at=NOW + HOUR)
    assert confirm(kept.pk, by=ben, at=NOW + HOUR).state == "approved"


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"hours_a_week": 1}, "quota_hours_a_week"),
        ({"opening": daily("11:00", "23:00")}, "outside_opening_hours"),
        ({"largest": HOUR}, "too_long"),
        ({"induction": "chair"}, "induction_required"),
    ],
)
def test_house_rules_that_have_changed_meanwhile_are_asked(lab, ada, ben, rules, code):
    kept = offered(ada, ben)
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, **rules})

    is_refused(kept, ben, code)


def test_an_induction_that_holds_no_more_is_asked_for(lab, ada, ben):
    kept = offered(ada, ben, "ar-headset-1")
    Induction.objects.filter(person=ben).delete()

    is_refused(kept, ben, "induction_required")


def test_what_cannot_be_booked_any_more_is_not_confirmed(lab, ada, ben):
    kept = offered(ada, ben)
    Resource.objects.filter(slug="seat-1").update(is_bookable=False)

    is_refused(kept, ben, "out_of_service")


@pytest.mark.parametrize(
    "rules", [{"lead_time": 2 * DAY}, {"horizon": HOUR}, {"turnaround_after": 3 * HOUR}]
)
def test_how_long_ahead_it_is_was_asked_when_it_was_held(lab, ada, ben, rules):
    ask(ada, "seat-1", period=TEN_TO_TWELVE.moved(2 * HOUR))
    kept = offered(ada, ben)
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, **rules})

    assert confirm(kept.pk, by=ben, at=NOW + HOUR).state == "approved"


def test_an_offer_made_just_in_time_can_be_taken_until_it_ends(lab, ada, ben):
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "lead_time": 24 * HOUR})
    kept = offered(ada, ben)
    assert kept.hold_until > TEN_TO_TWELVE.start - 24 * HOUR

    last = kept.hold_until - timedelta(seconds=1)

    assert confirm(kept.pk, by=ben, at=last).state == "approved"


def test_what_needs_staff_by_now_is_asked_of_them(lab, ada, ben):
    kept = offered(ada, ben)
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "approval": "staff"})

    assert confirm(kept.pk, by=ben, at=NOW + HOUR).state == "requested"


def test_what_staff_set_aside_for_a_hold_stays_set_aside(lab, nia, sam):
    spec = BookingSpec(TEN_TO_TWELVE, ("ar-headset-1",), override_reason="I am with her.")
    kept = hold(spec, by=sam, at=NOW, person=nia)

    assert confirm(kept.pk, by=nia, at=NOW).state == "requested"
    assert Booking.objects.get().override_reason == "I am with her."
