"""A file and the browser never fight: what staff described stays, and a lab can be written out."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from equipment.actions import add_type, new_rules, order_unit, retire
from equipment.lab_file.reader import read
from equipment.models import Resource, ResourceType
from labbooking.bookings.actions.change_closure import change_closure, version_of
from labbooking.bookings.models import Closure
from labbooking.house.lab_loader import named_by
from labbooking.house.manage.changes import change_type, change_unit
from labbooking.period import HOUR
from tests.equipment.test_lab_file import SMALL, everything
from tests.lab import DAIG


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def load(path, capsys, **options):
    call_command("load_lab", str(path), **options)
    return capsys.readouterr().out


def dumped(path, capsys):
    call_command("dump_lab", str(path))
    assert capsys.readouterr().err == ""
    return path


def edited(slug, by, **fields):
    thing = Resource.objects.get(slug=slug)
    parts = [each.slug for each in thing.parts.all()]
    seen = thing.version
    return change_unit(slug, fields, parts, by=by, at=timezone.now(), based_on=seen)


def test_the_demo_lab_written_out_loads_to_the_same(daig, tmp_path, capsys):
    path, before = dumped(tmp_path / "lab.toml", capsys), everything()

    assert "nothing changed" in load(path, capsys)
    assert everything() == before
    assert "nothing changed" in load(DAIG, capsys)


def test_what_staff_made_of_it_written_out_loads_to_the_same_elsewhere(daig, sam, tmp_path, capsys):
    at = timezone.now()
    seat = ResourceType.objects.get(slug="seat")
    new = {"name_de": 'Brille "X"', "name_en": "VR\\set", "kind": "device", "drawing": "headset"}
    add_type(new, units=2, like=seat, by=sam, at=at)
    new_rules(seat, {"largest": 5 * HOUR}, by=sam, at=at, based_on=1)
    edited("seat-3", sam, features_en="A window\nA lamp", inventory_number="D-3", plan_x=1.5)
    edited("seat-3", sam, capacity=3)
    order_unit("seat-3", "first", by=sam, at=at)
    retire([daig["seat-4"]], by=sam, at=at)
    path = dumped(tmp_path / "lab.toml", capsys)
    text = path.read_text()
    assert "nothing changed" in load(path, capsys)

    here = {each.slug: each for each in read(text).resources.values()}
    assert here["seat-3"].features_en == ["A window", "A lamp"]
    assert here["seat-3"].inventory_number == "D-3"
    assert here["seat-3"].capacity == 3
    assert not here["seat-4"].bookable
    assert "vr-set-2" in here or "vrset-2" in here
    seats = [each.slug for each in read(text).resources.values() if each.type == "seat"]
    assert seats[0] == "seat-3"


def test_a_thing_described_in_the_browser_stays_and_the_command_says_so(
    daig, sam, tmp_path, capsys
):
    edited("seat-1", sam, name_en="The window seat")
    before = everything()

    said = load(DAIG, capsys)
    assert "Kept as staff described it: seat-1 (name_en)" in said
    assert "--overwrite" in said
    assert everything() == before

    said = load(DAIG, capsys, dry_run=True, overwrite=True)
    assert "Changed resource: seat-1" in said
    assert "This was a dry run: nothing has been changed." in said
    assert everything() == before

    load(DAIG, capsys, overwrite=True)
    seat = Resource.objects.get(slug="seat-1")
    assert (seat.name_en, seat.edited_at) == ("Seat 1", None)
    assert "nothing changed" in load(DAIG, capsys)


def test_kinds_rules_order_and_parts_of_staff_stay_too(daig, sam, capsys):
    at = timezone.now()
    seat = ResourceType.objects.get(slug="seat")
    change_type("seat", {"name_en": "Desk"}, by=sam, at=at, based_on=seat.version)
    new_rules(seat, {"largest": 5 * HOUR}, by=sam, at=at, based_on=1)
    order_unit("seat-3", "first", by=sam, at=at)
    room = Resource.objects.get(slug="workspace")
    change_unit("workspace", {}, ["seat-1"], by=sam, at=at, based_on=room.version)
    retire([daig["board-1"]], by=sam, at=at)
    before = everything()

    said = load(DAIG, capsys)

    assert everything() == before
    for kept in (
        "seat (name_en)",
        "house rules of seat (largest)",
        "seat-3 (order)",
        "workspace (parts)",
        "board-1 (is_bookable)",
    ):
        assert kept in said


def test_what_staff_made_is_not_retired_by_a_file_that_does_not_name_it(daig, sam, capsys):
    new = {"name_de": "Ofen", "name_en": "Kiln", "kind": "device", "drawing": "board"}
    add_type(new, units=1, like=None, by=sam, at=timezone.now())

    assert "Kept as staff described it: kiln-1 (is_bookable)" in load(DAIG, capsys)
    assert Resource.objects.get(slug="kiln-1").is_bookable
    load(DAIG, capsys, overwrite=True)
    assert not Resource.objects.get(slug="kiln-1").is_bookable


def test_closures_by_day_and_by_the_hour_are_written_out(db, tmp_path, capsys):
    path = tmp_path / "shed.toml"
    path.write_text(SMALL)
    load(path, capsys)
    before = everything()

    assert "nothing changed" in load(dumped(tmp_path / "again.toml", capsys), capsys)
    assert everything() == before


def test_a_closure_that_the_desk_has_changed_loads_to_what_the_desk_made_of_it(
    db, sam, tmp_path, capsys
):
    path = tmp_path / "shed.toml"
    path.write_text(SMALL)
    load(path, capsys)
    closure = Closure.objects.get()
    later = closure.period.moved(HOUR)
    things = list(Resource.objects.filter(slug__in=named_by(closure)))
    why = {"reason_de": "Umbau", "reason_en": "Rebuilding", "based_on": version_of(closure)}
    made = change_closure(closure.pk, things, later, **why, by=sam, at=timezone.now())

    assert "nothing changed" in load(path, capsys)
    again = dumped(tmp_path / "again.toml", capsys)
    assert "nothing changed" in load(again, capsys)

    made.refresh_from_db()
    assert (made.period, made.reason_en) == (later, "Rebuilding")
    assert made.allocations.filter(active=True).exists()
    assert "2 changes" in load(path, capsys)


def test_no_thing_takes_the_address_of_a_page(db, tmp_path, capsys):
    path = tmp_path / "shed.toml"
    path.write_text(SMALL.replace('slug = "shed"', 'slug = "manage"'))
    with pytest.raises(Exception, match="is the address of another page"):
        load(path, capsys)


def test_a_number_that_another_thing_has_is_said_and_nothing_is_loaded(daig, sam, tmp_path, capsys):
    edited("seat-1", sam, inventory_number="D-1")
    path = dumped(tmp_path / "lab.toml", capsys)
    second = 'slug = "seat-2"\n'
    path.write_text(path.read_text().replace(second, f'{second}inventory_number = "D-1"\n', 1))
    before = everything()

    with pytest.raises(CommandError, match=r"seat-2: .* has this inventory number already"):
        load(path, capsys)

    assert everything() == before
