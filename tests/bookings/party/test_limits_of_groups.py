"""A group's own numbers in the house rules: in force, in the file, on the page and by API."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from equipment.models import ResourceType
from labbooking.bookings.approvals.impact import consequences, waiting_requests
from labbooking.bookings.availability.catalogue import shelves
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.planning.preview import preview
from labbooking.bookings.rules.full_wording import sentences
from labbooking.errors import Refused
from tests.api.program import Program
from tests.bookings.days import booked, hours
from tests.bookings.party.coming import group_of
from tests.house.test_rules_page import rules_of, typed, url
from tests.lab import DAIG, DEVICE_RULES, SEAT_RULES, new_rules

pytestmark = pytest.mark.django_db
OWN = {"group_at_once": 6, "group_hours_a_week": 20}


@pytest.fixture
def loom(lab, ada, ben, sam):
    return group_of("Loom", ada, ben, by=sam)


def codes(no):
    return [each.code for each in no.value.refusals]


def test_a_group_may_have_more_than_one_person(loom, lab, ada, ben):
    new_rules(lab["seat-1"].type, **SEAT_RULES, group_at_once=6)
    booked(ada, *(f"seat-{number}" for number in range(1, 7)), group="Loom")
    with pytest.raises(Refused) as no:
        booked(ben, "seat-7", group="Loom")
    assert "A group may hold 6 of these at once; with this it would hold 7." in no.value.detail
    booked(ben, *(f"seat-{number}" for number in range(7, 11)))
    with pytest.raises(Refused) as no:
        booked(ben, "seat-1", "seat-2", "seat-3", "seat-4", "seat-5", period=hours(11))
    assert set(codes(no)) == {"quota_at_once"}


def test_hours_of_a_group_count_where_a_person_has_no_limit(loom, lab, ada):
    new_rules(lab["seat-1"].type, **SEAT_RULES, group_hours_a_week=3)
    booked(ada, "seat-1", group="Loom")
    with pytest.raises(Refused) as no:
        booked(ada, "seat-2", group="Loom")
    assert codes(no) == ["quota_hours_a_week"]
    booked(ada, "seat-2")
    spec = BookingSpec(hours(10), ("seat-3",), group="Loom")
    assert preview(spec, by=ada, at=timezone.now()).refusals


def test_staff_who_decide_see_the_groups_number(loom, lab, ada):
    new_rules(lab["board-1"].type, **DEVICE_RULES, **OWN)
    (asked,) = booked(ada, "board-1", group="Loom")
    (own,) = booked(ada, "board-1", period=hours(11))
    told = {each.request.first: each.quotas for each in consequences(waiting_requests())}
    assert [(each.used, each.limit) for each in told[asked]] == [(1, 6), (2.0, 20)]
    assert [(each.used, each.limit) for each in told[own]] == [(1, 4)]


def test_as_many_as_a_group_may_have_can_be_asked_for(lab):
    new_rules(lab["seat-1"].type, **SEAT_RULES, group_at_once=6)
    assert {each.type.slug: each.most for each in shelves()}["seat"] == 6


def test_the_lab_file_says_it_and_what_is_written_out_says_the_same(daig, tmp_path, capsys):
    assert rules_of("seat").group_at_once is None
    path = tmp_path / "lab.toml"
    path.write_text(DAIG.read_text().replace("at_once = 4", "at_once = 4\ngroup_at_once = 6", 1))
    call_command("load_lab", str(path))
    assert rules_of("seat").group_at_once == 6
    call_command("dump_lab", str(path))
    assert path.read_text().count("group_at_once = 6") == 1
    assert "group_hours_a_week" not in path.read_text()


def test_staff_say_it_on_the_rules_page_and_take_it_back(lab, sam, signed_in):
    desk = signed_in(sam)
    more = {"group_at_once": "6", "group_hours_a_week": "20", "save": "1"}
    assert desk.post(url("seat"), typed(desk, "seat", **more)).status_code == 302
    rules = rules_of("seat")
    assert {name: getattr(rules, name) for name in OWN} == OWN
    assert desk.post(url("seat"), typed(desk, "seat", group_at_once="0")).status_code == 400
    less = {"group_at_once": "", "group_hours_a_week": "", "save": "1"}
    desk.post(url("seat"), typed(desk, "seat", **less))
    assert rules_of("seat").group_at_once is None


def test_it_is_told_in_words_and_by_api(lab):
    assert "group" not in " ".join(sentences(rules_of("seat")))
    of_type = ResourceType.objects.get(slug="seat")
    rules = new_rules(of_type, **SEAT_RULES, **OWN)
    assert "A group may hold up to 6 at a time." in sentences(rules)
    told = Program().get("resources/seat-1").json()["rules"]
    assert {name: told[name] for name in OWN} == OWN
