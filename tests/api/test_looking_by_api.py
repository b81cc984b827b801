"""What anybody may look up by API, and the lists of one's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.models import Booking
from labbooking.bookings.schemas import WishIn
from tests.api.program import booked, is_problem, moment, wish


def walk(program, path, query):
    """Every item of a list, page by page, and how many pages there were."""
    page = program.get(path, query).json()
    items, pages = page["items"], 1
    while page["next"]:
        page = program.get(page["next"]).json()
        items, pages = items + page["items"], pages + 1
    return items, pages


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


def test_people_list_their_own_bookings_and_staff_everybodys(as_ada, as_ben, as_sam, as_rui):
    mine, others = booked(as_ada, "seat-1"), booked(as_ben, "seat-2")

    def listed(program):
        return [each["id"] for each in program.get("bookings/").json()["items"]]

    assert listed(as_ada) == [mine["id"]]
    assert listed(as_ben) == [others["id"]]
    assert listed(as_sam) == [mine["id"], others["id"]]
    assert listed(as_rui) == []


def test_bookings_come_page_by_page_in_order_of_time_and_none_twice(as_ada):
    for day in (5, 1, 3, 2, 4):
        booked(as_ada, "seat-1", day=day)
    booked(as_ada, "seat-2", day=3)

    items, pages = walk(as_ada, "bookings/", {"limit": "2"})

    assert pages == 3
    starts = [each["starts_at"] for each in items]
    assert starts == [moment("10:00", day) for day in (1, 2, 3, 3, 4, 5)]
    assert len({each["id"] for each in items}) == 6


def test_a_page_keeps_the_question_it_belongs_to(as_ada):
    for day in (1, 2, 3):
        booked(as_ada, "seat-1", day=day)
        booked(as_ada, "seat-2", day=day)

    items, pages = walk(as_ada, "bookings/", {"limit": "1", "resource": "seat-2"})

    assert pages == 3
    assert {each["allocations"][0]["resource"] for each in items} == {"seat-2"}


def test_the_address_of_the_next_page_is_taken_as_a_cursor_too(as_ada):
    booked(as_ada, "seat-1", day=1)
    booked(as_ada, "seat-1", day=2)
    first = as_ada.get("bookings/", {"limit": "1"}).json()

    second = as_ada.get("bookings/", {"limit": "1", "cursor": first["next"]}).json()

    assert second["items"][0]["starts_at"] == moment("10:00", 2)


def test_bookings_are_filtered_by_state_resource_and_time(as_ada, as_sam):
    seat = booked(as_ada, "seat-1")
    headset = booked(as_ada, "ar-headset-1", start="11:00", end="13:00")
    whole = booked(as_ada, "workspace", day=2)

    def found(**query):
        return [each["id"] for each in as_sam.get("bookings/", query).json()["items"]]

    assert found(state="requested") == [headset["id"]]
    assert found(state=["requested", "approved"]) == [seat["id"], headset["id"], whole["id"]]
    assert found(resource="seat-1") == [seat["id"]]
    assert found(resource=["seat-1", "workspace"]) == [seat["id"], whole["id"]]
    assert found(to=moment("11:00")) == [seat["id"]]
    assert found(**{"from": moment("12:00"), "to": moment("00:00", 1)}) == [headset["id"]]


@pytest.mark.parametrize(
    "query",
    [
        {"state": "happy"},
        {"limit": "0"},
        {"limit": "101"},
        {"cursor": "nonsense"},
        {"cursor": "WyIyMDI2LTExLTI2VDA5OjAwOjAwKzAwOjAwIiwxXQ:forged"},
        {"from": "yesterday"},
    ],
)
def test_a_list_asked_for_wrongly_is_a_400(as_ada, query):
    is_problem(as_ada.get("bookings/", query), 400, "malformed")


def test_a_cursor_of_another_list_is_refused(as_ada):
    cursor = as_ada.get("resources/", {"limit": "1"}).json()["next"].split("cursor=")[1]

    is_problem(as_ada.get(f"bookings/?cursor={cursor}"), 400, "malformed")


def test_what_is_not_yours_is_not_there(as_ada, as_ben, as_rui):
    made = booked(as_ada, "seat-1")["id"]

    for program in (as_ben, as_rui):
        is_problem(program.get(f"bookings/{made}"), 404, "not_found")


@pytest.mark.parametrize("number", ["0", "999999999999999999999", "9" * 5000, "-1", "x", "1.5"])
def test_an_impossible_number_is_not_there(as_ada, number):
    is_problem(as_ada.get(f"bookings/{number}"), 404, "not_found")


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(
    as_ada, count, django_assert_num_queries
):
    for number in range(count):
        booked(as_ada, "seat-1", types={"ar-headset": 1}, day=number, rrule="FREQ=WEEKLY;COUNT=2")

    # The token, the bookings, their allocations.
    with django_assert_num_queries(3):
        as_ada.get("bookings/")


def test_looking_takes_few_queries(nobody, as_ada, django_assert_num_queries):
    booked(as_ada, "seat-1")
    within = {"from": moment("00:00"), "to": moment("00:00", 1)}

    with django_assert_num_queries(2):  # the resources, their parts
        nobody.get("resources/")
    with django_assert_num_queries(2):  # the resources, what is taken
        nobody.get("availability/", within)


def test_telling_of_a_booking_costs_nothing_beyond_the_action(
    as_ada, ada, django_assert_num_queries
):
    """The request itself is the action's; the door adds the token."""
    asked = WishIn.model_validate(wish("seat-1")).wish
    with CaptureQueriesContext(connection) as alone:
        actions.request(asked, by=ada, at=timezone.now())
    with django_assert_num_queries(len(alone) + 1):
        as_ada.post("bookings/", wish("seat-2"))
    assert Booking.objects.count() == 2
