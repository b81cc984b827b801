"""Whatever house rules say by now: a part of what one has can be kept, by every door."""

from contextlib import contextmanager
from datetime import time

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.moves.preview import preview_move
from labbooking.errors import Refused, SlotTaken
from labbooking.period import DAY, HOUR, MINUTE, Period
from tests.bookings.days import booked as booked_ahead
from tests.bookings.days import day, hours
from tests.bookings.deciding import NOW, SLOT, asked
from tests.lab import ALWAYS, SEAT_RULES, daily, new_rules, units

pytestmark = pytest.mark.django_db

SHORTER = Period(SLOT.start, SLOT.end - HOUR)
FORBIDDING = {
    "opening": daily("20:00", "21:00"),
    "step": 50 * MINUTE,
    "smallest": 5 * HOUR,
    "largest": 10 * HOUR,
    "lead_time": 90 * DAY,
    "horizon": DAY,
    "turnaround_before": 3 * HOUR,
    "turnaround_after": 3 * HOUR,
    "induction": "ar-headset",
    "at_once": 0,
    "hours_a_week": 0,
    "cancel_until": 90 * DAY,
    "approval": "staff",
}
BY_NIGHT = {"by_night": True, "arrival": time(15), "departure": time(11), "smallest_nights": 3}


def tightened(lab, slug="seat-1", **rules):
    return new_rules(Resource.objects.get(slug=slug).type, **{**FORBIDDING, **rules})


def kept(booking, by, to, at=NOW, **options):
    """Moved as foretold, under the rules that it was booked by."""
    before = set(Allocation.objects.filter(booking=booking).values_list("rules", flat=True))
    detail = Booking.objects.get(pk=booking.pk)
    assert preview_move(detail, by=by, at=at, to=to, **options).ok
    (moved, *_) = move(booking.pk, by=by, at=at, to=to, **options)
    found = Booking.objects.get(pk=booking.pk)
    held = found.allocations.all()
    assert {(each.starts_at, each.ends_at) for each in held} == {(to.start, to.end)}
    assert {each.rules_id for each in held} == before
    return found.period == to and moved.state


def minutes(most, least=0):
    return st.integers(least, most).map(lambda count: count * MINUTE)


some_rules = st.fixed_dictionaries(
    {},
    optional={
        "opening": st.sampled_from([ALWAYS, daily("20:00", "21:00"), [[] for _ in range(7)]]),
        "step": st.sampled_from([MINUTE, 15 * MINUTE, 50 * MINUTE]),
        "smallest": minutes(600, least=1),
        "largest": st.just(14 * HOUR),
        "lead_time": minutes(20000),
        "horizon": minutes(20000),
        "turnaround_before": minutes(500),
        "turnaround_after": minutes(500),
        "induction": st.sampled_from(["", "ar-headset", "laser"]),
        "at_once": st.sampled_from([None, 0, 1]),
        "hours_a_week": st.sampled_from([None, 0, 1]),
        "approval": st.sampled_from(["staff", "automatic"]),
        "by_night": st.just(False),
    },
)


