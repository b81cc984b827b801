"""Programs put works together as people do on the page; files are sent on the page alone."""

import pytest

from tests.api.program import Program, is_problem
from tests.residencies.calling import open_at
from tests.residencies.works.applied import an_application, an_image, handed_in, shows

pytestmark = pytest.mark.django_db
WORKS = "calls/a-call/application/works/"


@pytest.fixture
def draft(lab, ada, sam, now):
    return an_application(ada, open_at(sam, now))


def captions(answer):
    return [each["caption"] for each in answer.json()["items"]]


def test_a_program_adds_changes_moves_and_removes(draft, ada):
    program = Program(ada)
    link = {"kind": "link", "url": "vimeo.com/123", "caption": "Film", "year": 2026}
    made = program.post(WORKS, link)
    assert made.status_code == 201
    (film,) = made.json()["items"]
    assert (film["url"], film["year"], film["pages"]) == ("https://vimeo.com/123", 2026, [])
    program.post(WORKS, {"kind": "text", "text": "Once.", "caption": "Story"})
    one = f"{WORKS}{film['key']}/"
    assert captions(program.post(f"{one}move", {"to": "down"})) == ["Story", "Film"]
    assert captions(program.post(f"{one}change", {"caption": "Short"})) == ["Story", "Short"]
    kept = program.post(f"{one}change", {"year": None}).json()["items"][1]
    assert (kept["year"], kept["url"], kept["caption"]) == (None, film["url"], "Short")
    assert captions(program.post(f"{one}remove")) == ["Story"]
    draft.refresh_from_db()
    assert draft.revision == 7
    shows(ada, picture=an_image(), caption="Rope")
    picture = program.get(WORKS).json()["items"][1]
    assert picture["pages"] == [f"/works/{picture['key']}/1/large.webp"]


def test_what_cannot_be_is_a_problem_with_its_reason(draft, ada, ben):
    program = Program(ada)
    for body in (
        {"kind": "image"},
        {"kind": "link", "url": "javascript:alert(1)"},
        {"kind": "text"},
        {"kind": "text", "text": "x", "year": 1},
        {"kind": "link", "url": "https://example.org/", "text": "x"},
    ):
        is_problem(program.post(WORKS, body), 400, "malformed")
    is_problem(program.post(f"{WORKS}nothing/remove"), 404, "not_found")
    is_problem(Program(ben).get(WORKS), 404, "not_found")
    handed_in(draft)
    answer = program.post(WORKS, {"kind": "text", "text": "Once."})
    is_problem(answer, 409, "wrong_state")
    assert not draft.works.exists()
