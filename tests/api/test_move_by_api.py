"""Bookings moved by API, made shorter and longer."""

from labbooking.bookings.models import Booking
from tests.api.program import booked, is_problem, moment


def times(told):
    return told["starts_at"], told["ends_at"]


def at(start, end, day=0):
    return {"starts_at": moment(start, day), "ends_at": moment(end, day)}


def test_a_booking_moves_with_its_things(as_ada):
    mine = booked(as_ada, "seat-1", "seat-2")["id"]

    told = as_ada.post(f"bookings/{mine}/move", at("14:00", "16:00", day=1)).json()

    assert times(told) == (moment("14:00", 1), moment("16:00", 1))
    assert {each["resource"] for each in told["allocations"]} == {"seat-1", "seat-2"}
    assert {times(each) for each in told["allocations"]} == {times(told)}


def test_an_end_that_is_not_named_stays(as_ada):
    mine = booked(as_ada, "seat-1")["id"]

    longer = as_ada.post(f"bookings/{mine}/move", {"ends_at": moment("13:00")})
    assert times(longer.json()) == (moment("10:00"), moment("13:00"))
    shorter = as_ada.post(f"bookings/{mine}/move", {"starts_at": moment("12:00")})
    assert times(shorter.json()) == (moment("12:00"), moment("13:00"))


def test_dates_of_a_series_move_by_as_much(as_ada):
    told = booked(as_ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3")
    second = told["series"]["bookings"][1]["id"]

    said = {**at("14:00", "16:00", day=8), "scope": "following"}
    moved = as_ada.post(f"bookings/{second}/move", said).json()

    starts = [each["starts_at"] for each in moved["series"]["bookings"]]
    assert starts == [moment("10:00"), moment("14:00", 8), moment("14:00", 15)]


def test_onto_somebody_elses_time_nothing_moves(as_ada, as_ben):
    mine = booked(as_ada, "seat-1")["id"]
    booked(as_ben, "seat-1", start="12:00", end="14:00")

    told = as_ada.post(f"bookings/{mine}/move", {"ends_at": moment("13:00")})

    is_problem(told, 409, "slot_taken")
    assert times(as_ada.get(f"bookings/{mine}").json()) == (moment("10:00"), moment("12:00"))


def test_house_rules_are_told_and_staff_set_them_aside_with_a_reason(as_ada, as_sam):
    mine = booked(as_ada, "seat-1", start="20:00", end="22:00")["id"]
    late = {"ends_at": moment("23:30")}

    told = is_problem(as_ada.post(f"bookings/{mine}/move", late), 422, "refused")
    assert [each["code"] for each in told["refusals"]] == ["outside_opening_hours"]
    said = late | {"override_reason": "The premiere is tomorrow."}
    assert as_sam.post(f"bookings/{mine}/move", said).json()["ends_at"] == moment("23:30")


def test_outside_the_time_that_staff_confirmed_it_waits_for_them_again(as_ada, as_sam):
    mine = booked(as_ada, "ar-headset-1")["id"]
    as_sam.post(f"bookings/{mine}/approve")
    later, shorter = at("14:00", "16:00"), at("10:00", "11:00")

    def asked(program, to):
        return program.get(f"bookings/{mine}/move", to).json()["needs_staff"]

    assert [asked(as_ada, later), asked(as_ada, shorter), asked(as_sam, later)] == [
        True,
        False,
        False,
    ]
    assert as_ada.post(f"bookings/{mine}/move", shorter).json()["state"] == "approved"
    waits = as_ada.post(f"bookings/{mine}/move", later).json()
    assert (waits["state"], waits["can_move_back"]) == ("requested", True)
    assert times(waits["granted"]) == (moment("10:00"), moment("12:00"))
    assert as_sam.post(f"bookings/{mine}/approve").json()["state"] == "approved"


def test_a_time_that_is_none_is_malformed(as_ada):
    mine = booked(as_ada, "seat-1")["id"]

    for said in ({}, {"ends_at": moment("09:00")}, {"ends_at": "2026-11-24T10:00"}):
        is_problem(as_ada.post(f"bookings/{mine}/move", said), 400, "malformed")
        is_problem(as_ada.get(f"bookings/{mine}/move", said), 400, "malformed")


def test_a_move_is_thought_through_without_moving(as_ada, as_ben):
    mine = booked(as_ada, "seat-1")["id"]
    booked(as_ben, "seat-1", start="14:00", end="16:00")
    before = list(Booking.objects.values())

    free = as_ada.get(f"bookings/{mine}/move", {"ends_at": moment("13:00")}).json()
    assert (free["ok"], free["suggestions"], free["nearest"]) == (True, [], None)
    assert free["free_until"] == moment("14:00")
    taken = as_ada.get(f"bookings/{mine}/move", {"ends_at": moment("15:00")}).json()
    assert not taken["ok"]
    assert [each["resource"] for each in taken["dates"][0]["clashes"]] == ["seat-1"]
    assert taken["suggestions"]
    refused = as_ada.get(f"bookings/{mine}/move", at("06:00", "07:30")).json()
    assert [each["code"] for each in refused["dates"][0]["refusals"]] == ["outside_opening_hours"]
    assert times(refused["nearest"]) == (moment("07:00"), moment("08:30"))
    assert list(Booking.objects.values()) == before
