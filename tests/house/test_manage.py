"""Staff add, describe and order kinds and things in the browser; what cannot be is said."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from equipment.actions import add_type, add_unit, order_type
from equipment.models import Resource, ResourceType
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models.waitlist import Waiting
from labbooking.house.manage.changes import change_type, change_unit
from labbooking.journal.models import Entry
from tests.bookings.days import booked, hours
from tests.house.managing import ABOUT_A_TYPE, ABOUT_A_UNIT, LIST, of_thing, of_type, typed
from tests.lab import units


def slugs(type_slug):
    return [
        each.slug
        for each in Resource.objects.filter(type__slug=type_slug, is_bookable=True).order_by(
            "order", "slug"
        )
    ]


def test_a_kind_with_its_things_is_added_and_can_be_booked(lab, sam, ada, signed_in):
    answer = signed_in(sam).post(f"{LIST}kinds/", ABOUT_A_TYPE)

    assert answer.url == of_type("vr-headset")
    made = ResourceType.objects.select_related("rules").get(slug="vr-headset")
    assert (made.features_de, made.accessories_en) == ("120 Hz\nkabellos", "Charging cable")
    assert (made.rules.version, made.rules.induction) == (1, "ar-headset")
    assert slugs("vr-headset") == ["vr-headset-1", "vr-headset-2"]
    assert Resource.objects.get(slug="vr-headset-2").name_de == "VR-Brille 2"
    assert booked(ada, "vr-headset-1")
    entry = Entry.objects.get(kind="type.added")
    assert entry.data == {"type": "vr-headset"}
    page = Client(headers={"accept-language": "de"}).get("/house/vr-headset-1/").content.decode()
    assert "kabellos" in page
    assert "Ladekabel" in page


@pytest.mark.parametrize("kind", ["studio", "seat", "device", "space"])
def test_the_usual_rules_of_each_kind_can_be_changed_and_booked_by(lab, sam, signed_in, kind):
    browser = signed_in(sam)
    answer = browser.post(f"{LIST}kinds/", ABOUT_A_TYPE | {"kind": kind, "like": ""})

    assert answer.url == of_type("vr-headset")
    assert browser.get("/house/rules/vr-headset/").status_code == 200
    assert browser.get("/house/kinds/vr-headset/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_en": " "}, "This field is required."),
        ({"slug": "seat"}, "This short name is in use already: choose another one."),
        ({"slug": "rules"}, "is the address of another page"),
        ({"slug": "VR Brille"}, "Small letters, digits and single hyphens"),
        ({"units": "101"}, "less than or equal to 100"),
        ({"kind": "animal"}, "Select a valid choice."),
        ({"manual_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"features_de": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(lab, sam, signed_in, wrong, said):
    answer = signed_in(sam).post(f"{LIST}kinds/", ABOUT_A_TYPE | wrong)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Zum Eintauchen." in answer.content.decode()
    assert not ResourceType.objects.filter(name_de="VR-Brille").exists()


def test_a_kind_is_described_anew_and_the_same_again_changes_nothing(lab, sam, signed_in):
    browser = signed_in(sam)
    said = typed(browser, of_type("seat"), name_en="Desk", kind="device")

    assert browser.post(of_type("seat"), said).url.endswith("?kind=seat#kind-seat")
    seat = ResourceType.objects.get(slug="seat")
    assert (seat.name_en, seat.kind, seat.edited_at is None) == ("Desk", "device", False)
    assert Entry.objects.get(kind="type.changed").data == {
        "type": "seat",
        "fields": ["kind", "name_en"],
    }
    assert browser.post(of_type("seat"), said).status_code == 302
    assert Entry.objects.filter(kind="type.changed").count() == 1


@pytest.mark.parametrize("address", [of_type("seat"), of_thing("seat-1")])
def test_of_two_who_describe_at_once_the_second_is_told_and_loses_no_word(
    lab, sam, signed_in, address
):
    browser = signed_in(sam)
    first, second = (typed(browser, address, name_en=name) for name in ("Mine", "Yours"))
    browser.post(address, first)

    late = browser.post(address, second)

    page = late.content.decode()
    assert late.status_code == 409
    assert "Somebody else has changed this meanwhile." in page
    assert "Mine" in page
    assert 'value="Yours"' in page
    again = second | {"based_on": late.context["based_on"]}
    assert browser.post(address, again).status_code == 302
    assert typed(browser, address)["name_en"] == "Yours"


def test_a_pool_grows_and_who_waits_is_served(lab, sam, ada, ben, signed_in):
    for slug in lab:
        if slug.startswith("ar-headset"):
            booked(ada, slug)
    join(BookingSpec(hours(10), types={"ar-headset": 1}), by=ben, at=timezone.now())
    browser = signed_in(sam)

    browser.post(of_type("ar-headset"), typed(browser, of_type("ar-headset"), units="5"))

    assert slugs("ar-headset")[-1] == "ar-headset-5"
    assert Waiting.objects.get().state == Waiting.Status.OFFERED


def test_one_more_of_a_kind_goes_to_who_waits(lab, sam, ada, ben, signed_in):
    for slug in lab:
        if slug.startswith("ar-headset"):
            booked(ada, slug)
    join(BookingSpec(hours(10), types={"ar-headset": 1}), by=ben, at=timezone.now())

    signed_in(sam).post(f"{of_type('ar-headset')}more/", ABOUT_A_UNIT | {"type": "ar-headset"})

    assert Waiting.objects.get().state == Waiting.Status.OFFERED


def test_who_types_no_number_takes_away_nothing_that_was_added_meanwhile(lab, sam, signed_in):
    browser, address = signed_in(sam), of_type("board")
    page = browser.get(address)
    said = typed(browser, address, name_en="Whiteboard") | {"had": page.context["had"]}
    browser.post(f"{address}more/", ABOUT_A_UNIT | {"type": "board"})

    assert browser.post(address, said).status_code == 302

    assert slugs("board") == ["board-1", "seat-eleven"]


def test_a_pool_cannot_be_smaller_than_its_bookings(lab, sam, ada, ben, signed_in):
    booked(ada, "seat-9")
    booked(ben, "seat-10")
    browser = signed_in(sam)
    said = typed(browser, of_type("seat"), units="1")

    answer = browser.post(of_type("seat"), said)

    # The workspace takes its seats along; here only two are booked.
    assert answer.status_code == 422
    assert "2 of them are booked ahead" in answer.content.decode()
    assert len(slugs("seat")) == 10
    assert browser.post(of_type("seat"), said | {"units": "3"}).status_code == 302
    assert slugs("seat") == ["seat-1", "seat-10", "seat-9"]
    assert Entry.objects.filter(kind="resource.retired").exists()


def test_a_thing_is_added_and_described_anew(lab, sam, signed_in):
    browser = signed_in(sam)
    said = ABOUT_A_UNIT | {"inventory_number": "D-11", "plan_x": "3.456", "plan_y": "4"}

    answer = browser.post(f"{LIST}kinds/seat/more/", said)

    assert answer.url.endswith("?kind=seat#thing-seat-eleven")
    made = Resource.objects.get(slug="seat-eleven")
    assert (made.plan_x, made.plan_y, made.inventory_number) == (3.46, 4.0, "D-11")
    address = of_thing("seat-eleven")
    assert browser.post(address, typed(browser, address, name_de="Elf")).status_code == 302
    made.refresh_from_db()
    assert made.name_de == "Elf"
    assert Entry.objects.get(kind="resource.changed").data == {"fields": ["name_de"]}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"inventory_number": "D-1"}, "“Seat 1” has this inventory number already."),
        ({"plan_x": "2"}, "say both, or neither"),
        ({"plan_x": "99", "plan_y": "2"}, "less than or equal to 24"),
        ({"parts": ["seat-2"]}, "so cannot have parts: take it out there first"),
        ({"type": "animal"}, "Select a valid choice."),
    ],
)
def test_what_a_thing_cannot_be_is_said(lab, sam, signed_in, wrong, said):
    Resource.objects.filter(slug="seat-1").update(inventory_number="D-1")
    browser, address = signed_in(sam), of_thing("seat-3")

    answer = browser.post(address, typed(browser, address, **wrong))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Entry.objects.filter(kind="resource.changed").exists()


def test_a_whole_and_its_parts(lab, sam, ada):
    at = timezone.now()
    new = {"name_de": "Set", "name_en": "Kit", "type": lab["board-1"].type}
    kit = add_unit(new, ["ar-headset-1", "telepresence-1"], by=sam, at=at)
    fields = {"name_en": "Kit"}

    def with_parts(*parts):
        return change_unit(kit.slug, fields, parts, by=sam, at=at, based_on=kit.version)

    for parts, said in [
        ([kit.slug], "part of itself"),
        (["workspace"], "has parts itself"),
        (["gone"], "not there any more"),
    ]:
        with pytest.raises(ValidationError, match=said):
            with_parts(*parts)
    with_parts("ar-headset-1")
    assert [each.slug for each in kit.parts.all()] == ["ar-headset-1"]
    booked(ada, kit.slug)
    with pytest.raises(ValidationError, match="take it out of use first"):
        with_parts()
    with pytest.raises(ValidationError, match="take it out of use first"):
        change_unit(
            kit.slug,
            {"type": lab["seat-1"].type},
            ["ar-headset-1"],
            by=sam,
            at=at,
            based_on=kit.version,
        )


def test_nobody_but_staff_does_any_of_it(lab, sam, ada, rui):
    at = timezone.now()
    new = {"name_de": "A", "name_en": "A", "kind": "seat", "drawing": "seat"}
    for person in (ada, rui):
        who = {"by": person, "at": at}
        with pytest.raises(PermissionDenied):
            add_type(new, units=1, like=None, **who)
        with pytest.raises(PermissionDenied):
            change_type("seat", {"name_en": "A"}, units=1, based_on="", **who)
        with pytest.raises(PermissionDenied):
            add_unit({"name_de": "A", "name_en": "A", "type": lab["seat-1"].type}, [], **who)
        with pytest.raises(PermissionDenied):
            change_unit("seat-1", {"name_en": "A"}, [], based_on="", **who)
        with pytest.raises(PermissionDenied):
            order_type("seat", "down", **who)


def test_the_list_asks_as_much_for_one_as_for_five_hundred(lab, sam, signed_in):
    browser = signed_in(sam)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(LIST).status_code == 200
        return len(queries)

    asked()
    few = asked()
    units(lab["seat-1"].type, [f"place-{number}" for number in range(500)])
    assert asked() == few <= 10
