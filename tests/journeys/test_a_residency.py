"""A residency, through the API as any program speaks to it: a studio for some nights, a seat every
week, and a headset that is taken at first.

What a creative asks for is booked whole or not at all, and each "no" comes with ways on.
"""

import pytest

from tests.api.program import is_problem, moment, spec

pytestmark = pytest.mark.django_db


def test_a_studio_is_requested_by_the_night_and_staff_say_yes(as_ada, as_sam):
    # House rules are data: studios are let from 15:00 to 11:00, and staff decide on them.
    stay = {"starts_at": moment("15:00"), "ends_at": moment("11:00", day=6)}
    request = as_ada.post("bookings/", {"resources": ["studio-1"], **stay}).json()
    assert (request["state"], request["actions"]) == ("requested", ["withdraw"])

    assert as_sam.post(f"bookings/{request['id']}/approve").json()["state"] == "approved"
    assert as_ada.get(f"bookings/{request['id']}").json()["actions"] == ["cancel"]


def test_a_series_is_booked_whole_once_each_date_is_settled(as_ada, as_ben):
    as_ben.post("bookings/", spec("seat-1", day=7))
    every_monday = spec("seat-1", rrule="FREQ=WEEKLY;COUNT=3")

    # One date is taken, so nothing is booked.
    is_problem(as_ada.post("bookings/", every_monday), 409, "slot_taken")
    assert as_ada.get("bookings/").json()["items"] == []

    # A preview books nothing either. It says what could become of that date.
    first, second, third = as_ada.post("bookings/preview", every_monday).json()["dates"]
    assert [first["ok"], second["ok"], third["ok"]] == [True, False, True]

    # Another seat on that date alone; the rest stays as asked for. Seats are confirmed at once.
    choice = {"on": second["on"], "instead": second["options"]["instead"]}
    series = as_ada.post("bookings/", {**every_monday, "choices": [choice]}).json()
    seats = [each["resource"] for each in series["allocations"]]
    assert seats == ["seat-1", second["options"]["instead"]["seat-1"], "seat-1"]

    # Each date is a booking of its own, with a life of its own.
    dates = series["series"]["bookings"]
    as_ada.post(f"bookings/{dates[2]['id']}/cancel")
    states = [as_ada.get(f"bookings/{each['id']}").json()["state"] for each in dates]
    assert states == ["approved", "approved", "cancelled"]


def test_a_taken_time_is_waited_for_and_kept_for_who_waits(as_ada, as_ben, as_sam):
    bens = as_ben.post("bookings/", spec("ar-headset-1")).json()["id"]
    is_problem(as_ada.post("bookings/", spec("ar-headset-1")), 409, "slot_taken")
    place = as_ada.post("waiting-list/", spec("ar-headset-1")).json()
    assert (place["state"], place["position"]) == ("waiting", 1)

    # What frees is kept for Ada in the same transaction: Ben cannot even have it back.
    as_ben.post(f"bookings/{bens}/withdraw")
    is_problem(as_ben.post("bookings/", spec("ar-headset-1")), 409, "slot_taken")
    assert as_ada.get(f"waiting-list/{place['id']}").json()["state"] == "offered"

    # Taking the offer asks for it, and headsets are lent by staff.
    request = as_ada.post(f"waiting-list/{place['id']}/take").json()
    assert request["state"] == "requested"
    assert as_sam.post(f"bookings/{request['id']}/approve").json()["state"] == "approved"
