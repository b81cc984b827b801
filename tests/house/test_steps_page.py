"""Staff set the steps of a kind of thing in the browser; a lab's file has them too."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from equipment.models import ResourceType
from labbooking.bookings.actions.steps.describe import said_of
from labbooking.bookings.models import ApprovalStep, Approver
from labbooking.bookings.queries import current_steps
from labbooking.house.manage.changes import add_type
from labbooking.journal.models import Entry
from tests.bookings.days import booked, hours, said
from tests.bookings.deciding import NOW
from tests.bookings.steps.stepping import (
    HOUSE,
    TECHNICIAN,
    change,
    in_two_steps,
    said_so_far,
)
from tests.bookings.steps.stepping import step as a_step

pytestmark = pytest.mark.django_db
PAGE = "/house/manage/kinds/board/steps/"


def typed(client, *steps, page=PAGE, **more):
    """What a browser sends for these steps, each with its fields."""
    shown = client.get(page).context
    sent = {"based_on": shown["based_on"], "step-TOTAL_FORMS": len(steps)}
    sent["step-INITIAL_FORMS"] = len(shown["forms"].initial_forms)
    for number, step in enumerate(steps):
        fields = {"slug": "", "name_de": "", "name_en": "", "hours": ""}
        fields["ORDER"] = number + 1 if step else ""
        sent |= {f"step-{number}-{name}": value for name, value in (fields | step).items()}
    return client.post(page, sent | more)


def steps():
    of_type = ResourceType.objects.get(slug="board")
    return [
        (each.slug, each.name_de, each.hours, [one.name for one in each.approvers], [
            one.name for one in each.deputies
        ])
        for each in map(said_of, current_steps([of_type]))
    ]  # fmt: skip


def technician(sam, **more):
    return {"name_de": "Technik", "name_en": "Technician", "approvers": [sam.pk], **more}


def house(kim, **more):
    return {"name_de": "Haus", "name_en": "House", "approvers": [kim.pk], **more}


def test_staff_set_steps_and_change_their_order(lab, sam, kim, signed_in):
    client = signed_in(sam)

    answer = typed(client, technician(sam, hours=8, deputies=[kim.pk]), house(kim), {})
    assert answer.status_code == 302
    assert steps() == [
        ("technician", "Technik", 8, ["Sam"], ["Kim"]),
        ("house", "Haus", None, ["Kim"], []),
    ]

    first = technician(sam, slug="technician", ORDER=2)
    typed(client, first, house(kim, slug="house", ORDER=1), {})
    assert [each[0] for each in steps()] == ["house", "technician"]
    assert ResourceType.objects.get(slug="board").edited_at is not None
    assert Entry.objects.filter(kind="steps.changed").count() == 2


def test_a_step_taken_away_is_kept_for_what_waits(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim)
    booked(ada, "board-1", period=hours(9))
    client = signed_in(sam)
    assert "1 request waits now: it goes through the steps it began with." in said(client.get(PAGE))

    gone = technician(sam, slug="technician") | {"DELETE": "on"}
    typed(client, gone, house(kim, slug="house"), {})

    assert [each[0] for each in steps()] == ["house"]
    assert ApprovalStep.objects.filter(slug="technician", retired_at__isnull=False).count() == 1
    assert Approver.objects.filter(step__slug="technician").count() == 1


def test_what_cannot_be_is_said_and_nothing_is_lost(lab, ada, sam, kim, signed_in):
    client = signed_in(sam)

    answer = typed(client, technician(sam, deputies=[sam.pk]), {})
    assert answer.status_code == 400
    assert "Sam cannot both decide and stand in" in said(answer)
    assert 'value="Technician"' in answer.content.decode()
    assert typed(client, technician(ada), {}).status_code == 422
    assert typed(client, technician(sam, hours=0), {}).status_code == 422
    assert steps() == []


def test_of_two_who_change_it_the_second_is_told(lab, sam, kim, signed_in):
    answer = typed(signed_in(sam), house(kim), {}, based_on="of before")

    assert answer.status_code == 409
    assert "Somebody else has changed this meanwhile." in said(answer)
    assert steps() == []


def test_nine_steps_ask_no_more_than_one(lab, sam, kim, signed_in):
    client, asked = signed_in(sam), []
    for count in (1, 3, 9):
        names = [(f"Schritt {number}", f"Step {number}") for number in range(count)]
        change(lab["board-1"], [a_step(each, sam, deputies=[kim]) for each in names], sam)
        with CaptureQueriesContext(connection) as queries:
            page = said(client.get(PAGE))
        assert page.count(" checked") == 2 * count
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert asked[0] <= 10


def test_what_somebody_else_added_meanwhile_is_told_and_what_was_typed_can_be_saved(
    lab, sam, kim, signed_in
):
    change(lab["board-1"], [a_step(TECHNICIAN, sam)], sam)
    client = signed_in(sam)
    shown = client.get(PAGE).context["based_on"]
    change(lab["board-1"], [*said_so_far(lab["board-1"]), a_step(HOUSE, kim)], kim)
    mine = [technician(sam, slug="technician", hours=4), {}]

    late = typed(client, *mine, based_on=shown, **{"step-INITIAL_FORMS": 1})
    assert late.status_code == 409
    assert "Somebody else has changed this meanwhile." in said(late)
    assert [each[0] for each in steps()] == ["technician", "house"]

    again = typed(client, *mine, **{"step-INITIAL_FORMS": 1})
    assert again.status_code == 302
    assert [(each[0], each[2]) for each in steps()] == [("technician", 4)]


def test_without_steps_one_yes_is_enough_and_that_is_said(lab, sam, kim, signed_in):
    change(lab["board-1"], [a_step(TECHNICIAN, sam)], sam)
    client = signed_in(sam)
    typed(client, technician(sam, slug="technician") | {"DELETE": "on"}, {})

    assert "Saved. For new requests one yes is enough." in said(client.get(PAGE))
    assert steps() == []


def test_a_series_that_waits_is_one_request(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim)
    booked(ada, "board-1", period=hours(9), rrule="FREQ=WEEKLY;COUNT=3")

    assert "1 request waits now" in said(signed_in(sam).get(PAGE))


def test_only_staff_see_the_page(lab, ada, rui, sam, client, signed_in):
    assert client.get(PAGE).status_code == 302
    for other in (ada, rui):
        assert signed_in(other).get(PAGE).status_code == 404
        assert signed_in(other).post(PAGE, {}).status_code == 404
    assert signed_in(sam).get("/house/manage/kinds/nothing/steps/").status_code == 404


def test_the_way_there_and_who_decides_say_that_there_are_steps(lab, sam, kim, signed_in):
    client = signed_in(sam)
    assert PAGE in client.get("/house/manage/kinds/board/").content.decode()
    assert "Decided in steps" not in said(client.get("/desk/approvers/"))

    in_two_steps(lab["board-1"], sam, kim)

    page = client.get("/desk/approvers/")
    assert "Decided in steps" in said(page)
    assert PAGE in page.content.decode()


def test_a_kind_like_another_is_decided_on_in_its_steps(lab, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    of_type = ResourceType.objects.get(slug="board")
    fields = {"name_de": "Wand", "name_en": "Wall", "kind": "device", "drawing": "board"}

    made = add_type(fields, units=1, like=of_type, by=sam, at=NOW)

    assert made.approval_steps == 2
    assert [each.slug for each in current_steps([made])] == ["technician", "house"]
    assert len(current_steps([of_type])) == 2


# The lab's file

LAB = """
[lab]
name = "Small"
[[type]]
slug = "board"
kind = "device"
drawing = "board"
name_de = "Tafel"
name_en = "Board"
steps = [
  { slug = "technician", name_de = "Technik", name_en = "Technician", hours = 8, approvers = [
    "Sam@daig.example", "gone@daig.example"], deputies = ["kim@daig.example"] },
  { slug = "house", name_de = "Haus", name_en = "House" },
]
[type.rules]
approval = "staff"
opening = { daily = ["08:00-22:00"] }
[[resource]]
slug = "board-1"
type = "board"
name_de = "Tafel 1"
name_en = "Board 1"
"""


@pytest.fixture
def load(tmp_path, capsys):
    def loaded(text=LAB, **options):
        path = tmp_path / "lab.toml"
        path.write_text(text)
        call_command("load_lab", str(path), **options)
        return capsys.readouterr().out

    return loaded


def test_a_file_names_steps_and_whoever_is_not_staff_here_is_told(load, sam, kim):
    out = load(verbosity=2)

    assert steps() == [
        ("technician", "Technik", 8, ["Sam"], ["Kim"]),
        ("house", "Haus", None, [], []),
    ]
    assert "Steps of approval of board" in out
    assert "Not staff here, so left out of the steps of board: gone@daig.example" in out
    assert "nothing changed" in load()


def test_what_is_written_out_loads_to_the_same(load, sam, kim, capsys):
    load()
    before = steps()
    call_command("dump_lab")
    written = capsys.readouterr().out
    assert "nothing changed" in load(written)

    without = "\n".join(line for line in written.splitlines() if not line.startswith("steps"))
    load(without)
    assert steps() == []
    load(written)
    assert steps() == before


def test_what_staff_set_in_the_browser_the_file_keeps(load, sam, kim, signed_in):
    load()
    gone = technician(sam, slug="technician") | {"DELETE": "on"}
    typed(signed_in(sam), gone, house(kim, slug="house"), {})

    assert "Kept as staff described it: board (steps)" in load()
    assert [each[0] for each in steps()] == ["house"]
    load(overwrite=True)
    assert [each[0] for each in steps()] == ["technician", "house"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('slug = "house"', 'slug = "technician"', 'the slug "technician" is taken already'),
        ("hours = 8", "hours = 0", "must be at least 1"),
        ('"kim@daig.example"', '"Sam@daig.example"', "cannot both decide and stand in"),
        ("name_de = \"Haus\", ", "", "is missing"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_line(load, sam, old, new, fault):
    with pytest.raises(Exception, match=fault):
        load(LAB.replace(old, new))
