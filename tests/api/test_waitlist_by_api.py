"""The waiting list by API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings.actions import scheduled
from labbooking.bookings.models.waitlist import Waiting
from tests.api.program import booked, is_problem, moment, spec, walk


@pytest.fixture
def taken(as_ada):
    """Ada's seat on Monday."""
    return booked(as_ada, "seat-1")["id"]


def wait_for(program, *things, key=None, **more):
    headers = {"Idempotency_Key": key} if key else {}
    return program.post("waiting-list/", spec(*things, **more), **headers)


def offered(as_ada, taken):
    """Ada gives her seat up, and whoever waits longest is asked."""
    as_ada.post(f"bookings/{taken}/cancel")
    scheduled.tick(timezone.now())


def test_who_waits_has_a_place_and_sees_who_is_before_only_as_a_number(as_ben, as_sam, taken):
    wait_for(as_sam, "seat-1")
    answer = wait_for(as_ben, "seat-1", purpose="Drawing")
    told = answer.json()

    assert answer.status_code == 201
    assert (told["state"], told["position"], told["actions"]) == ("waiting", 2, ["leave"])
    assert (told["resources"], told["purpose"]) == (["seat-1"], "Drawing")
    assert (told["starts_at"], told["ends_at"]) == (moment("10:00"), moment("12:00"))
    assert told["booking"] is None
    assert "Sam" not in answer.content.decode()
    assert as_ben.get(answer["Location"]).json() == told


def test_an_offer_is_taken(as_ada, as_ben, taken):
    place = wait_for(as_ben, "seat-1").json()["id"]
    is_problem(as_ben.post(f"waiting-list/{place}/take"), 409, "wrong_state")

    offered(as_ada, taken)
    told = as_ben.get(f"waiting-list/{place}").json()
    assert (told["state"], told["actions"]) == ("offered", ["take", "leave"])
    assert told["offered_until"] > told["offered_at"]

    mine = as_ben.post(f"waiting-list/{place}/take").json()
    assert (mine["state"], mine["id"]) == ("approved", told["booking"])
    settled = as_ben.get(f"waiting-list/{place}").json()
    assert (settled["state"], settled["position"], settled["actions"]) == ("taken", None, [])
    is_problem(as_ben.post(f"waiting-list/{place}/take"), 409, "wrong_state")


def test_who_leaves_an_offer_passes_it_on(as_ada, as_ben, as_sam, taken):
    first, second = (wait_for(each, "seat-1").json()["id"] for each in (as_ben, as_sam))
    offered(as_ada, taken)

    assert as_ben.post(f"waiting-list/{first}/leave").json()["state"] == "left"
    scheduled.tick(timezone.now())

    assert as_sam.get(f"waiting-list/{second}").json()["state"] == "offered"
    is_problem(as_ben.post(f"waiting-list/{first}/leave"), 409, "wrong_state")


def test_equal_units_will_do_where_one_says_so(as_ben, taken):
    told = wait_for(as_ben, "seat-1", any_unit=True)

    # Nine others are free then.
    refused = is_problem(told, 422, "refused")
    assert [each["code"] for each in refused["refusals"]] == ["not_taken"]


def test_asked_again_the_answer_is_the_place_one_has(as_ben, taken):
    first, again = wait_for(as_ben, "seat-1"), wait_for(as_ben, "seat-1")

    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Waiting.objects.count() == 1


def test_a_key_finds_the_place_again_even_when_it_is_settled(as_ben, taken):
    place = wait_for(as_ben, "seat-1", key="k").json()["id"]
    as_ben.post(f"waiting-list/{place}/leave")

    again = wait_for(as_ben, "seat-1", key="k").json()
    assert (again["id"], again["state"]) == (place, "left")
    is_problem(wait_for(as_ben, "seat-1", key="k", purpose="More"), 422, "idempotency_mismatch")
    assert wait_for(as_ben, "seat-1", key="l").json()["id"] != place


def test_people_list_their_own_places_and_staff_everybodys(as_ben, as_sam, as_rui, taken):
    mine, other = (wait_for(each, "seat-1").json()["id"] for each in (as_ben, as_sam))
    as_sam.post(f"waiting-list/{other}/leave")

    def listed(program, **query):
        return [each["id"] for each in program.get("waiting-list/", query).json()["items"]]

    assert (listed(as_ben), listed(as_sam), listed(as_rui)) == ([mine], [mine, other], [])
    assert listed(as_sam, state="waiting") == [mine]
    is_problem(as_ben.get("waiting-list/", {"state": "asleep"}), 400, "malformed")


def test_places_come_page_by_page_with_the_same_number_of_queries(as_ada, as_ben):
    def asked(limit):
        with CaptureQueriesContext(connection) as queries:
            as_ben.get("waiting-list/", {"limit": str(limit)})
        return len(queries)

    for day in range(4):
        booked(as_ada, "seat-1", day=day)
        wait_for(as_ben, "seat-1", day=day)

    items, pages = walk(as_ben, "waiting-list/", {"limit": "3"})
    assert (len({each["id"] for each in items}), pages) == (4, 2)
    assert asked(1) == asked(4)


def test_a_series_is_not_waited_for_and_staff_take_people_off(as_ben, as_sam, taken):
    is_problem(wait_for(as_ben, "seat-1", rrule="FREQ=DAILY;COUNT=2"), 400, "malformed")
    place = wait_for(as_ben, "seat-1").json()["id"]

    assert as_sam.post(f"waiting-list/{place}/leave").json()["state"] == "left"
