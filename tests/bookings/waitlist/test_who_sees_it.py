"""Who waits for a thing, told where people look: all to staff, to others a number and their own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.waitlist.positions import places, queue_for_booking, queue_for_resource
from labbooking.period import HOUR, MINUTE
from residents.models import Role
from tests.bookings.days import booked, hours, said
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, wait_for
from tests.people import person

pytestmark = pytest.mark.django_db
RESOURCE = "/house/seat-1/"


def waits_for(by, *resources, number=10, types=None, **more):
    spec = BookingSpec(hours(number), resources, types or {})
    return join(spec, by=by, at=timezone.now(), **more)


@pytest.fixture
def zoe(db):
    return person("Zoe", Role.CREATIVE)


@pytest.fixture
def queue(lab, ada, nia, zoe):
    """Ada's seat, and who waits for it: Nia first, then Zoe."""
    (booking,) = booked(ada, "seat-1")
    waits_for(nia, "seat-1")
    waits_for(zoe, "seat-1")
    return booking


def page_of(booking):
    return f"/bookings/{booking.pk}/"


# The pages


@pytest.mark.parametrize("where", ["resource", "booking"])
def test_staff_see_who_waits_in_order_and_since_when(queue, sam, signed_in, where):
    page = said(signed_in(sam).get(RESOURCE if where == "resource" else page_of(queue)))

    assert page.index("Nia") < page.index("Zoe")
    assert page.index("first in line") < page.index("number 2 in line")
    assert page.count("waiting since") == 2
    assert "Take Zoe off the list for Seat 1" in page


def test_who_waits_sees_the_own_place_and_how_many_more_on_the_page_of_the_thing(
    queue, zoe, signed_in
):
    page = said(signed_in(zoe).get(RESOURCE))

    assert "number 2 in line" in page
    assert "Besides you, one person is waiting for it." in page
    assert "Nia" not in page
    assert "Leave the list" in page
    assert "number 2 in line" in said(signed_in(zoe).get("/bookings/"))


def test_leaving_from_the_page_of_a_thing_leads_back_there(queue, zoe, signed_in):
    place = zoe.waits.get()

    answer = signed_in(zoe).post(f"/waiting/{place.pk}/leave/?next={RESOURCE}", follow=True)

    assert answer.redirect_chain == [(RESOURCE, 302)]
    assert "One person is waiting for it." in said(answer)


@pytest.mark.parametrize("who", ["nobody", "ben", "rui"])
def test_others_see_only_how_many_wait(queue, signed_in, request, client, who):
    browser = client if who == "nobody" else signed_in(request.getfixturevalue(who))

    page = said(browser.get(RESOURCE))

    assert "2 people are waiting for it." in page
    for private in ("Nia", "Zoe", "in line", "waiting since", "Leave the list"):
        assert private not in page


def test_whose_booking_it_is_sees_only_how_many_wait(queue, ada, signed_in):
    page = said(signed_in(ada).get(page_of(queue)))

    assert "2 people are waiting for it." in page
    for private in ("Nia", "Zoe", "in line", "waiting since", "off the list"):
        assert private not in page


@pytest.mark.parametrize("who", ["nobody", "sam", "ada"])
def test_where_nobody_waits_nothing_is_said(lab, ada, sam, signed_in, request, client, who):
    (booking,) = booked(ada, "seat-1")
    browser = client if who == "nobody" else signed_in(request.getfixturevalue(who))

    pages = [RESOURCE] if who == "nobody" else [RESOURCE, page_of(booking)]
    for page in pages:
        assert 'id="waiting-list"' not in said(browser.get(page))


def test_what_is_offered_to_me_is_confirmed_from_the_page_of_the_thing(
    queue, ada, nia, sam, signed_in
):
    actions.cancel(queue.pk, by=ada, at=timezone.now())
    kept = nia.bookings.get()

    assert f'href="/bookings/{kept.pk}/"' in said(signed_in(nia).get(RESOURCE))
    assert "It is free and kept until" in said(signed_in(sam).get(RESOURCE))
    assert "Zoe" in said(signed_in(sam).get(page_of(kept)))
    assert "one person is waiting" in said(signed_in(nia).get(page_of(kept))).lower()


@pytest.mark.parametrize("who", ["sam", "ben", "nobody"])
@pytest.mark.parametrize("where", ["resource", "booking"])
def test_three_who_wait_ask_as_much_as_one(
    lab, ada, ben, nia, sam, signed_in, client, request, where, who
):
    if (where, who) == ("booking", "nobody"):
        who = "ada"
    (booking,) = booked(ben if who == "ben" and where == "booking" else ada, "seat-1")
    if where == "resource" and who == "ben":
        waits_for(ben, "seat-1")
    else:
        waits_for(nia, "seat-1")
    page = RESOURCE if where == "resource" else page_of(booking)
    browser = client if who == "nobody" else signed_in(request.getfixturevalue(who))
    browser.get(page)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            browser.get(page)
        return len(queries)

    one = asked()
    for name in ("Zoe", "Ole"):
        waits_for(person(name, Role.CREATIVE), "seat-1")

    assert asked() == one


# What counts as waiting for a thing


def names(queue):
    return [place.wait.person.name for place in queue.places]


def test_a_wish_for_any_unit_or_for_the_whole_is_one_for_each_part(lab, ada, ben, nia, sam, zoe):
    ask(ada, "workspace")
    wait_for(ben, types={"seat": 2})
    wait_for(nia, "workspace", at=NOW + MINUTE)
    wait_for(zoe, "seat-7", at=NOW + 2 * MINUTE)

    assert names(queue_for_resource(lab["seat-7"], sam, NOW)) == ["Ben", "Nia", "Zoe"]
    assert names(queue_for_resource(lab["seat-6"], sam, NOW)) == ["Ben", "Nia"]
    assert names(queue_for_resource(lab["workspace"], sam, NOW)) == ["Nia"]
    assert not queue_for_resource(lab["board-1"], sam, NOW)


def test_the_place_in_line_counts_who_wants_the_whole_of_it(lab, ada, ben, nia, zoe):
    ask(ada, "workspace")
    whole = wait_for(nia, "workspace")
    part = wait_for(zoe, "seat-7", at=NOW + MINUTE)

    assert [each.position for each in places([whole, part])] == [1, 2]


def test_of_a_booking_only_who_waits_for_its_time_counts_with_the_turnaround(
    lab, ada, ben, sam, nia
):
    first = ask(ada, "ar-headset-1")
    second = ask(ada, "ar-headset-1", period=TEN_TO_TWELVE.moved(3 * HOUR))
    wait_for(ben, "ar-headset-1", period=TEN_TO_TWELVE.moved(2 * HOUR))

    assert [names(queue_for_booking(each, sam, NOW)) for each in (first, second)] == [
        ["Ben"],
        ["Ben"],
    ]
    actions.withdraw(first.pk, by=ada, at=NOW)
    first.refresh_from_db()
    assert not queue_for_booking(first, sam, NOW)


def test_what_has_begun_is_waited_for_no_longer(queue, lab, sam):
    assert not queue_for_resource(lab["seat-1"], sam, hours(10).start)
    assert not queue_for_booking(queue, sam, hours(10).start)
