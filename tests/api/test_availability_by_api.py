"""What anybody may look up by API: things, busy times and common free times."""

import pytest

from tests.api.program import booked, is_problem, moment, walk


def test_everything_that_can_be_booked_is_listed_for_anybody(nobody):
    items, pages = walk(nobody, "resources/", {"limit": "8"})

    slugs = [each["slug"] for each in items]
    assert pages == 3
    assert slugs[:3] == ["studio-1", "studio-2", "studio-3"]
    assert len(slugs) == len(set(slugs)) == 21


def test_a_resource_is_told_with_the_rules_it_is_booked_by(nobody):
    told = nobody.get("resources/ar-headset-1").json()

    assert (told["type"], told["kind"], told["time_zone"]) == (
        "ar-headset",
        "device",
        "Europe/Berlin",
    )
    assert told["rules"]["approval"] == "staff"
    assert told["rules"]["induction"] == "ar-headset"
    assert told["rules"]["turnaround_after_minutes"] == 15
    assert told["rules"]["opening"][0] == [["08:00", "22:00"]]


def test_a_whole_names_its_parts(nobody):
    parts = nobody.get("resources/workspace").json()["parts"]

    assert sorted(parts) == sorted(f"seat-{number}" for number in range(1, 11))


def test_an_unknown_resource_is_not_there(nobody):
    is_problem(nobody.get("resources/seat-99"), 404, "not_found")


def test_availability_tells_when_and_nothing_about_anybody(nobody, as_ada, as_ben):
    booked(as_ada, "ar-headset-1", purpose="Secret")
    booked(as_ben, "ar-headset-1", start="12:15", end="13:00")
    booked(as_ben, "seat-1", start="14:00", end="15:00")
    within = {"from": moment("00:00"), "to": moment("00:00", 1)}

    response = nobody.get("availability/", {**within, "resource": ["ar-headset-1", "seat-2"]})

    assert response.json() == {
        **within,
        "items": [
            {"resource": "seat-2", "busy": []},
            {
                "resource": "ar-headset-1",
                "busy": [{"starts_at": moment("10:00"), "ends_at": moment("13:15")}],
            },
        ],
    }


def test_availability_is_of_everything_where_nothing_is_named(nobody):
    within = {"from": moment("00:00"), "to": moment("00:00", 1)}

    assert len(nobody.get("availability/", within).json()["items"]) == 21


def test_a_booking_that_reaches_into_the_window_is_told_whole(nobody, as_ada):
    booked(as_ada, "seat-1")
    within = {"from": moment("11:00"), "to": moment("11:30"), "resource": "seat-1"}

    (item,) = nobody.get("availability/", within).json()["items"]

    assert item["busy"] == [{"starts_at": moment("10:00"), "ends_at": moment("12:00")}]


def test_a_whole_is_busy_when_a_part_is(nobody, as_ada):
    booked(as_ada, "workspace")
    within = {"from": moment("00:00"), "to": moment("00:00", 1), "resource": "seat-7"}

    assert nobody.get("availability/", within).json()["items"][0]["busy"]


def test_what_is_cancelled_is_free_again(nobody, as_ada):
    made = booked(as_ada, "seat-1")
    as_ada.post(f"bookings/{made['id']}/cancel")
    within = {"from": moment("00:00"), "to": moment("00:00", 1), "resource": "seat-1"}

    assert nobody.get("availability/", within).json()["items"][0]["busy"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "from"),
        ({"from": "{10:00}"}, "to"),
        ({"from": "{10:00}", "to": "{10:00}"}, "to"),
        ({"from": "{10:00}", "to": "2026-11-24T10:00:00"}, "to"),
        ({"from": "{10:00}", "to": "tomorrow"}, "to"),
        ({"from": "2026-01-01T00:00:00Z", "to": "2027-02-06T00:00:00Z"}, "to"),
        ({"from": "0001-01-01T00:00:00+14:00", "to": "{10:00}"}, "from"),
        ({"from": "{10:00}", "to": "9999-12-31T23:59:59-12:00"}, "to"),
        ({"from": "{10:00}", "to": "2026-11-24T10:00:00+99:99"}, "to"),
        ({"from": "2026-02-30T10:00:00Z", "to": "{10:00}"}, "from"),
        ({"from": "{10:00}", "to": "{12:00}", "resource": "a\0b"}, "resource.0"),
    ],
)
def test_a_window_that_makes_no_sense_is_a_400_naming_the_field(nobody, query, field):
    query = {key: moment(text[1:-1]) if "{" in text else text for key, text in query.items()}

    told = is_problem(nobody.get("availability/", query), 400, "malformed")

    assert field in {each["field"] for each in told["errors"]}


def test_availability_of_what_does_not_exist_is_not_there(nobody):
    within = {"from": moment("00:00"), "to": moment("00:00", 1), "resource": "seat-99"}

    is_problem(nobody.get("availability/", within), 404, "not_found")


def test_a_plus_lost_in_an_address_is_understood(nobody):
    start, end = moment("10:00").replace("+", " "), moment("11:00")

    response = nobody.get(
        "free-slots/", {"from": start, "to": end, "minutes": "60", "type": "seat"}
    )

    assert response.json()["items"][0]["starts_at"] == moment("10:00")


def test_common_free_times_of_resources_and_several_units_of_a_type(nobody, as_ada):
    booked(as_ada, "board-1", start="08:00", end="09:00")
    asked = {
        "from": moment("08:00"),
        "to": moment("12:00"),
        "minutes": "120",
        "resource": ["board-1"],
        "type": ["ar-headset", "ar-headset", "seat"],
    }

    first, *_ = nobody.get("free-slots/", asked).json()["items"]

    assert (first["starts_at"], first["ends_at"]) == (moment("09:15"), moment("11:15"))
    assert first["resources"][0] == "board-1"
    assert len(set(first["resources"])) == 4


@pytest.mark.parametrize(
    "more",
    [
        {"minutes": "60"},
        {"minutes": "0", "type": "seat"},
        {"minutes": "9" * 5000, "type": "seat"},
        {"minutes": "an hour", "type": "seat"},
        {"type": "seat"},
        {"minutes": "60", "type": "kiln"},
        {"minutes": "60", "resource": "seat-99"},
    ],
)
def test_a_search_that_makes_no_sense_is_a_400(nobody, more):
    query = {"from": moment("08:00"), "to": moment("12:00"), **more}

    is_problem(nobody.get("free-slots/", query), 400, "malformed")


def test_looking_takes_few_queries(nobody, as_ada, django_assert_num_queries):
    booked(as_ada, "seat-1")
    within = {"from": moment("00:00"), "to": moment("00:00", 1)}

    with django_assert_num_queries(3):  # the resources, their parts, what one may need of them
        nobody.get("resources/")
    with django_assert_num_queries(2):  # the resources, what is taken
        nobody.get("availability/", within)
