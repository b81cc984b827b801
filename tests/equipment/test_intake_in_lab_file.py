"""What a booking asks in a lab's description: loaded, kept where staff changed it, written out."""

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from equipment.actions import change_question, order_question, remove_question
from equipment.lab_file.faults import LabFileFaulty
from equipment.lab_file.reader import read
from equipment.models import Question, ResourceType, Terms
from tests.equipment.shed import SAW
from tests.equipment.test_lab_file import THINGS

pytestmark = pytest.mark.django_db
ASKED = """
[[type.question]]
key = "wood"
text_de = "Welches Holz?"
text_en = "Which wood?"
kind = "choice"
required = true
choices = [{ key = "oak", de = "Eiche", en = "oak" }, { key = "pine", de = "Kiefer", en = "pine" }]

[[type.question]]
key = "boards"
text_de = "Wie viele \\"Bretter\\"?"
text_en = "How many boards?"
kind = "number"
smallest = 1
shown_to = "fellows"
in_research = true

[type.terms]
text_de = "Brille auf.\\n\\nImmer."
text_en = "Goggles on.\\n\\nAlways."
"""
ASKING = SAW + ASKED + THINGS


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def load(tmp_path, capsys):
    def loaded(text, **options):
        path = tmp_path / "shed.toml"
        path.write_text(text)
        call_command("load_lab", str(path), verbosity=2, **options)
        return capsys.readouterr().out

    return loaded


def asked():
    rows = Question.objects.filter(ended_at=None).order_by("order")
    return [(each.key, each.version) for each in rows]


def test_what_a_file_asks_is_asked_and_loading_again_changes_nothing(load):
    assert "Question: wood" in load(ASKING)
    assert asked() == [("wood", 1), ("boards", 1)]
    assert ResourceType.objects.get(slug="saw").asks
    assert "nothing changed" in load(ASKING)


def test_a_change_in_the_file_is_a_new_version_and_what_is_gone_ends(load):
    load(ASKING)
    load(ASKING.replace("Which wood?", "What wood?").replace("Goggles on.", "Glasses on."))
    assert asked() == [("wood", 2), ("boards", 1)]
    assert Terms.objects.count() == 2
    assert "No longer asked: wood" in load(SAW + THINGS)
    assert asked() == []
    assert Terms.objects.latest("version").text_de == ""
    load(ASKING)
    assert asked() == [("wood", 3), ("boards", 2)]


def test_a_question_that_is_asked_again_was_not_asked_meanwhile(load):
    load(ASKING)
    load(SAW + THINGS)
    ended = Question.objects.get(key="wood", version=1).ended_at
    load(ASKING)
    assert Question.objects.get(key="wood", version=1).ended_at == ended


def test_new_words_and_a_new_place_come_with_one_loading(load, sam):
    load(ASKING)
    _, wood, rest = ASKED.split("[[type.question]]")
    boards, terms = rest.split("[type.terms]")
    turned = f"[[type.question]]{boards}[[type.question]]{wood}[type.terms]{terms}"
    turned = SAW + turned.replace("Which wood?", "What wood?") + THINGS
    load(turned)
    assert asked() == [("boards", 1), ("wood", 2)]
    order_question("wood", "up", by=sam, at=timezone.now())
    load(turned)
    assert asked() == [("wood", 2), ("boards", 1)]
    load(turned, overwrite=True)
    assert asked() == [("boards", 1), ("wood", 2)]


def test_what_staff_changed_is_kept_unless_the_file_overwrites_it(load, sam):
    load(ASKING)
    wood = Question.objects.get(key="wood")
    said = wood.said | {"required": False}
    change_question("wood", said, by=sam, at=timezone.now(), based_on=1)
    remove_question("boards", by=sam, at=timezone.now(), based_on=1)
    out = load(ASKING)
    assert "question wood" in out
    assert "question boards" in out
    assert asked() == [("wood", 2)]
    load(ASKING, overwrite=True)
    assert asked() == [("wood", 3), ("boards", 2)]


def test_written_out_it_loads_to_the_same(load, tmp_path):
    load(ASKING)
    path = tmp_path / "dumped.toml"
    call_command("dump_lab", str(path))
    kind = next(iter(read(path.read_text()).types.values()))
    before = next(iter(read(ASKING).types.values()))
    assert kind.question == before.question
    assert kind.terms.text_de == before.terms.text_de
    assert "nothing changed" in load(path.read_text())


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('key = "boards"', 'key = "wood"', '"wood" is taken already'),
        ("required = true\n", "required = 1\n", "type.question.required must be true or false"),
        ("required = true\n", "requird = true\n", "did you mean required"),
        ("smallest = 1", "smallest = 3\nlargest = 2", "must not be less than smallest"),
        ('kind = "number"', 'kind = "text"', "unless kind is"),
        ('kind = "choice"', 'kind = "yes-no"', "unless kind is"),
        ('key = "pine"', 'key = "oak"', "the same one twice"),
        (', { key = "pine", de = "Kiefer", en = "pine" }', "", "at least two"),
        ('text_en = "Goggles on.\\n\\nAlways."', "", "type.terms.text_en is missing"),
    ],
)
def test_a_fault_is_told_with_its_line(old, new, sentence):
    assert old in ASKING
    text = ASKING.replace(old, new)
    with pytest.raises(LabFileFaulty) as faulty:
        read(text)
    assert any(sentence in each.sentence for each in faulty.value.faults), faulty.value
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines, 1) if "[[type.question]]" in line)
    last = next(n for n, line in enumerate(lines, 1) if "[[resource]]" in line)
    assert all(first <= each.line < last for each in faulty.value.faults)
