"""A wish thought through by API, and the next days on which it could be had."""

from datetime import date

from labbooking.bookings.models import Booking
from tests.api.program import booked, is_problem, moment, spec


def thought(program, *things, **more):
    return program.post("bookings/preview", spec(*things, **more)).json()


def test_what_is_free_is_told_and_nothing_is_booked(as_ada):
    told = thought(as_ada, "seat-1", types={"ar-headset": 1})

    assert (told["ok"], told["needs_staff"], told["repeats"]) == (True, True, "")
    (only,) = told["dates"]
    assert (only["starts_at"], only["resources"]) == (moment("10:00"), ["seat-1", "ar-headset-1"])
    assert (told["suggestions"], told["nearest"]) == ([], None)
    assert not Booking.objects.exists()


def test_what_is_taken_is_told_with_ways_on_and_nobodys_name(as_ada, as_ben):
    booked(as_ben, "seat-1", purpose="A secret")

    answer = as_ada.post("bookings/preview", spec("seat-1"))
    told = answer.json()

    assert not told["ok"]
    assert told["dates"][0]["clashes"][0]["resource"] == "seat-1"
    same_time, *later = told["suggestions"]
    assert same_time["starts_at"] == moment("10:00")
    assert later[0]["resources"] == ["seat-1"]
    assert not {"Ben", "ben@", "A secret"} & set(answer.content.decode().split('"'))


def test_every_refusal_is_told_with_the_nearest_time_that_rules_allow(as_ada):
    told = thought(as_ada, "seat-1", start="06:00", end="07:07")

    codes = {each["code"] for each in told["dates"][0]["refusals"]}
    assert codes == {"outside_opening_hours", "off_the_step"}
    assert told["nearest"]["starts_at"] == moment("07:00")
    assert thought(as_ada, "seat-1", start="07:00", end="08:15")["ok"]


def test_of_a_series_every_date_is_told(as_ada, as_ben):
    booked(as_ben, "seat-1", day=7)

    told = thought(as_ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3")
    assert [each["ok"] for each in told["dates"]] == [True, False, True]
    assert told["repeats"]
    assert not told["ok"]
    assert thought(as_ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3", on_clash="skip")["ok"]


def test_a_wish_is_thought_through_for_those_who_may_book(as_ada, as_sam, as_rui, ben):
    asked = spec("seat-1", **{"for": ben.email})

    is_problem(as_ada.post("bookings/preview", asked), 403, "not_allowed")
    assert as_sam.post("bookings/preview", asked).json()["ok"]
    is_problem(as_rui.post("bookings/preview", spec("seat-1")), 403, "not_allowed")
    is_problem(as_ada.post("bookings/preview", spec("seat-99")), 400, "malformed")


def test_the_next_days_on_which_all_of_it_is_free_are_told_to_anybody(nobody, as_ben):
    booked(as_ben, "board-1", start="08:00", end="15:00", day=1)
    booked(as_ben, "seat-1", start="15:00", end="22:00", day=1)
    asked = {"resource": ["board-1", "seat-1"], "minutes": "120", "since": moment("00:00")}

    found = nobody.get("free-days/", asked).json()["items"]

    first = date.fromisoformat(moment("00:00")[:10])
    days = [(date.fromisoformat(each["day"]) - first).days for each in found]
    assert days == [0, 2, 3, 4, 5, 6, 7]
    assert found[0]["slots"][0]["starts_at"] == moment("08:00")
    assert found[0]["slots"][0]["resources"] == ["board-1", "seat-1"]
    assert {len(each["slots"]) for each in found} == {5}


def test_a_part_of_the_day_is_enough(nobody):
    asked = {"type": "seat", "minutes": "60", "part": "evening", "since": moment("00:00")}

    found = nobody.get("free-days/", asked).json()["items"]
    assert found[0]["slots"][0]["starts_at"] == moment("18:00")
    is_problem(nobody.get("free-days/", {**asked, "part": "night"}), 400, "malformed")
    is_problem(nobody.get("free-days/", {"minutes": "60"}), 400, "malformed")
    is_problem(nobody.get("free-days/", {"type": "nothing", "minutes": "60"}), 400, "malformed")
