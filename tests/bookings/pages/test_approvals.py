"""The queue: what waits, what runs out first, and what each yes would mean."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.approvals.impact import Record, consequences, waiting_requests
from labbooking.bookings.models import Booking
from labbooking.period import HOUR
from residents.models import Induction
from tests.bookings.days import booked, hours, said

pytestmark = pytest.mark.django_db


def only_one():
    (item,) = consequences(waiting_requests())
    return item


def of(person):
    items = consequences(waiting_requests())
    return next(item for item in items if item.request.person == person)


def test_the_queue_is_for_staff_alone(lab, ada, rui, sam, client, signed_in):
    assert client.get("/approvals/").status_code == 302
    assert signed_in(ada).get("/approvals/").status_code == 404
    assert signed_in(rui).get("/approvals/").status_code == 404
    assert signed_in(sam).get("/approvals/").status_code == 200


def test_an_empty_queue_says_so(lab, sam, signed_in):
    assert "Every request has been answered." in said(signed_in(sam).get("/approvals/"))


def test_what_runs_out_first_stands_first(lab, ada, ben, sam, signed_in):
    booked(ada, "ar-headset-1", period=hours(9))
    booked(ben, "ar-headset-2", period=hours(1))

    page = said(signed_in(sam).get("/approvals/"))

    assert re.findall(r'<h2 id="request-\d+">(\w+)', page) == ["Ben", "Ada"]


def test_a_series_and_a_bundle_are_one_thing_to_decide(lab, ada, ben, sam, signed_in):
    booked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=4")
    booked(ben, "ar-headset-1", "seat-1")
    client = signed_in(sam)

    page = said(client.get("/approvals/"))
    yes = re.findall(r'action="(/bookings/\d+/approve/[^"]*)"', page)
    for address in yes:
        client.post(address)

    assert "2 requests need your answer" in page
    assert "a series of 4 dates" in page
    assert "Ar Headset 1, Seat 1" in page
    assert len(yes) == 2
    assert set(Booking.objects.values_list("state", flat=True)) == {"approved"}


def test_competing_requests_are_seen_side_by_side(lab, ada, ben, nia):
    booked(ada, "ar-headset-1", period=hours(10))
    rival = booked(ben, "ar-headset-2", period=hours(10, "11:00", "13:00"))[0]
    booked(ben, "board-1", period=hours(10))
    booked(ben, "ar-headset-3", period=hours(11))

    assert [each.booking for each in of(ada).competing] == [rival]


def test_what_is_confirmed_competes_no_more(lab, ada, ben, sam):
    booked(ada, "ar-headset-1")
    other = booked(ben, "ar-headset-2")[0]
    actions.approve(other.pk, by=sam, at=timezone.now())

    assert only_one().competing == ()


def test_what_the_person_has_at_the_time(lab, ada):
    seat = booked(ada, "seat-1")[0]
    booked(ada, "seat-2", period=hours(11))
    booked(ada, "ar-headset-1")

    assert only_one().meanwhile == (seat,)


def test_how_many_are_left_then(lab, ada, ben):
    booked(ben, "ar-headset-4", period=hours(10, "11:00", "13:00"))
    booked(ada, types={"ar-headset": 2}, period=hours(10))

    (left,) = of(ada).left
    assert (left.free, left.all) == (1, 4)


def test_of_a_series_the_scarcest_date_counts(lab, ada, ben):
    booked(ben, "ar-headset-3", "ar-headset-4", period=hours(17))
    booked(ada, types={"ar-headset": 2}, rrule="FREQ=WEEKLY;COUNT=2")

    (left,) = of(ada).left
    assert left.free == 0


def test_earlier_no_shows_and_late_returns_are_counted(lab, ada):
    missed, late, in_time = (booked(ada, f"seat-{number}")[0] for number in (1, 2, 3))
    Booking.objects.filter(pk=missed.pk).update(state="no_show")
    for booking, delay in ((late, HOUR), (in_time, timedelta())):
        out_at = booking.ends_at + delay
        Booking.objects.filter(pk=booking.pk).update(state="completed", checked_out_at=out_at)
    booked(ada, "ar-headset-1", period=hours(20))

    item = only_one()
    assert item.record == Record(no_shows=1, late_returns=1)


def test_whether_the_induction_holds_then(lab, ada, signed_in, sam):
    until = timezone.now() + timedelta(days=40)
    Induction.objects.update(valid_until=until)
    booked(ada, "ar-headset-1")

    (known,) = only_one().inductions
    assert (known.holds, known.until) == (True, until)
    Induction.objects.update(withdrawn_at=timezone.now())
    (known,) = only_one().inductions
    assert not known.holds
    assert "none valid then" in said(signed_in(sam).get("/approvals/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_asks_the_same_for_one_and_for_three(
    lab, ada, ben, sam, signed_in, django_assert_num_queries, count
):
    for number, person in zip(range(count), (ada, ben, ada), strict=False):
        booked(person, f"ar-headset-{number + 1}", period=hours(10 + number))
    client = signed_in(sam)
    client.get("/approvals/")

    with django_assert_num_queries(13):
        client.get("/approvals/")
