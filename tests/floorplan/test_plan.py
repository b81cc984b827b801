"""The floor plan as a page: who reads what, where it leads, what it costs, who moves things."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.actions.closures import close
from labbooking.journal.models import Entry
from labbooking.period import Period
from tests.bookings.days import booked, day, hours, source
from tests.lab import a_type, berlin, units

QUERIES = 8


def plan(client=None, number=5, start="10:00", end="12:00", **more):
    query = {"day": f"{day(number)}", "from": start, "to": end, **more}
    return (client or Client(headers={"accept-language": "en"})).get("/plan/", query)


def text(page):
    return unescape(source(page))


SPOT = re.compile(
    r'<a href="([^"]+)" aria-label="([^"]+)" id="spot-([a-z0-9-]+)" '
    r'class="spot spot--\w+ spot--(\w+)"'
)
ROW = re.compile(r'<a id="row-([a-z0-9-]+)" href="([^"]+)".*?state--(\w+)"', re.DOTALL)


def spots(page):
    """The state, the name as heard and the link of everything that is drawn, by slug."""
    found = SPOT.findall(page.content.decode())
    return {slug: (state, unescape(label), unescape(url)) for url, label, slug, state in found}


def rows(page):
    """The same of the list, without the names."""
    found = ROW.findall(page.content.decode())
    return {slug: (state, unescape(url)) for slug, url, state in found}


def test_a_free_seat_says_until_when_and_leads_to_its_booking(placed):
    state, label, url = spots(plan())["seat-3"]
    assert (state, label) == ("free", "Seat 3, free until 23:00")
    assert url == f"/book/?resource=seat-3&from={day(5)}T10:00&to={day(5)}T12:00"


def test_a_free_studio_is_free_for_the_night(placed):
    state, label, url = spots(plan())["studio-1"]
    assert (state, label) == ("free", "Studio 1, free for the night")
    assert url == f"/book/?resource=studio-1&from={day(5)}&to={day(6)}"


def test_the_drawing_comes_first_and_beside_it_the_same_as_a_list(placed):
    page = text(plan())
    assert 0 < page.index('class="plan-sheet"') < page.index('id="plan-list"')


def test_the_time_it_is_taken_next_is_told(placed, ben):
    booked(ben, "seat-3", period=hours(5, "14:00", "15:00"))
    assert spots(plan())["seat-3"][:2] == ("free", "Seat 3, free until 14:00")
    assert spots(plan(end="14:30"))["seat-3"][:2] == ("busy", "Seat 3, busy from 14:00")
    assert spots(plan(start="14:15", end="16:00"))["seat-3"][1] == "Seat 3, busy until 15:00"


def test_others_are_busy_and_nothing_else_is_told(placed, ada, ben, signed_in):
    (booking,) = booked(ada, "seat-3", period=hours(5), purpose="Zirkuspferd")
    for reader in (None, signed_in(ben)):
        page = plan(reader)
        assert spots(page)["seat-3"] == ("busy", "Seat 3, busy until 12:00", "/house/seat-3/")
        for told in ("Zirkuspferd", "Ada", f"/bookings/{booking.pk}"):
            assert told not in text(page)


def test_strangers_cannot_tell_a_request_from_a_booking(placed, ada):
    booked(ada, "ar-headset-1", period=hours(5))
    assert spots(plan())["ar-headset-1"][0] == "busy"


def test_ones_own_are_named_and_lead_to_the_booking(placed, ada, signed_in):
    (seat,) = booked(ada, "seat-3", period=hours(5), purpose="Storyboard")
    (headset,) = booked(ada, "ar-headset-1", period=hours(5), purpose="Lidar")
    drawn = spots(plan(signed_in(ada)))
    assert drawn["seat-3"][0] == "mine"
    assert "Storyboard, 10:00–12:00" in drawn["seat-3"][1]
    assert drawn["seat-3"][2] == f"/bookings/{seat.pk}/"
    assert drawn["ar-headset-1"][0] == "waiting"
    assert drawn["ar-headset-1"][2] == f"/bookings/{headset.pk}/"


def test_staff_read_names(placed, ada, sam, signed_in):
    (booking,) = booked(ada, "seat-3", period=hours(5), purpose="Storyboard")
    state, label, url = spots(plan(signed_in(sam)))["seat-3"]
    assert (state, url) == ("busy", f"/bookings/{booking.pk}/")
    assert "Ada, Storyboard" in label


def test_what_people_write_is_shown_and_never_run(placed, ada, signed_in):
    booked(ada, "seat-3", period=hours(5), purpose='"><script>alert(1)</script>')
    page = plan(signed_in(ada))
    assert b"<script>alert" not in page.content
    assert "<script>alert(1)</script>" in text(page)


def test_what_is_closed_says_why(placed, sam):
    chosen = Resource.objects.filter(slug="telepresence-1").select_related("type")
    words = {"reason_de": "Wird repariert", "reason_en": "Being repaired"}
    close(chosen, hours(5), **words, by=sam, at=timezone.now())
    drawn = spots(plan())["telepresence-1"]
    assert drawn[:2] == ("closed", "Telepresence 1, closed: Being repaired")


def test_out_of_hours_and_out_of_service_are_closed(placed):
    Resource.objects.filter(slug="seat-1").update(is_bookable=False)
    assert spots(plan())["seat-1"][:2] == ("closed", "Seat 1, out of service")
    assert spots(plan(start="05:00", end="06:00"))["seat-2"][1] == "Seat 2, closed at this time"
    early = spots(plan(start="06:30", end="08:00"))["seat-2"]
    assert early[:2] == ("closed", "Seat 2, free from 07:00 only")


def test_a_night_that_has_begun_is_not_called_busy(placed):
    told = spots(plan(number=-1))["studio-1"]
    assert told[:2] == ("closed", "Studio 1, arrival for this night is over")


def test_a_studio_that_is_made_ready_for_the_next_guest_is_not_free_for_the_night(placed, ben):
    nights = Period(berlin(f"{day(6)} 15:00"), berlin(f"{day(8)} 11:00"))
    booked(ben, "studio-1", period=nights)
    assert spots(plan(number=5))["studio-1"][:2] == ("busy", "Studio 1, not free for the night")
    until = spots(plan(number=6))["studio-1"]
    assert until[0] == "busy"
    assert "busy until" in until[1]


def test_the_past_cannot_be_booked(placed):
    state, label, url = spots(plan(number=-1))["seat-3"]
    assert (state, url) == ("closed", "/house/seat-3/")
    assert label == "Seat 3, cannot be booked for this time"


def test_the_whole_is_partly_taken_with_one_of_its_parts(placed, ben):
    booked(ben, "seat-3", period=hours(5))
    assert spots(plan())["workspace"][:2] == ("busy", "Workspace, partly taken")


def test_what_is_cared_for_is_busy_until_then(placed, ben):
    booked(ben, "ar-headset-1", period=hours(5, "09:00", "10:00"))
    drawn = spots(plan(end="10:15"))["ar-headset-1"]
    assert drawn[:2] == ("busy", "Ar Headset 1, care and cleaning until 10:15")


def test_the_list_says_and_links_the_same(placed, ada, ben, signed_in):
    booked(ada, "seat-3", period=hours(5))
    booked(ben, "seat-4", period=hours(5))
    page = plan(signed_in(ada))
    drawn = {slug: (state, url) for slug, (state, _label, url) in spots(page).items()}
    assert rows(page) == drawn
    assert len(drawn) == len(placed)


def test_what_has_no_place_stands_in_the_list_alone(placed):
    Resource.objects.filter(slug="seat-3").update(plan_x=None)
    page = plan()
    assert "seat-3" not in spots(page)
    assert rows(page)["seat-3"][0] == "free"


def test_without_a_time_it_is_now_and_looks_again_each_minute(placed):
    page = text(Client(headers={"accept-language": "en"}).get("/plan/"))
    assert "The house right now" in page
    assert 'hx-trigger="every 60s"' in page
    assert 'hx-trigger="every 60s"' not in text(plan())


def test_the_whole_house_stands_on_its_sheet(daig):
    drawn = spots(plan())
    assert set(drawn) == set(daig)
    places = Resource.objects.values_list("plan_x", "plan_y")
    assert len(set(places)) == len(daig)


@pytest.fixture
def easels(db, ben):
    """As many things as asked for, each with a place; the first is taken by somebody."""
    of_type = a_type("easel")
    first, *others = [f"easel-{number}" for number in range(1, 31)]

    def made(count):
        units(of_type, [first] if count == 1 else others[: count - 1])
        Resource.objects.update(plan_x=3, plan_y=3)
        if count == 1:
            booked(ben, first, period=hours(5))

    return made


@pytest.mark.parametrize("reader", ["ben", "sam"])
def test_it_costs_as_many_queries_for_one_thing_as_for_thirty(easels, signed_in, request, reader):
    client, counts = signed_in(request.getfixturevalue(reader)), []
    for things in (1, 30):
        easels(things)
        with CaptureQueriesContext(connection) as queries:
            page = plan(client)
        assert len(spots(page)) == things
        counts.append(len(queries))
    assert counts[0] == counts[1] <= QUERIES


def test_an_empty_house_says_so(db):
    assert "Nothing can be booked here yet." in text(plan())


def move(client, slug="seat-3", **place):
    return client.post(f"/plan/{slug}/", place, headers={"accept": "application/json"})


def test_staff_move_a_thing_and_hear_where_it_stands(placed, sam, signed_in):
    answer = move(signed_in(sam), x="4.257", y="10.1")
    assert answer.json()["said"] == "Seat 3 stands 4.26 m from the left and 10.1 m from the top."
    moved = Resource.objects.get(slug="seat-3")
    assert (moved.plan_x, moved.plan_y) == (4.26, 10.1)
    assert Entry.objects.filter(kind="resource.placed").count() == 1


def test_where_it_stands_already_nothing_is_written(placed, sam, signed_in):
    for _ in range(2):
        assert move(signed_in(sam), x="4", y="10").status_code == 200
    assert Entry.objects.filter(kind="resource.placed").count() == 1


@pytest.mark.parametrize(
    "place",
    [{"x": "24.01", "y": "3"}, {"x": "-0.1", "y": "3"}, {"x": "nan", "y": "3"}, {"x": "3"}],
)
def test_nothing_is_placed_off_the_plan(placed, sam, signed_in, place):
    answer = move(signed_in(sam), **place)
    assert answer.status_code == 422
    assert "metres" in answer.json()["said"] or "24 m wide" in answer.json()["said"]
    assert Resource.objects.get(slug="seat-3").plan_x == placed["seat-3"].plan_x
    assert not Entry.objects.filter(kind="resource.placed").exists()


@pytest.mark.parametrize("who", ["ada", "rui"])
def test_nobody_else_moves_anything(placed, who, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert move(client, x="4", y="10").status_code == 404
    assert "data-place" not in text(plan(client, edit="1"))
    assert "Move things" not in text(plan(client))
    assert Resource.objects.get(slug="seat-3").plan_x == placed["seat-3"].plan_x


def test_staff_move_a_thing_by_form_too(placed, sam, signed_in):
    client = signed_in(sam)
    page = text(plan(client, edit="1"))
    assert 'action="/plan/seat-3/"' in page
    answer = client.post("/plan/seat-3/", {"x": "5", "y": "6"}, follow=True)
    assert answer.redirect_chain == [("/plan/?edit=1", 302)]
    assert "Seat 3 stands 5 m from the left" in text(answer)
    assert Resource.objects.get(slug="seat-3").plan_x == 5


def test_what_is_not_there_cannot_be_moved(placed, sam, signed_in):
    assert move(signed_in(sam), "seat-99", x="1", y="1").status_code == 404
