"""Calls for whoever lists residencies, as JSON without signing in."""

from datetime import UTC, datetime

import pytest

from labbooking.period import DAY
from labbooking.residencies.calls import actions
from tests.api.program import Program, is_problem
from tests.residencies.calling import a_draft, open_at

pytestmark = pytest.mark.django_db


def test_a_listing_finds_what_it_asks_for(lab, sam, now):
    call = open_at(sam, now)
    told = Program().get("calls/a-call").json()
    assert told["state"] == "open"
    assert told["url"].endswith("/calls/a-call/")
    assert told["name"] == {"de": "Sommer im Daig", "en": "A summer in the Daig"}
    for name in ("closes_at", "closes_at_utc"):
        assert datetime.fromisoformat(told[name]) == call.closes_at
    assert datetime.fromisoformat(told["closes_at_utc"]).utcoffset() == UTC.utcoffset(None)
    assert told["season_until"] == f"{call.season_until}"
    assert (told["stay_weeks_min"], told["stay_weeks_max"]) == (4, 12)
    assert [each["slug"] for each in told["studios"]] == ["studio-1", "studio-2"]
    assert told["disciplines"][0] == {"de": "Tanz", "en": "Dance"}
    assert (told["stipend_cents"], told["currency"]) == (120_000, "EUR")
    assert [each["weight"] for each in told["criteria"]] == [3, 1]
    assert told["terms"] == {"version": 1, "text": {"de": "Regeln", "en": "Rules"}}
    assert told["access"]["en"] == "Two steps; give us a ring."
    assert not {"grace_minutes", "revision", "announcement", "state_recorded"} & told.keys()


def test_drafts_are_nowhere_and_what_is_over_is_only_where_it_was(lab, sam, ada, rui, now):
    a_draft(sam, slug="draft")
    open_at(sam, now)
    open_at(sam, now, slug="gone")
    actions.close_now("gone", by=sam, at=now)
    actions.archive("gone", by=sam, at=now)
    for who in (None, ada, rui, sam):
        program = Program(who) if who else Program()
        assert [each["slug"] for each in program.get("calls/").json()["items"]] == ["a-call"]
        is_problem(program.get("calls/draft"), 404, "not_found")
        assert program.get("calls/gone").json()["state"] == "archived"
    is_problem(Program().get("calls/nowhere"), 404, "not_found")


def test_pages_of_the_list_go_by_deadline(lab, sam, now):
    for number in (3, 1, 2):
        open_at(sam, now, slug=f"c{number}", closes_at=now + number * DAY)
    first = Program().get("calls/", {"limit": 2}).json()
    rest = Program().get(first["next"]).json()
    slugs = [each["slug"] for each in first["items"] + rest["items"]]
    assert slugs == ["c1", "c2", "c3"]
    assert rest["next"] is None


def test_its_state_is_that_of_the_moment(lab, sam, now):
    open_at(sam, now, opens_at=now + DAY, slug="soon")
    call = open_at(sam, now)
    type(call).objects.filter(pk=call.pk).update(opens_at=now - 2 * DAY, closes_at=now - DAY)
    states = {each["slug"]: each["state"] for each in Program().get("calls/").json()["items"]}
    assert states == {"soon": "announced", "a-call": "closed"}
