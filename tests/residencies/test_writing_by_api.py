"""Staff write a call by API, from the draft to its end, by the acts of the pages."""

import pytest

from labbooking.period import DAY
from labbooking.residencies.calls.models import Call
from tests.api.program import Program, is_problem
from tests.residencies.calling import around, open_at, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(lab, sam):
    return Program(sam)


def drafted(staff, now, **more):
    response = staff.post("calls/", written(**{**around(now), **more}))
    assert response.status_code == 201, response.content
    return response.json()


def test_a_call_is_written_published_and_ended_without_a_browser(staff, now):
    told = drafted(staff, now)
    assert (told["slug"], told["state"], told["revision"]) == ("a-summer-in-the-daig", "draft", 1)
    assert (told["grace_minutes"], told["published_at"]) == (15, None)
    assert told["terms"]["text"] == {"de": "Regeln", "en": "Rules"}
    address = f"calls/{told['slug']}"
    is_problem(Program().get(address), 404, "not_found")

    changed = staff.post(f"{address}/change", {"name_en": "Autumn", "stipend_cents": None}).json()
    assert (changed["name"]["en"], changed["name"]["de"]) == ("Autumn", told["name"]["de"])
    assert (changed["stipend_cents"], changed["revision"]) == (None, 2)
    assert changed["criteria"] == told["criteria"]
    assert changed["studios"] == told["studios"]

    is_problem(staff.post(f"{address}/publish", {"based_on": 1}), 409, "wrong_state")
    assert staff.post(f"{address}/publish", {"based_on": 2}).json()["state"] == "open"
    assert Program().get(address).json()["name"]["en"] == "Autumn"
    assert staff.post(f"{address}/close").json()["state"] == "closed"
    assert staff.post(f"{address}/archive").json()["state"] == "archived"
    assert [each["slug"] for each in staff.get("calls/manage/").json()["items"]] == [told["slug"]]
    assert staff.get(f"{address}/manage").json()["revision"] == 5


def test_what_a_season_is_planned_with_is_written_and_read(staff, now):
    season = {
        "arrival_every_weeks": 3, "cushion_days": 2,
        "disciplines_at_once_max": [2, None], "disciplines_floor": [0, 1],
    }  # fmt: skip
    staff.post("calls/", {**written(**around(now), **season), "slug": "limits"})
    told = staff.get("calls/limits/manage").json()
    assert {name: told[name] for name in season} == season
    staff.post("calls/limits/publish", {"based_on": 1})
    public = Program().get("calls/limits").json()
    assert {name: public[name] for name in season if name != "cushion_days"} == {
        name: value for name, value in season.items() if name != "cushion_days"
    }
    assert "cushion_days" not in public


def test_a_draft_needs_its_names_and_days_alone(staff, now):
    names = ("name_de", "name_en", "opens_at", "closes_at", "decision_on", "season_from",
             "season_until", "stay_weeks_min", "stay_weeks_max")  # fmt: skip
    body = {name: written(**around(now))[name] for name in names}
    told = staff.post("calls/", {**body, "slug": "brief"}).json()
    assert (told["arrival_weekdays"], told["blind"], told["grace_minutes"]) == ([0], True, 15)
    missing = is_problem(staff.post("calls/brief/publish", {"based_on": 1}), 400, "malformed")[
        "errors"
    ]
    assert {"email", "studios", "criteria", "terms_de"} <= {each["field"] for each in missing}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"studios": ["seat-1"]}, "studios"),
        ({"studios": ["nowhere"]}, "studios"),
        ({"season_from": "2027-02-31"}, "season_from"),
        ({"season_from": 1_800_000_000}, "season_from"),
        ({"arrival_weekdays": [7]}, "arrival_weekdays.0"),
        ({"arrival_every_weeks": 14}, "arrival_every_weeks"),
        ({"cushion_days": 29}, "cushion_days"),
        ({"disciplines_at_once_max": [1]}, "disciplines_at_once_max"),
        ({"disciplines_floor": [1, True]}, "disciplines_floor.1"),
        ({"stay_weeks_min": 0}, "stay_weeks_min"),
        ({"stay_weeks_max": 10**30}, "stay_weeks_max"),
        ({"name_en": "A\x00"}, "name_en"),
        ({"email": "nobody"}, "email"),
        ({"slug": "manage"}, "slug"),
        ({"state": "open"}, "state"),
        ({"stipend_cents": 0}, "stipend_cents"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(staff, now, wrong, field):
    answer = is_problem(staff.post("calls/", {**written(**around(now)), **wrong}), 400, "malformed")
    assert field in {each["field"] for each in answer["errors"]}
    assert not Call.objects.exists()


def test_what_applicants_rely_on_stays_and_who_read_an_older_one_is_told(staff, sam, now):
    call = open_at(sam, now)
    is_problem(staff.post("calls/a-call/change", {"stipend_cents": 1}), 400, "malformed")
    stale = {"name_en": "Other", "based_on": call.revision - 1}
    is_problem(staff.post("calls/a-call/change", stale), 409, "wrong_state")
    later = (call.closes_at + DAY).isoformat()
    assert staff.post("calls/a-call/change", {"closes_at": later}).status_code == 200
    why = {"reason_de": "Wasser.", "reason_en": "Water."}
    is_problem(staff.post("calls/a-call/call-off", {"reason_de": "Wasser."}), 400, "malformed")
    assert staff.post("calls/a-call/call-off", why).json()["reason"]["en"] == "Water."
