"""Plans of a season by API: what its page shows, to the same people, by codes alone."""

from datetime import timedelta

import pytest

from equipment.models import Resource
from labbooking.residencies.applications.models import Application
from labbooking.residencies.jury.tasks.models import ReviewTask
from labbooking.residencies.seasons import actions
from labbooking.residencies.seasons.actions import solving
from labbooking.residencies.seasons.actions.fixing import ByHand
from labbooking.residencies.seasons.models import Place
from residents.models import Role
from tests.api.program import Program, is_problem, with_scope
from tests.people import person
from tests.residencies.seasons.applying import WEEK, a_closed_call, a_plan, apply
from tests.residencies.seasons.test_season_pages import chaired

pytestmark = pytest.mark.django_db
ALL = "calls/a-call/plans/"
CODES = ("LARK", "WREN", "RUFF")


@pytest.fixture
def call(lab, sam, now):
    return a_closed_call(sam, now)


def solved(sam, now, **more):
    actions.ask_for_plan("a-call", by=sam, at=now, **more)
    while solving.work(now):
        pass


def placed(plan, application, studio, week=0, weeks=4):
    day = plan.season_from + week * WEEK
    return Place.objects.create(
        plan=plan, application=application, resource=studio, starts_on=day,
        ends_on=day + weeks * WEEK - timedelta(days=1), weeks=weeks, fit=100,
    )  # fmt: skip


def test_what_the_page_shows_is_read_by_a_program(call, sam, now):
    for code in CODES:
        apply(call, code)
    reader = Program(sam)
    assert reader.get(ALL).json() == {"call": "a-call", "items": []}
    solved(sam, now)
    (listed,) = reader.get(ALL).json()["items"]
    told = reader.get(f"{ALL}1").json()
    assert {name: told[name] for name in listed} == listed
    assert (told["version"], told["state"], told["aim"]) == (1, "proposed", "order")
    assert (told["people"], told["weeks"], told["proven"]) == (2, 8, True)
    assert told["certainty"].startswith("Proven: nobody was passed over")
    assert {each["studio"] for each in told["places"]} == {"studio-1"}
    assert told["places"][0]["arrives"] == call.season_from.isoformat()
    assert told["places"][0]["leaves"] == Place.objects.earliest("starts_on").ends_on.isoformat()
    (left,) = told["not_placed"]
    here = {each["code"] for each in told["places"]}
    assert here | {left["code"]} == set(CODES)
    assert "would have to go, worth" in left["why"]
    assert [each["aim"] for each in told["others"]] == ["points", "weeks"]
    assert {each["difference"] for each in told["others"]} == {"The same people."}
    assert told["difference"] == ""


def test_a_plan_beside_the_settled_one_and_what_is_left_once_somebody_is_gone(call, sam, now):
    for code in CODES:
        apply(call, code)
    solved(sam, now)
    reader = Program(sam)
    told = reader.get(f"{ALL}1").json()
    here, (left,) = {each["code"] for each in told["places"]}, told["not_placed"]
    actions.settle_plan("a-call", 1, by=sam, at=now)
    actions.fix("a-call", left["code"], ByHand("in"), by=sam, at=now)
    solved(sam, now)
    assert [each["version"] for each in reader.get(ALL).json()["items"]] == [2, 1]
    second = reader.get(f"{ALL}2").json()
    (gone,) = here - {each["code"] for each in second["places"]}
    assert second["difference"].startswith("Beside plan 1: as many people")
    assert f"In: {left['code']}. Out: {gone}." in second["difference"]
    in_german = reader.get(f"{ALL}2", Accept_Language="de").json()
    assert in_german["difference"].startswith("Gegenüber Plan 1: ")
    assert reader.get(f"{ALL}1").json()["difference"] == ""

    (lost,) = here - {gone}
    Application.objects.get(code=lost).delete()
    answers = [reader.get(f"{ALL}{rest}") for rest in ("", "1", "2")]
    for answer in answers:
        assert lost not in answer.content.decode()
        assert "■" not in answer.content.decode()
    assert [each["people"] for each in answers[0].json()["items"]] == [1, 1]
    (whose,) = answers[2].json()["not_placed"]
    assert "an application that is deleted would have to go" in whose["why"]
    for name in ("Sam", "@"):
        assert name not in answers[1].content.decode()


