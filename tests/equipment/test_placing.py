"""Places on the floor plan: staff's own act, and what a lab's description may say of them."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.utils import timezone

from equipment.lab_file.faults import LabFileFaulty
from equipment.lab_file.reader import read
from equipment.models import Resource
from equipment.placing import place
from labbooking.journal.models import Entry, EntryObject
from tests.lab import DAIG


def placed(slug="seat-3"):
    return Resource.objects.values_list("plan_x", "plan_y").get(slug=slug)


def test_the_entry_names_the_thing_and_nobody(lab, sam):
    place("seat-3", 4, 10, by=sam, at=timezone.now())
    entry = Entry.objects.get(kind="resource.placed")
    touched = EntryObject.objects.filter(entry=entry).values_list("type", "key", "qualifier")
    assert set(touched) == {
        ("resource", "seat-3", "used"),
        ("subject", str(sam.subject_key), "actor"),
    }
    assert entry.data == {"plan": [4, 10]}


def test_only_staff_place_things(lab, ada, rui):
    for person in (ada, rui):
        with pytest.raises(PermissionDenied):
            place("seat-3", 4, 10, by=person, at=timezone.now())
    assert placed() == (None, None)


@pytest.mark.parametrize("spot", [(24.1, 1), (1, 14.1), (-1, 1), (float("nan"), 1)])
def test_the_plan_has_edges(lab, sam, spot):
    with pytest.raises(ValidationError):
        place("seat-3", *spot, by=sam, at=timezone.now())
    assert placed() == (None, None)
    assert not Entry.objects.filter(kind="resource.placed").exists()


def test_what_staff_moved_stays_where_it_is_when_the_file_is_loaded_again(daig, sam, capsys):
    assert placed() == (5.65, 10.85)
    place("seat-3", 4, 10, by=sam, at=timezone.now())
    Resource.objects.filter(slug="seat-4").update(plan_x=None)
    call_command("load_lab", DAIG)
    assert placed() == (4, 10)
    assert placed("seat-4") == (7.42, 8.38)


def resource_with(line):
    text = DAIG.read_text()
    return text.replace('slug = "seat-1"\n', f'slug = "seat-1"\n{line}\n', 1)


def without_its_place(text):
    return text.replace("plan = [2.75, 10.85]\n", "", 1)


@pytest.mark.parametrize("spot", ["[1]", "[1, 2, 3]", "[25, 1]", "[1, -1]"])
def test_a_place_in_the_file_is_two_numbers_on_the_plan(spot):
    with pytest.raises(LabFileFaulty, match=r"at most \[24, 14\]|höchstens \[24, 14\]"):
        read(without_its_place(resource_with(f"plan = {spot}")))


def test_a_manual_is_a_web_address(db):
    read(resource_with('manual_url = "https://example.org/seat.pdf"'))
    with pytest.raises(LabFileFaulty, match="manual_url"):
        read(resource_with('manual_url = "javascript:alert(1)"'))
