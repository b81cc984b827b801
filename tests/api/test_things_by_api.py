"""Staff change what there is by API with the acts of the pages, refused in the same words."""

import pytest

from equipment.models import Resource, ResourceType
from tests.api.program import Program, booked, is_problem

NEW = {"name_de": "Ofen", "name_en": "Kiln", "kind": "device", "drawing": "board"}


@pytest.fixture
def staff(lab, sam):
    return Program(sam)


def test_a_kind_is_added_and_changed(staff):
    made = staff.post("types/", NEW | {"units": 2, "like": "board", "features_en": ["Hot"]})
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["slug"], told["units"]) == ("kiln", 2)
    assert ResourceType.objects.get(slug="kiln").features_en == "Hot"

    more = staff.post("types/kiln/change", {"units": 3, "name_en": "Oven"}).json()
    assert (more["units"], more["name_en"]) == (3, "Oven")
    late = staff.post("types/kiln/change", {"name_en": "X", "based_on": told["version"]})
    assert is_problem(late, 409, "wrong_state")


def test_a_thing_is_added_and_changed(staff):
    made = staff.post("resources/", {**NEW_THING, "inventory_number": "D-1"}).json()
    assert made["slug"] == "seat-eleven"
    changed = staff.post("resources/seat-eleven/change", {"plan_x": 2, "plan_y": 3})
    assert changed.status_code == 200, changed.content
    assert Resource.objects.get(slug="seat-eleven").plan_y == 3
    away = staff.post("resources/seat-eleven/change", {"plan_x": None, "plan_y": None})
    assert away.status_code == 200
    assert Resource.objects.get(slug="seat-eleven").plan_x is None


NEW_THING = {"type": "seat", "name_de": "Platz Elf", "name_en": "Seat eleven"}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("types/", NEW | {"slug": "seat"}, "slug"),
        ("types/", NEW | {"slug": "manage"}, "slug"),
        ("types/", NEW | {"slug": "A_b"}, "slug"),
        ("types/", {"name_de": "Ofen", "kind": "device", "drawing": "board"}, "name_en"),
        ("types/", NEW | {"manual_url": "javascript:alert(1)"}, "manual_url"),
        ("types/", NEW | {"name_en": "x" * 121}, "name_en"),
        ("resources/", {"name_de": "A", "name_en": "A"}, "type"),
        ("resources/", {"type": "seat", "name_de": "A", "name_en": "A", "slug": "seat-1"}, "slug"),
        ("resources/seat-1/change", {"plan_x": 3}, "plan_x"),
        ("resources/seat-1/change", {"plan_x": "left"}, "plan_x"),
        ("resources/seat-1/change", {"plan_x": [1]}, "plan_x"),
        ("resources/seat-1/change", {"parts": ["seat-1"]}, "parts"),
    ],
)
def test_what_cannot_be_is_said_by_field(staff, path, body, field):
    answer = staff.post(path, body)
    assert answer.status_code == 400, answer.content
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_a_pool_cannot_be_smaller_than_its_bookings(staff, ada):
    booked(Program(ada), "board-1")
    answer = staff.post("types/board/change", {"units": 0})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "units"


def test_a_thing_is_retired_and_brought_back(staff, ada):
    made = booked(Program(ada), "seat-1")["id"]
    (ahead,) = staff.get("resources/seat-1/ahead").json()
    assert (ahead["booking"], ahead["instead"]) == (made, "seat-2")

    told = staff.post("resources/seat-1/retire", {"fates": {str(made): "swap"}}).json()
    assert told == {"is_bookable": False, "unsettled": []}
    things = [each["resource"] for each in staff.get(f"bookings/{made}").json()["allocations"]]
    assert things == ["seat-2"]
    assert staff.post("resources/seat-1/bring-back").json()["is_bookable"]
    assert staff.get("resources/nowhere/ahead").status_code == 404
    for path in ("resources/nowhere/change", "types/nowhere/change"):
        assert staff.post(path, {"name_en": "A", "based_on": "x"}).status_code == 404
