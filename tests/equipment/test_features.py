"""What somebody may need of a thing: in the lab's file, changed by staff, told to everybody."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation

from equipment.models import Feature, Resource
from labbooking.house.manage.changes import change_unit
from tests.api.program import Program, is_problem
from tests.equipment.test_lab_file import SMALL, faults, load, shed  # noqa: F401 - a fixture
from tests.house.managing import of_thing, typed
from tests.lab import DAIG

BELL = '[[feature]]\nslug = "bell"\nname_de = "Glocke"\nname_en = "bell"\n'
LOUD = 'slug = "saw-1"\nfeatures = ["bell", "loud_allowed"]'


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def features(slug):
    return list(Resource.objects.get(slug=slug).features.values_list("slug", flat=True))


def test_the_file_says_what_a_thing_has_and_leaves_what_it_does_not_speak_of(db, shed, capsys):  # noqa: F811
    with_bell = shed(('slug = "saw-1"', LOUD), ("[lab]", f"{BELL}[lab]"))
    said = load(with_bell, capsys)

    assert Feature.objects.get(slug="bell").name == "bell", said
    assert features("saw-1") == ["loud_allowed", "bell"]
    assert Feature.objects.get(slug="barrier_free").name_de == "barrierefrei"
    assert "nothing changed" in load(with_bell, capsys)
    assert "nothing changed" in load(shed(), capsys)
    assert features("saw-1") == ["loud_allowed", "bell"]
    load(shed(('slug = "saw-1"', 'slug = "saw-1"\nfeatures = []')))
    assert features("saw-1") == []


def test_what_the_file_cannot_mean_is_said_by_line():
    wrong = SMALL.replace('slug = "saw-1"', 'slug = "saw-1"\nfeatures = ["pool", "bell", "bell"]')
    known = "barrier_free, bell, daylight_north, ground_floor, loud_allowed, second_bed"
    assert [each.partition(": ")[2] for each in faults(BELL + wrong)] == [
        f'resource.features names "pool". Describe it under [[feature]], or choose one of {known}.',
        'resource.features names "bell" more than once.',
    ]
    (twice,) = faults(BELL + BELL + SMALL)
    assert twice.endswith('feature.slug "bell" is taken already.')


def test_staff_change_it_where_they_describe_a_thing_and_everybody_sees_it(daig, sam, signed_in):
    page, browser = of_thing("studio-3"), signed_in(sam)
    said = typed(browser, page, features=["second_bed", "loud_allowed"])
    assert browser.post(page, said).status_code == 302
    assert features("studio-3") == ["loud_allowed", "second_bed"]

    seen = Client(headers={"accept-language": "de"}).get("/house/studio-3/").content.decode()
    assert "zweites Bett" in seen
    told = Client(headers={"accept-language": "en"}).get("/api/v1/resources/studio-3").json()
    assert told["features"][1] == {"slug": "second_bed", "name": "second bed"}
    # What somebody else has changed meanwhile is not overwritten unseen, and neither by the file.
    assert browser.post(page, said | {"features": []}).status_code == 409
    assert features("studio-3") == ["loud_allowed", "second_bed"]


def test_by_api_it_is_changed_too_and_only_to_what_there_is(daig, sam):
    staff = Program(sam)
    changed = staff.post("resources/seat-1/change", {"features": ["ground_floor"]}).json()
    assert changed["features"] == ["ground_floor"]
    assert staff.post("resources/seat-1/change", {"plan_x": None, "plan_y": None}).json()[
        "features"
    ] == ["ground_floor"]
    refused = staff.post("resources/seat-1/change", {"features": ["pool"]})
    assert is_problem(refused, 400, "malformed")
    assert "pool" in refused.content.decode()
    new = {"type": "seat", "name_de": "A", "name_en": "A", "features": ["daylight_north"]}
    assert staff.post("resources/", new).json()["features"] == ["daylight_north"]


def test_a_file_keeps_what_staff_have_described(daig, sam, capsys):
    studio = daig["studio-1"]
    seen = {"by": sam, "at": timezone.now(), "based_on": studio.version}
    change_unit("studio-1", {}, [], features=["loud_allowed"], **seen)
    assert "studio-1" in load(DAIG, capsys)
    assert features("studio-1") == ["loud_allowed"]
    load(DAIG, overwrite=True)
    assert features("studio-1") == ["barrier_free", "ground_floor", "second_bed"]
    with pytest.raises(ValidationError, match="pool"):
        change_unit("studio-1", {}, [], features=["pool"], **seen)
