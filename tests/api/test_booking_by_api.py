"""Booking by API, as the contract has it."""

from labbooking.bookings.models import Allocation, Booking
from labbooking.period import MINUTE
from tests.api.program import Program, booked, is_problem, moment, spec


def test_a_seat_is_confirmed_at_once_and_the_answer_names_its_time(as_ada):
    response = as_ada.post("bookings/", spec("seat-1", purpose="Sketching"))

    assert response.status_code == 201
    told = response.json()
    assert response["Location"] == f"/api/v1/bookings/{told['id']}"
    assert told["state"] == "approved"
    assert told["purpose"] == "Sketching"
    time = {"starts_at": moment("10:00"), "ends_at": moment("12:00")}
    assert told["allocations"] == [{"resource": "seat-1", **time}]
    assert {key: told[key] for key in time} == time
    assert told["person"] == {"name": "Ada", "email": "ada@daig.example"}
    assert told["actions"] == ["cancel"]
    assert told["series"] is None
    assert as_ada.get(response["Location"]).json() == told


def test_a_device_waits_for_staff_and_its_turnaround_is_not_told_as_booked(as_ada):
    told = booked(as_ada, "ar-headset-1")

    assert told["state"] == "requested"
    assert told["hold_until"]
    assert told["actions"] == ["withdraw"]
    assert told["allocations"][0]["ends_at"] == moment("12:00")
    taken = Allocation.objects.get()
    assert taken.guarded_until - taken.ends_at == 15 * MINUTE


def test_units_of_a_type_are_chosen_for_the_person(as_ada):
    told = booked(as_ada, "seat-1", types={"ar-headset": 2})

    slugs = [each["resource"] for each in told["allocations"]]
    assert slugs[0] == "seat-1"
    assert len(set(slugs)) == 3
    assert all(slug.startswith("ar-headset-") for slug in slugs[1:])


def test_a_whole_is_told_without_its_parts(as_ada):
    told = booked(as_ada, "workspace")

    assert [each["resource"] for each in told["allocations"]] == ["workspace"]
    assert Allocation.objects.count() == 11


