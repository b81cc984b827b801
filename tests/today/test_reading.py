"""What waits for somebody who sits on a jury, whatever else they are here."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbooking.period import DAY
from labbooking.residencies.jury import actions
from tests.residencies.jury.judging import AFTER, a_closed_call, a_juror, graded, seated, tasks
from tests.today.pages import said_at, source_at

pytestmark = pytest.mark.django_db
LINE = "{} for your review. The decision is on Saturday 20 February"


def asked_for(person, at):
    with CaptureQueriesContext(connection) as queries:
        source_at(person, at)
    return len(queries)


@pytest.mark.parametrize("who", ["ada", "kim", "juror"])
def test_each_is_led_there_with_how_much_and_until_when_and_it_costs_nothing(
    request, lab, sam, who
):
    person = a_juror("Jo") if who == "juror" else request.getfixturevalue(who)
    before = said_at(person, AFTER)
    cost = asked_for(person, AFTER)
    assert "for your review" not in before

    call = a_closed_call(sam, 3)
    actions.invite_juror("summer", person.email, by=sam, at=AFTER)
    assert "You are asked onto the jury of a call. Read what applies" in said_at(person, AFTER)
    actions.accept_jury_terms("summer", by=person, at=AFTER)
    assert "For you to read You" not in said_at(person, AFTER)

    actions.distribute_tasks("summer", 1, by=sam, at=AFTER)
    assert LINE.format("3 applications wait") in said_at(person, AFTER)
    assert 'href="/jury/"' in source_at(person, AFTER)
    assert "3 Bewerbungen warten auf deine Beurteilung. Entschieden wird am Samstag" in said_at(
        person, AFTER, "de"
    )
    assert asked_for(person, AFTER) == cost
    late = said_at(person, AFTER + 60 * DAY)
    assert "The decision was due on Saturday 20 February" in late

    first, second, third = tasks(person)
    actions.finish_review(first.pk, graded(call, 4), by=person, at=AFTER)
    actions.save_review(second.pk, graded(call, 4), by=person, at=AFTER)
    actions.declare_conflict(third.pk, "family", by=person, at=AFTER)
    assert LINE.format("1 application waits") in said_at(person, AFTER)
    actions.finish_review(second.pk, graded(call, 4), by=person, at=AFTER, based_on=1)
    assert "for your review" not in said_at(person, AFTER)


def test_three_juries_cost_as_much_as_one_and_the_first_decision_is_told(lab, sam, ada):
    for number, slug in enumerate(("one", "two", "three")):
        call = a_closed_call(sam, 1, slug=slug, name_en=f"Call {slug}")
        type(call).objects.filter(pk=call.pk).update(decision_on=call.decision_on - number * DAY)
        seated(call, [ada], sam)
        actions.distribute_tasks(slug, 1, by=sam, at=AFTER)
        if not number:
            cost = asked_for(ada, AFTER)
    assert asked_for(ada, AFTER) == cost
    page = said_at(ada, AFTER)
    assert "3 applications wait for your review. The decision is on Thursday 18 February" in page
    assert "Nothing waits for you" not in page