@contextmanager
def as_if():
    """What is written within is not there any more afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rules=some_rules | st.just(BY_NIGHT) | st.just(FORBIDDING),
    is_bookable=st.booleans(),
    first=st.integers(0, 119),
    length=st.integers(1, 120),
    late=st.booleans(),
)
def test_of_any_booking_every_part_can_be_kept_after_any_change_of_rules(
    lab, nia, rules, is_bookable, first, length, late
):
    start = SLOT.start + first * MINUTE
    part = Period(start, min(SLOT.end, start + length * MINUTE))
    with as_if():
        (booking,) = asked(nia, "seat-1")
        new_rules(lab["seat-1"].type, **rules)
        Resource.objects.filter(slug="seat-1").update(is_bookable=is_bookable)

        assert kept(booking, nia, part, part.end - MINUTE / 2 if late else NOW) == "approved"


def test_beside_a_neighbour_although_rules_want_room_between_them_by_now(lab, ada, ben):
    before = Period(SLOT.start - 2 * HOUR, SLOT.start)
    asked(ben, "seat-1", period=before)
    asked(ben, "seat-1", period=Period(SLOT.end, SLOT.end + HOUR))
    (booking,) = asked(ada, "seat-1")
    tightened(lab)

    assert kept(booking, ada, SHORTER) == "approved"


def test_beside_a_neighbour_also_after_its_other_end_was_moved_under_later_rules(lab, ada, ben):
    asked(ben, "seat-1", period=Period(SLOT.end, SLOT.end + HOUR))
    (booking,) = asked(ada, "seat-1")
    new_rules(lab["seat-1"].type, **SEAT_RULES, turnaround_after=HOUR)
    earlier = Period(SLOT.start - HOUR, SLOT.end)
    move(booking.pk, by=ada, at=NOW, to=earlier)

    assert kept(booking, ada, SLOT) == "approved"
    move(booking.pk, by=ada, at=NOW, to=earlier)
    assert Booking.objects.get(pk=booking.pk).period == earlier


def test_a_request_waits_on_with_less(lab, ada):
    (booking,) = asked(ada, "board-1")
    tightened(lab, "board-1")

    assert kept(booking, ada, SHORTER) == "requested"


def test_staff_give_back_for_others_without_a_reason(lab, ada, sam):
    (booking,) = asked(ada, "seat-1")
    tightened(lab)

    assert kept(booking, sam, SHORTER) == "approved"


def test_what_is_in_use_ends_early_and_is_given_back(lab, ada, sam):
    (booking,) = asked(ada, "seat-1")
    actions.check_in(booking.pk, by=sam, at=SLOT.start)
    tightened(lab)

    assert kept(booking, ada, SHORTER, SLOT.start + MINUTE) == "in_use"
    actions.check_out(booking.pk, by=sam, at=SLOT.start + 20 * MINUTE)
    assert Booking.objects.get().state == "completed"


@pytest.mark.parametrize("scope", Scope)
def test_of_a_series_in_every_scope(lab, ada, scope):
    dates = asked(ada, "seat-1", rrule="FREQ=DAILY;COUNT=3")
    tightened(lab)
    Resource.objects.filter(slug="seat-1").update(is_bookable=False)

    moved = move(dates[1].pk, by=ada, at=NOW, to=SHORTER.moved(DAY), scope=scope)

    assert len(moved) == {"one": 1, "following": 2, "all": 3}[scope]
    assert {each.period.length for each in moved} == {HOUR}


def test_a_whole_keeps_the_parts_it_took_along(lab, ada, ben):
    (booking,) = asked(ada, "workspace")
    (new,) = units(lab["seat-1"].type, ["seat-11"])
    asked(ben, "seat-11")
    lab["workspace"].parts.add(new)

    assert kept(booking, ada, SHORTER) == "approved"
    assert Allocation.objects.filter(booking=booking).count() == 11


def test_on_the_page_and_by_api(lab, ada, signed_in):
    ahead = hours(10, "10:00", "12:00")
    (booking,) = booked_ahead(ada, "seat-1", period=ahead)
    tightened(lab)
    page = f"{reverse('booking_move', args=[booking.pk])}?to={day(10)}T11:30"
    browser = signed_in(ada)

    assert "step" not in browser.get(page).context["detail"]
    assert browser.get(page).context["outcome"].ok
    assert browser.post(page).status_code == 302

    said = {"ends_at": (ahead.start + HOUR).isoformat()}
    address = f"/api/v1/bookings/{booking.pk}/move"
    assert browser.get(address, said).json()["ok"]
    assert browser.post(address, said, content_type="application/json").status_code == 200


def refused(booking, by, to, at=NOW):
    thought = preview_move(Booking.objects.get(pk=booking.pk), by=by, at=at, to=to)
    with pytest.raises(Refused) as no:
        move(booking.pk, by=by, at=at, to=to)
    codes = {each.code for each in no.value.refusals}
    assert codes == {each.code for each in thought.refusals}
    return codes


LATER = Period(SLOT.start, SLOT.end + HOUR)
AFTERWARDS = Period(SLOT.start + HOUR, SLOT.end + HOUR)


@pytest.mark.parametrize(
    ("rules", "to", "codes"),
    [
        ({"opening": daily("11:00", "22:00")}, LATER, set()),
        ({"opening": daily("11:00", "12:30")}, LATER, {"outside_opening_hours"}),
        (
            {"opening": daily("11:30", "22:00")},
            Period(SLOT.start - HOUR, SLOT.end),
            {"outside_opening_hours"},
        ),
        ({"smallest": 5 * HOUR}, LATER, set()),
        ({"smallest": 5 * HOUR}, AFTERWARDS, {"too_short"}),
        ({"largest": HOUR}, LATER, {"too_long"}),
        ({"lead_time": 7 * DAY + 200 * MINUTE}, LATER, {"too_soon"}),
        ({"lead_time": 7 * DAY + 150 * MINUTE}, LATER, set()),
        ({"step": 90 * MINUTE}, Period(SLOT.start, SLOT.end + 90 * MINUTE), set()),
        ({"step": 90 * MINUTE}, LATER, set()),
        ({"step": 50 * MINUTE}, LATER, {"off_the_step"}),
        ({"induction": "laser"}, LATER, {"induction_required"}),
        ({"at_once": 0}, LATER, {"quota_at_once"}),
        ({"hours_a_week": 1}, LATER, {"quota_hours_a_week"}),
        (
            FORBIDDING,
            SLOT.moved(DAY),
            {
                "too_soon",
                "too_far_ahead",
                "too_short",
                "off_the_step",
                "outside_opening_hours",
                "induction_required",
                "quota_at_once",
                "quota_hours_a_week",
            },
        ),
    ],
)
def test_what_is_added_is_judged_by_the_rules_of_today(lab, nia, rules, to, codes):
    (booking,) = asked(nia, "seat-1")
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, **rules})

    if codes:
        assert refused(booking, nia, to) == codes
    else:
        assert preview_move(Booking.objects.get(), by=nia, at=NOW, to=to).ok
        move(booking.pk, by=nia, at=NOW, to=to)


def test_room_that_rules_want_by_now_is_asked_for_only_where_time_is_added(lab, ada, ben):
    asked(ben, "seat-1", period=Period(SLOT.start - 2 * HOUR, SLOT.start))
    asked(ben, "seat-1", period=Period(SLOT.end + 2 * HOUR, SLOT.end + 3 * HOUR))
    (booking,) = asked(ada, "seat-1")
    new_rules(
        lab["seat-1"].type,
        **{**SEAT_RULES, "turnaround_before": 30 * MINUTE, "turnaround_after": 30 * MINUTE},
    )

    move(booking.pk, by=ada, at=NOW, to=Period(SLOT.start, SLOT.end + 90 * MINUTE))
    with pytest.raises(SlotTaken):
        move(booking.pk, by=ada, at=NOW, to=Period(SLOT.start, SLOT.end + 105 * MINUTE))


def test_given_back_early_it_takes_no_more_room_than_it_had(lab, ada, ben, sam):
    (booking,) = asked(ada, "seat-1")
    asked(ben, "seat-1", period=Period(SLOT.end, SLOT.end + HOUR))
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "turnaround_after": 30 * MINUTE})
    move(booking.pk, by=ada, at=NOW, to=Period(SLOT.start - HOUR, SLOT.end))
    actions.check_in(booking.pk, by=sam, at=SLOT.start)

    actions.check_out(booking.pk, by=sam, at=SLOT.end - 10 * MINUTE)

    assert Allocation.objects.get(booking=booking).guarded_until == SLOT.end