def test_a_plan_that_is_not_made_tells_of_nobody_and_one_that_failed_why(call, sam, now):
    a_plan(call, sam, now)
    a_plan(call, sam, now, state="failed", answer={"proven": True, "failed": "check"})
    reader = Program(sam)
    waiting, failed = (reader.get(f"{ALL}{version}").json() for version in (1, 2))
    assert (waiting["state"], waiting["certainty"], waiting["people"]) == ("waiting", "", 0)
    assert failed["certainty"].startswith("What the solver found breaks a rule")
    assert not failed["proven"]
    assert (failed["places"], failed["not_placed"], failed["others"]) == ([], [], [])
    against = {"proven": False, "contradiction": ["fixed ■1", "fixed WREN"]}
    a_plan(call, sam, now, state="failed", answer=against)
    sentence = reader.get(f"{ALL}3").json()["certainty"]
    assert "what is fixed of an application that is deleted and what is fixed of WREN" in sentence


def test_whoever_does_not_plan_finds_no_plan_there(call, ada, ben, sam, now):
    """As on the page: the chair does, but not with reviews to finish or an application of theirs;
    for all others there is nothing, neither a call nor a plan."""
    wren, jury = apply(call, "WREN"), chaired(call, ada, ben, now)
    a_plan(call, sam, now)
    chair, missing = Program(ada), Program(sam).get("calls/nowhere/plans/").json()["detail"]
    roles = (Role.APPLICANT, Role.JUROR, Role.RESEARCHER, Role.ADMIN)
    outside = [ben, *(person(f"Lin {role}", role) for role in roles)]
    seen = {each: Program(each) for each in outside}
    for rest in ("", "1"):
        for reader in seen.values():
            assert is_problem(reader.get(ALL + rest), 404, "not_found")["detail"] == missing
        is_problem(Program().get(ALL + rest), 401, "unauthenticated")
        assert with_scope(sam, "read").get(ALL + rest).status_code == 200
        assert chair.get(ALL + rest).status_code == 200
    for strange in ("0", "2", "99999999999999999999"):
        is_problem(chair.get(ALL + strange), 404, "not_found")
    is_problem(chair.get(f"{ALL}x"), 400, "malformed")
    assert chair.post(ALL, {}).status_code == 405

    seat = jury.jurors.get(is_chair=True)
    reads = ReviewTask.objects.create(juror=seat, application=wren, given_at=now)
    jury.results_opened_at = now
    jury.save()
    assert [chair.get(ALL + rest).status_code for rest in ("", "1")] == [404, 404]
    reads.delete()
    assert [chair.get(ALL + rest).status_code for rest in ("", "1")] == [200, 200]
    days = {"begun_at": now, "changed_at": now}
    Application.objects.create(call=call, person=sam, code="OWN", state="draft", **days)
    assert [Program(sam).get(ALL + rest).status_code for rest in ("", "1")] == [404, 404]


def test_three_plans_and_people_are_looked_up_as_one(call, sam, now, django_assert_max_num_queries):
    studio = Resource.objects.get(slug="studio-1")
    wishes = [{"code": code, "points": 400, "place": 1} for code in CODES]
    question = {"instance": {"wishes": wishes, "studios": [], "fixings": [], "weeks": 0},
                "before": []}  # fmt: skip
    reader, counts = Program(sam), []
    reader.get(ALL)
    for number, code in enumerate(CODES, 1):
        apply(call, code)
        plan = a_plan(
            call, sam, now, question=question, answer={"proven": True},
            state="settled" if number == 1 else "proposed", settled_by=sam, settled_at=now,
        )  # fmt: skip
        for week, application in enumerate(call.applications.all()):
            placed(plan, application, studio, week * 2)
        if number in {1, 3}:
            for rest in ("", "1"):
                with django_assert_max_num_queries(20) as asked:
                    told = reader.get(ALL + rest).json()
                counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert told["points"] == 400
    items = reader.get(ALL).json()["items"]
    assert [(each["people"], each["points"], each["weeks"]) for each in items] == [
        (3, 1200, 12), (2, 800, 8), (1, 400, 4),
    ]  # fmt: skip