def test_a_series_tells_its_first_date_and_the_allocations_of_all(as_ada):
    told = booked(as_ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=3")

    starts = [moment("10:00", day) for day in (0, 7, 14)]
    assert told["starts_at"] == starts[0]
    assert [each["starts_at"] for each in told["allocations"]] == starts
    assert [each["starts_at"] for each in told["series"]["bookings"]] == starts
    assert told["series"]["bookings"][0]["id"] == told["id"]
    (one,) = as_ada.get(f"bookings/{told['id']}").json()["allocations"]
    assert one["starts_at"] == starts[0]


def test_the_taken_dates_of_a_series_can_be_skipped(as_ada, as_ben):
    booked(as_ben, "seat-1", day=7)
    series = spec("seat-1", rrule="FREQ=WEEKLY;COUNT=3")

    is_problem(as_ada.post("bookings/", series), 409, "slot_taken")
    told = as_ada.post("bookings/", {**series, "on_clash": "skip"}).json()

    assert [each["starts_at"] for each in told["allocations"]] == [
        moment("10:00"),
        moment("10:00", 14),
    ]


def test_a_taken_time_is_a_409_that_shows_ways_on(as_ada, as_ben):
    booked(as_ben, "seat-1")

    told = is_problem(as_ada.post("bookings/", spec("seat-1")), 409, "slot_taken")

    equal = {"starts_at": moment("10:00"), "ends_at": moment("12:00")}
    first, *later = told["suggestions"]
    assert {key: first[key] for key in equal} == equal
    assert first["resources"][0] != "seat-1"
    assert later[0]["resources"] == ["seat-1"]
    assert later[0]["starts_at"] == moment("12:00")


def test_house_rules_are_told_all_at_once_as_a_422(as_ada):
    night = spec("seat-1", start="23:05", end="23:10")

    told = is_problem(as_ada.post("bookings/", night), 422, "refused")

    codes = {each["code"] for each in told["refusals"]}
    assert codes == {"too_short", "off_the_step", "outside_opening_hours"}
    for refusal in told["refusals"]:
        assert refusal["resource"] == "seat-1"
        assert refusal["message"]
        assert refusal["overridable"] is True
    assert not Booking.objects.exists()


def test_without_induction_there_is_no_headset(lab, nia):
    told = is_problem(Program(nia).post("bookings/", spec("ar-headset-1")), 422, "refused")

    assert [each["code"] for each in told["refusals"]] == ["induction_required"]


def test_staff_set_rules_aside_with_a_reason(as_sam):
    short = spec("seat-1", start="10:00", end="10:05")

    is_problem(as_sam.post("bookings/", short), 422, "refused")
    answer = as_sam.post("bookings/", {**short, "override_reason": "A quick photo."})

    assert answer.status_code == 201


def test_staff_book_for_somebody_else(as_sam, as_ada, ada):
    told = booked(as_sam, "seat-1", **{"for": "ADA@daig.example"})

    assert told["person"]["email"] == "ada@daig.example"
    assert as_ada.get(f"bookings/{told['id']}").status_code == 200


def test_only_staff_book_for_somebody_else(as_ada, ben):
    for email in ("ben@daig.example", "nobody@daig.example"):
        told = as_ada.post("bookings/", spec("seat-1", **{"for": email}))
        is_problem(told, 403, "not_allowed")
    assert (
        as_ada.post("bookings/", spec("seat-1", **{"for": "ada@daig.example"})).status_code == 201
    )


def test_staff_hear_that_they_booked_for_nobody(as_sam):
    answer = as_sam.post("bookings/", spec("seat-1", **{"for": "nobody@daig.example"}))

    is_problem(answer, 400, "malformed")


def test_researchers_do_not_book(as_rui):
    is_problem(as_rui.post("bookings/", spec("seat-1")), 403, "not_allowed")


def test_what_does_not_exist_cannot_be_booked(as_ada):
    told = is_problem(as_ada.post("bookings/", spec("seat-99")), 400, "malformed")
    assert "seat-99" in told["detail"]
    is_problem(as_ada.post("bookings/", spec(types={"kiln": 1})), 400, "malformed")
    is_problem(as_ada.post("bookings/", spec()), 400, "malformed")


def test_the_same_request_under_one_key_is_made_once(as_ada):
    first = as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k1")
    again = as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert again["Location"] == first["Location"]
    assert Booking.objects.count() == 1


def test_asked_again_under_its_key_a_booking_cancelled_since_says_so(as_ada):
    first = as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k1").json()
    as_ada.post(f"bookings/{first['id']}/cancel")

    again = as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k1")

    assert again.status_code == 201
    assert again["Idempotent-Replayed"] == "true"
    assert (again.json()["id"], again.json()["state"]) == (first["id"], "cancelled")
    assert Booking.objects.count() == 1


def test_a_series_under_one_key_is_made_once(as_ada):
    series = spec("seat-1", rrule="FREQ=DAILY;COUNT=3")
    first = as_ada.post("bookings/", series, Idempotency_Key="k1")
    again = as_ada.post("bookings/", series, Idempotency_Key="k1")

    assert again.json() == first.json()
    assert Booking.objects.count() == 3


def test_a_key_means_one_request_however_it_is_written(as_ada):
    body = spec("seat-1")
    first = as_ada.post("bookings/", body, Idempotency_Key="k1").json()
    in_utc = {**body, "starts_at": body["starts_at"][:11] + "09:00:00Z", "purpose": " "}
    if not body["starts_at"].endswith("+01:00"):
        in_utc["starts_at"] = body["starts_at"][:11] + "08:00:00Z"

    again = as_ada.post("bookings/", in_utc, Idempotency_Key="k1")

    assert again.json()["id"] == first["id"]


def test_another_request_under_the_same_key_is_refused(as_ada):
    as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k1")

    other = as_ada.post("bookings/", spec("seat-2"), Idempotency_Key="k1")

    is_problem(other, 422, "idempotency_mismatch")
    assert Booking.objects.count() == 1


def test_a_key_is_its_persons_own(as_ada, as_ben):
    as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k1")

    assert as_ben.post("bookings/", spec("seat-2"), Idempotency_Key="k1").status_code == 201


def test_a_refused_request_leaves_its_key_free(as_ada, as_ben):
    taken = booked(as_ben, "seat-1")
    is_problem(as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k"), 409, "slot_taken")
    as_ben.post(f"bookings/{taken['id']}/cancel")

    assert as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k").status_code == 201


def test_a_key_has_255_characters_at_most(as_ada):
    assert as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k" * 255).status_code == 201
    told = as_ada.post("bookings/", spec("seat-2"), Idempotency_Key="k" * 256)
    assert is_problem(told, 400, "malformed")["errors"][0]["field"] == "Idempotency-Key"
