"""Staff put kinds and things in order, and begin a new one with what another says."""

import pytest
from django.db import connection

from equipment.models import Resource, ResourceType
from labbooking.journal.models import Entry
from tests.house.managing import LIST, of_thing, of_type
from tests.house.test_manage import slugs

pytestmark = pytest.mark.django_db


def test_kinds_and_things_are_put_in_order(lab, sam, signed_in):
    browser = signed_in(sam)
    answer = browser.post(f"{of_thing('seat-3')}order/", {"to": "first"})
    assert answer.url == f"{LIST}?kind=seat#thing-seat-3"
    assert slugs("seat")[:2] == ["seat-3", "seat-1"]
    browser.post(f"{of_thing('seat-3')}order/", {"to": "down"})
    assert slugs("seat")[:2] == ["seat-1", "seat-3"]

    browser.post(f"{of_type('board')}order/", {"to": "first"})
    assert ResourceType.objects.order_by("order").first().slug == "board"
    before = Entry.objects.count()
    browser.post(f"{of_type('board')}order/", {"to": "up"})
    assert Entry.objects.count() == before
    assert browser.post(f"{of_type('gone')}order/", {"to": "up"}).status_code == 404
    assert browser.post(f"{of_thing('gone')}order/", {"to": "up"}).status_code == 404


def test_a_copy_begins_with_what_the_other_says(lab, sam, signed_in):
    browser = signed_in(sam)
    Resource.objects.filter(slug="seat-3").update(
        features_en="A lamp", inventory_number="D-3", plan_x=1, plan_y=2
    )
    form = browser.get(f"{of_type('seat')}more/?like=seat-3").context["form"]
    assert form["features_en"].value() == "A lamp"
    assert not any(form[name].value() for name in ("inventory_number", "plan_x", "slug"))
    form = browser.get(f"{LIST}kinds/?like=ar-headset").context["form"]
    assert (form["name_en"].value(), form["like"].value()) == ("Ar-Headset", "ar-headset")
    assert form["units"].value() == 1
    for nothing in (f"{of_type('seat')}more/?like=none", f"{LIST}kinds/?like=none"):
        assert browser.get(nothing).status_code == 200


def test_a_thing_that_becomes_one_of_another_kind_meanwhile_is_put_nowhere(lab, sam, signed_in):
    """Somebody else is quicker, between the question which kind it is and the locks."""
    asked = []

    def quicker(execute, *question):
        if question[0].startswith("SELECT") and "equipment_resource" in question[0] and not asked:
            asked.append(execute(*question))
            Resource.objects.filter(slug="seat-2").update(type=lab["board-1"].type)
            return asked[0]
        return execute(*question)

    browser = signed_in(sam)
    with connection.execute_wrapper(quicker):
        answer = browser.post(f"{of_thing('seat-2')}order/", {"to": "up"})
    assert answer.status_code == 302
    assert not Entry.objects.filter(kind="things.ordered").exists()
