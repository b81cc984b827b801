"""Staff say by API what a booking asks, with the acts of the pages, refused in the same words."""

import pytest

from equipment.models import Question, Terms
from tests.api.program import Program, is_problem
from tests.bookings.intake.asking import asks, has_terms

MAGNETS = {"text_de": "Wie viele Magnete?", "text_en": "How many magnets?", "kind": "number"}
CHOICES = [
    {"key": "oak", "de": "Eiche", "en": "oak"},
    {"key": "pine", "de": "Kiefer", "en": "pine"},
]


@pytest.fixture
def staff(lab, sam):
    return Program(sam)


def test_a_question_is_added_changed_and_removed(staff):
    made = staff.post("types/board/questions", MAGNETS | {"smallest": 1, "required": True})
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["key"], told["version"], told["smallest"]) == ("how-many-magnets", 1, 1)

    path = f"questions/{told['key']}"
    changed = staff.post(f"{path}/change", {"largest": 9, "smallest": None, "based_on": 1}).json()
    assert (changed["version"], changed["smallest"], changed["largest"]) == (2, None, 9)
    assert changed["required"]
    late = staff.post(f"{path}/change", {"largest": 8, "based_on": 1})
    assert is_problem(late, 409, "wrong_state")
    assert staff.post(f"{path}/change", {"largest": 9}).json()["version"] == 2

    kind = staff.post(f"{path}/change", {"kind": "choice", "choices": CHOICES}).json()
    assert (kind["largest"], kind["choices"]) == (None, CHOICES)
    for seen in (2, 0):
        assert is_problem(staff.post(f"{path}/remove", {"based_on": seen}), 409, "wrong_state")
    assert staff.post(f"{path}/remove", {}).status_code == 200
    assert not Question.objects.filter(ended_at=None).exists()
    assert is_problem(staff.post(f"{path}/remove", {}), 404, "not_found")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text_de": ""}, "text_de"),
        ({"kind": "colour"}, "kind"),
        ({"kind": "choice"}, "choices"),
        ({"kind": "choice", "choices": [*CHOICES, CHOICES[0]]}, "choices"),
        ({"smallest": 3, "largest": 1}, "largest"),
        ({"smallest": 10**12}, "smallest"),
        ({"kind": "text", "in_research": True}, "in_research"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_makes_no_sense_is_said_by_field(staff, wrong, field):
    answer = staff.post("types/board/questions", MAGNETS | wrong)
    assert answer.status_code == 400, answer.content
    assert [each["field"].split(".")[-1] for each in answer.json()["errors"]] == [field]
    assert not Question.objects.exists()


def test_terms_are_written_and_ended(staff):
    texts = {"text_de": "Nur Kreide.", "text_en": "Chalk only."}
    nothing = staff.post("types/board/terms", {"text_de": "", "text_en": ""})
    assert (nothing.status_code, nothing.json()) == (200, None)
    assert staff.post("types/board/terms", texts).json()["version"] == 1
    assert staff.post("types/board/terms", texts).json()["version"] == 1
    late = staff.post("types/board/terms", texts | {"text_en": "Chalk.", "based_on": 0})
    assert is_problem(late, 409, "wrong_state")
    half = staff.post("types/board/terms", texts | {"text_en": ""})
    assert half.json()["errors"][0]["field"] == "text_en"
    later = texts | {"text_en": "Chalk.", "in_force_at": "2126-01-01T00:00:00+01:00"}
    assert staff.post("types/board/terms", later).json()["version"] == 2
    ended = staff.post("types/board/terms", {"text_de": "", "text_en": "", "based_on": 2}).json()
    assert (ended["version"], ended["text_en"]) == (3, "")
    assert Terms.objects.filter(type__slug="board").count() == 3


def test_a_kind_that_is_like_another_asks_what_that_asks(staff, sam):
    asked, gone = asks("board", by=sam), asks("board", by=sam, text_en="Gone?")
    staff.post(f"questions/{gone.key}/remove")
    has_terms("board", by=sam)
    kiln = {"name_de": "Ofen", "name_en": "Kiln", "kind": "device", "drawing": "board"}
    assert staff.post("types/", kiln | {"like": "board"}).status_code == 201
    told = {each["slug"]: each for each in staff.get("types/").json()["items"]}["kiln"]
    assert [(each["key"], each["text"]) for each in told["questions"]] == [
        (f"{asked.key}-2", asked.text_en)
    ]
    assert told["terms"] == {"version": 1, "text": "Do not drop it."}
    assert staff.post("types/", kiln | {"name_en": "Loom"}).status_code == 201
    told = {each["slug"]: each for each in staff.get("types/").json()["items"]}["loom"]
    assert (told["questions"], told["terms"]) == ([], None)


def test_what_is_not_there_is_not_found(staff):
    for path, body in (
        ("types/nowhere/questions", MAGNETS),
        ("types/nowhere/terms", {"text_de": "", "text_en": ""}),
        ("questions/nowhere/change", {}),
        ("questions/nowhere/remove", {}),
    ):
        assert is_problem(staff.post(path, body), 404, "not_found")
