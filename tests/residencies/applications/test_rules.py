"""What cannot be in an application, and who come together."""

import itertools

import pytest
from django.core.exceptions import ValidationError

from labbooking.period import DAY, WEEK
from labbooking.residencies.applications import actions
from labbooking.residencies.applications.codes import new_code
from labbooking.residencies.applications.grid import arrivals
from labbooking.residencies.applications.pairs import Partner, pairs, partner_of
from labbooking.residencies.applications.queries import alive_by_code
from labbooking.residencies.applications.requirements import what_is_missing
from labbooking.residencies.applications.rules import words_in
from tests.people import person
from tests.residencies.applications.applying import CALL, a_draft, of, words
from tests.residencies.calling import open_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(lab, sam, now):
    return open_at(sam, now)


def codes(draft, now, **more):
    """Field and code of all that stands against a change."""
    try:
        actions.save_draft(CALL, more, by=draft.person, at=now, based_on=draft.revision)
    except ValidationError as error:
        return {(name, each.code) for name, told in error.error_dict.items() for each in told}
    return set()


def test_what_is_no_stay_of_this_call_is_refused_by_field_and_all_at_once(call, ada, now):
    draft = a_draft(ada, now)
    first, end = call.season_from, call.season_until
    day = draft.earliest
    for change, wrong in [
        ({"weeks_min": 0}, {("weeks_min", "weeks")}),
        ({"weeks_max": 13}, {("weeks_max", "weeks")}),
        ({"weeks_min": 7}, {("weeks_wished", "weeks_order")}),
        ({"weeks_min": 9, "weeks_wished": 9}, {("weeks_max", "weeks_order")}),
        ({"earliest": first - DAY}, {("earliest", "outside_season")}),
        ({"latest": end + DAY}, {("latest", "outside_season")}),
        ({"latest": day}, {("latest", "window"), ("arrival_wished", "outside_window")}),
        ({"latest": day + 4 * WEEK - DAY},
         {("latest", "window_too_short"), ("arrival_wished", "outside_window")}),
        ({"arrival_wished": day + DAY}, {("arrival_wished", "not_on_the_grid")}),
        ({"arrival_wished": day - WEEK}, {("arrival_wished", "outside_window")}),
        ({"discipline": 2}, {("discipline", "not_this_discipline")}),
        ({"discipline": -1}, {("discipline", "not_this_discipline")}),
        ({"language": "fr"}, {("language", "invalid")}),
        ({"headsets": 5, "companions": 7},
         {("headsets", "more_than_there_are"), ("companions", "invalid")}),
        ({"title": "x" * 121, "project": "x" * 8001, "needs": "x" * 100_000},
         {("title", "too_long"), ("project", "too_long"), ("needs", "too_long")}),
        ({"partner_code": draft.code.lower()}, {("partner_code", "pair_self")}),
        ({"partner_code": "R0MO"}, {("partner_code", "invalid")}),
        ({"partner_code": "RU\u202eMO"}, {("partner_code", "invalid")}),
        ({"partner_code": "RU\0MO"}, {("partner_code", "invalid")}),
    ]:  # fmt: skip
        assert codes(draft, now, **change) == wrong, change
    assert of(ada).revision == draft.revision
    assert (
        codes(
            draft, now, title="A\0 ti\u202etle\nof two", project="One\r\n\u2066two\x07 👩\u200d🎨"
        )
        == set()
    )
    assert of(ada).title == "A title of two"
    assert of(ada).project == "One\ntwo 👩\u200d🎨"


def test_words_are_counted_when_it_is_handed_in(call, ada, now):
    draft = a_draft(ada, now, about="wort " * 312)
    (only,) = what_is_missing(draft)
    assert only == ("about", "too_long", "312 of 300 words.")
    assert words_in("  two\twords \n") == 2
    assert words_in("👩‍🎨 🎉") == 2


def test_a_call_without_disciplines_asks_for_none(lab, sam, ada, now):
    open_at(sam, now, disciplines_de="", disciplines_en="")
    assert what_is_missing(a_draft(ada, now, discipline=None)) == []


def test_stays_begin_on_the_days_of_the_call_and_end_within_the_season(lab, sam, now):
    call = open_at(sam, now, arrival_weekdays=[0, 3])
    days = arrivals(call)
    assert {each.weekday() for each in days} == {0, 3}
    assert days[0] >= call.season_from
    assert days[-1] + call.stay_weeks_min * WEEK <= call.season_until
    assert days[-1] + call.stay_weeks_min * WEEK > call.season_until - WEEK
    call.arrival_every_weeks = 2
    assert [(each - days[0]) // WEEK for each in arrivals(call)][:6] == [0, 0, 2, 2, 4, 4]


def test_codes_are_words_that_mean_nothing_and_grow_when_they_run_out():
    found = {new_code() for _ in range(300)}
    assert all(len(each) == 4 and each.isascii() and each.isupper() for each in found)
    assert len(found) > 200
    assert len(new_code(3)) == 6


def test_only_who_name_each_other_are_a_pair(call, now):
    people = [person(name) for name in ("Ann", "Bob", "Cyd", "Dan", "Eve")]
    ann, bob, cyd, dan, eve = (a_draft(each, now) for each in people)
    named = {ann: bob, bob: ann, cyd: dan, dan: eve, eve: cyd}
    for one, other in named.items():
        one.partner_code = other.code
        one.save()
    assert pairs(named) == {frozenset({ann.code, bob.code})}
    for order in itertools.islice(itertools.permutations(named), 20):
        assert pairs(order) == pairs(named)
    known = alive_by_code(call)
    assert [partner_of(each, known) for each in (ann, cyd)] == [Partner.PAIR, Partner.NOT_MUTUAL]
    ann.partner_code = "NONE"
    assert partner_of(ann, known) is Partner.NOT_MUTUAL
    ann.partner_code = ann.code
    assert partner_of(ann, known) is Partner.NOT_MUTUAL
    assert pairs([ann]) == set()
    ann.partner_code = ""
    assert partner_of(ann, known) is Partner.NOBODY


def test_a_pair_that_is_never_free_together_is_told(call, ada, ben, now):
    late = words(call)["latest"]
    one, other = (
        a_draft(ada, now),
        a_draft(ben, now, earliest=late - 10 * DAY, latest=late + 60 * DAY, arrival_wished=None),
    )
    one.partner_code, other.partner_code = other.code, one.code
    assert partner_of(one, {other.code: other}) is Partner.APART
