"""A lab's description: every fault is named by line and key, and nothing is half-loaded."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from equipment.lab_file.faults import LabFileFaulty
from equipment.lab_file.reader import read
from equipment.models import HouseRules, Resource, ResourceType
from labbooking.bookings.actions.closures import reopen
from labbooking.bookings.models import Allocation, Closure
from labbooking.journal.models import Entry
from tests.equipment.shed import CLOSED, SAW
from tests.lab import berlin

DAIG = Path(__file__).parents[2] / "labbooking" / "demo" / "daig.toml"

THINGS = """
[[resource]]
slug = "saw-1"
type = "saw"
name_de = "Säge 1"
name_en = "Saw 1"

[[resource]]
slug = "shed"
type = "saw"
name_de = "Schuppen"
name_en = "Shed"
parts = ["saw-1"]
"""
SMALL = SAW + THINGS + CLOSED.format(start="2040-03-01T08:00:00", end="2040-03-01T12:00:00")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def shed(tmp_path):
    """`shed(("old", "new"), ...)` writes the small lab with these changes to a file."""

    def write(*changes):
        text = SMALL
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "shed.toml"
        path.write_text(text)
        return path

    return write


def load(path, capsys=None, **options):
    call_command("load_lab", str(path), **options)
    return capsys.readouterr().out if capsys else None


def faults(text):
    with pytest.raises(LabFileFaulty) as faulty:
        read(text)
    return [str(fault) for fault in faulty.value.faults]


def everything():
    """What a load could change, to compare before and after."""
    models = (ResourceType, HouseRules, Resource, Closure, Allocation, Entry)
    parts = Resource.parts.through.objects.all()
    return [list(model.objects.order_by("pk").values()) for model in models] + [
        list(parts.values())
    ]


@pytest.fixture
def daig(db):
    load(DAIG)


def test_a_second_load_changes_nothing_and_says_so(daig, capsys):
    before = everything()
    assert "nothing changed" in load(DAIG, capsys)
    assert everything() == before


def test_a_load_is_an_entry_and_a_load_without_changes_is_none(daig):
    assert Entry.objects.filter(kind="lab.loaded").count() == 1


def test_a_changed_rule_makes_a_new_version_and_the_old_one_stays(db, shed, capsys):
    load(shed())
    old = ResourceType.objects.get(slug="saw").rules
    said = load(shed(("largest_hours = 4", "largest_hours = 6")), capsys, verbosity=2)
    new = ResourceType.objects.get(slug="saw").rules
    assert "House rules of saw: version 2" in said
    assert (old.version, new.version) == (1, 2)
    assert (HouseRules.objects.get(pk=old.pk).largest, new.largest) == (
        timedelta(hours=4),
        timedelta(hours=6),
    )


def test_hours_may_differ_by_weekday(db, shed):
    load(shed())
    opening = ResourceType.objects.get(slug="saw").rules.opening
    assert opening == [[["08:00", "20:00"]]] * 6 + [[]]


def test_a_resource_that_left_the_file_stays_and_cannot_be_booked(db, shed):
    load(shed())
    text = SMALL[: SMALL.index('[[resource]]\nslug = "shed"')]
    path = shed()
    path.write_text(text)
    load(path)
    assert not Resource.objects.get(slug="shed").is_bookable
    load(shed())
    assert Resource.objects.get(slug="shed").is_bookable


def test_a_closure_that_left_the_file_is_lifted_and_a_moved_one_moves(db, shed):
    load(shed())
    load(shed(("to = 2040-03-01T12:00:00", "to = 2040-03-01T14:00:00")))
    (row,) = Allocation.objects.filter(active=True)
    assert row.ends_at == berlin("2040-03-01 14:00")
    path = shed()
    path.write_text(SMALL[: SMALL.index("[[closure]]")])
    load(path)
    assert not Allocation.objects.filter(active=True).exists()


def test_a_closure_that_moves_and_moves_back_is_closed_again(db, shed):
    later = ("to = 2040-03-01T12:00:00", "to = 2040-03-01T14:00:00")
    for changes in ((), (later,), ()):
        load(shed(*changes))
    (row,) = Allocation.objects.filter(active=True)
    assert row.ends_at == berlin("2040-03-01 12:00")


def test_what_staff_opened_again_stays_open_when_the_file_is_loaded_again(db, shed, sam):
    load(shed())
    reopen(Closure.objects.get().pk, by=sam, at=berlin("2026-11-23 09:00"))
    load(shed())
    assert not Allocation.objects.exists()


def test_two_dates_close_whole_days_the_last_one_included(db, shed):
    load(
        shed(
            ("from = 2040-03-01T08:00:00", "from = 2040-03-24"),
            ("to = 2040-03-01T12:00:00", "to = 2040-03-25"),
        )
    )
    closure = Closure.objects.get()
    # The clocks go forward on the 25th: two days of 47 hours.
    assert closure.period.length == timedelta(hours=47)
    assert closure.starts_at == berlin("2040-03-24 00:00")


def test_parts_do_not_change_while_the_whole_is_taken(db, shed):
    load(shed())
    repair = Closure.objects.create(
        starts_at=berlin("2040-05-01 10:00"),
        ends_at=berlin("2040-05-01 12:00"),
        reason_de="Reparatur",
        reason_en="Repair",
    )
    whole = Resource.objects.get(slug="shed")
    times = {
        "starts_at": berlin("2040-05-01 10:00"),
        "ends_at": berlin("2040-05-01 12:00"),
        "guarded_from": berlin("2040-05-01 10:00"),
        "guarded_until": berlin("2040-05-01 12:00"),
    }
    Allocation.objects.create(resource=whole, closure=repair, **times)
    before = everything()
    with pytest.raises(CommandError, match="shed cannot change while it is booked"):
        load(shed(('parts = ["saw-1"]', "parts = []"), ("Being oiled", "Being mended")))
    assert everything() == before


@pytest.mark.django_db
def test_a_house_that_moves_takes_all_its_things_along(shed, settings):
    """Also those that the file no longer names: they stay in the records."""
    load(shed())
    settings.TIME_ZONE = "Europe/London"
    moved = ('"A shed"', '"A shed"\ntime_zone = "Europe/London"')
    load(shed(moved, ('slug = "shed"', 'slug = "barn"')))
    assert set(Resource.objects.values_list("time_zone", flat=True)) == {"Europe/London"}


FAULTS = [
    ("step_minutes = 30", "step_minute = 30", 16, "step_minute is not known; did you mean step_"),
    ("largest_hours = 4", 'largest_hours = "4"', 15, 'largest_hours must be a number, not "4"'),
    ("largest_hours = 4", "largest_hours = 0.25", 15, "not be less than smallest_minutes"),
    ("smallest_minutes = 30", "smallest_minutes = 45", 14, "must be a multiple of step_minutes"),
    ("step_minutes = 30", "step_minutes = 7", 16, "must divide a day"),
    ('approval = "automatic"\n', "", 11, "approval is missing"),
    ('"automatic"', '"perhaps"', 12, "approval must be 'automatic' or 'staff'"),
    ('["08:00-20:00"]', '["20:00-08:00"]', 13, "must end after they begin"),
    ('["08:00-20:00"]', '["8-20"]', 13, 'hours such as "08:00-22:00", not "8-20"'),
    ('["08:00-20:00"]', '["08:00-25:00"]', 13, "hours such as"),
    ('["08:00-20:00"]', '["08:00-12:30", "12:00-20:00"]', 13, "in order, without overlap"),
    ('["08:00-20:00"]', '["08:10-20:00"]', 13, "on a multiple of step_minutes"),
    ("sun = []", "sum = []", 13, "sum is not known; did you mean sun"),
    ('slug = "shed"', 'slug = "saw-1"', 25, 'resource.slug "saw-1" is taken already'),
    ('slug = "shed"', 'slug = "The shed"', 25, 'resource.slug cannot be "The shed"'),
    ('parts = ["saw-1"]', 'parts = ["saw-9"]', 29, '"saw-9", which is not in this file'),
    ('parts = ["saw-1"]', 'parts = ["shed"]', 29, '"shed", which has parts itself'),
    ('"A shed"', '"A shed"\ntime_zone = "Europe/Daig"', 4, "write it like Europe/Berlin"),
    ('"A shed"', '"A shed"\ntime_zone = "Europe/London"', 4, 'TIME_ZONE is "Europe/Berlin"'),
    ('resources = ["saw-1"]', "", 31, "must name types or resources"),
    ("to = 2040-03-01T12:00:00", "to = 2040-03-01T08:00:00", 37, "must be later than from"),
    ("2040-03-01T08", "2040-03-25T02", 36, "from falls into a clock change"),
    ("to = 2040-03-01T12:00:00", "to = 9", 37, "closure.to"),
    ("to = 2040-03-01T12:00:00", "to = 9999-12-31", 37, "Only the years from 1901 to 2998"),
    ("from = 2040-03-01T08:00:00", "from = 0001-01-01", 36, "Only the years from 1901 to 2998"),
    ("[[closure]]", "[[closures]]", 31, "closures is not known; did you mean closure?"),
    ("[[closure]]", "[closure]", 31, "closure must be a list of tables"),
    ("step_minutes = 30", "step_minutes 30", 16, "This is not TOML"),
    ("step_minutes = 30", "step_minutes = 30\nstep_minutes = 15", 17, "This is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), FAULTS)
def test_a_fault_is_named_by_line_and_key(old, new, line, says):
    assert old in SMALL
    said = faults(SMALL.replace(old, new, 1))
    assert any(each.startswith(f"Line {line}: ") and says in each for each in said), said


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    text = SMALL.replace("step_minutes = 30", "step_minutes = -1").replace('["saw-1"]', '["saw-9"]')
    said = faults(text.replace('name = "A shed"', ""))
    assert [each.split(":")[0] for each in said] == ["Line 2", "Line 16", "Line 29", "Line 33"]


def test_lines_are_found_behind_texts_and_lists_of_several_lines():
    text = SMALL.replace(
        'name_en = "Saw"', 'name_en = "Saw"\ndescription_en = """\n[type]\nx = 1"""'
    )
    text = text.replace('parts = ["saw-1"]', 'parts = [\n  "saw-1", # the saw\n  "saw-9",\n]')
    (said,) = faults(text)
    assert said.startswith("Line 32: resource.parts names")


def test_a_night_needs_times_of_arrival_and_departure():
    text = SMALL.replace('opening = { daily = ["08:00-20:00"], sun = [] }', "by_night = true")
    said = " ".join(faults(text))
    assert "type.rules.arrival is missing" in said
    assert "type.rules.departure is missing" in said


def test_holidays_of_nowhere_are_refused():
    head = '[holidays]\ntypes = ["saw"]\n'
    (country,) = faults(SMALL + head + 'country = "QQ"')
    (region,) = faults(SMALL + head + 'country = "DE"\nsubdivision = "XX"')
    assert '"QQ" has no calendar of holidays' in country
    assert "subdivision must be one of" in region


def test_a_faulty_file_loads_nothing_and_ends_with_an_error(db, shed):
    path = shed(("largest_hours = 4", "largest_hours = 0"))
    with pytest.raises(CommandError) as told:
        load(path)
    assert str(told.value).splitlines()[1].strip().startswith("Line 15: ")
    assert told.value.returncode == 1
    assert not ResourceType.objects.exists()


def test_a_file_that_is_not_there_or_no_text_is_said_plainly(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="not a text in UTF-8"):
        load(tmp_path / "binary.toml")


def test_two_things_swap_their_numbers_by_one_file(db, shed):
    def numbered(saw, hut):
        numbers = ((f'slug = "{slug}"', f'slug = "{slug}"\ninventory_number = "{number}"')
                   for slug, number in (("saw-1", saw), ("shed", hut)))  # fmt: skip
        return shed(*numbers)

    load(numbered("D-1", "D-2"))
    load(numbered("D-2", "D-1"))

    numbers = Resource.objects.order_by("slug").values_list("slug", "inventory_number")
    assert dict(numbers) == {"saw-1": "D-2", "shed": "D-1"}
