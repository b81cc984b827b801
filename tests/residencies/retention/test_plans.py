"""What a season's plan was made from goes too: what people need once it is settled, and the codes
of those who are gone."""

import json

import pytest

from labbooking.period import DAY
from labbooking.residencies.applications.models import Application
from labbooking.residencies.retention.actions import forget
from labbooking.residencies.seasons import actions
from labbooking.residencies.seasons.actions import solving
from labbooking.residencies.seasons.canonical import answer_of, fingerprint, instance_of, why_of
from labbooking.residencies.seasons.models import SeasonPlan
from labbooking.residencies.seasons.plan.check import broken_rules, value_of
from residents.membership.ending import end_account
from residents.privacy.erase import erase
from tests.bookings.days import said
from tests.residencies.retention.walking import told_of
from tests.residencies.seasons.applying import a_closed_call, apply

pytestmark = pytest.mark.django_db
CODES = ("LARK", "WREN", "RUFF")


@pytest.fixture
def plan(lab, sam, now):
    """For two there is room. The third would fit if one of them went."""
    call = a_closed_call(sam, now)
    for code in CODES:
        apply(call, code, needs="A ramp, please.")
    actions.ask_for_plan(call.slug, by=sam, at=now)
    while solving.work(now):
        pass
    actions.settle_plan(call.slug, 1, by=sam, at=now)
    return SeasonPlan.objects.get()


def stored(plan):
    plan.refresh_from_db()
    whys = [each.data for each in plan.whys.all()]
    return json.dumps([plan.question, plan.answer, plan.others, whys])


def still_adds_up(plan):
    answer = {k: v for k, v in plan.answer.items() if k not in {"explained", "replacements"}}
    instance, answer = instance_of(plan.question["instance"]), answer_of(answer)
    assert plan.fingerprint == fingerprint(plan.question)
    assert not broken_rules(instance, answer.places)
    assert value_of(instance, answer.places) == answer.value


def test_what_people_need_goes_once_the_season_is_planned(plan, sam, now):
    Application.objects.filter(code="RUFF").update(state="declined", decided_at=now)
    assert forget(now - DAY) == 0
    assert Application.objects.filter(needs="A ramp, please.").count() == 3
    assert forget(now) == 3
    assert forget(now) == 0
    assert not Application.objects.exclude(needs="").exists()
    (told,) = told_of("data.gone")
    assert told == {"call": "a-call", "what": {"needs": 3}}


def test_codes_of_who_is_gone_are_in_no_plan_and_it_still_adds_up(plan, signed_in, sam, now):
    unplaced = plan.whys.get()
    assert set(why_of(unplaced.data).instead_of) < set(CODES)
    gone = plan.places.first().application
    stays = set(CODES) - {gone.code}
    gone.delete()
    told = stored(plan)
    assert gone.code not in told
    assert all(each in told for each in stays)
    still_adds_up(plan)
    page = signed_in(sam).get(f"/season/{plan.call.slug}/")
    assert page.status_code == 200
    assert gone.code not in said(page)
    assert "■" not in page.content.decode()


def test_whoever_is_erased_and_whom_time_takes_leave_no_code(plan, admin, now):
    erased, declined, _left = Application.objects.order_by("code")
    end_account(erased.person_id, by=admin, at=now)
    erase(erased.person_id, by=admin, at=now)
    assert erased.code not in stored(plan)
    Application.objects.filter(pk=declined.pk).update(state="declined", decided_at=now)
    forget(now + 179 * DAY)
    assert declined.code in stored(plan)
    forget(now + 180 * DAY)
    assert declined.code not in stored(plan)
    still_adds_up(plan)
    before = stored(plan)
    assert forget(now + 180 * DAY) == 0
    assert stored(plan) == before
