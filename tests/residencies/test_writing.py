"""Staff write calls and publish them; what makes no sense is refused, all of it at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from equipment.actions import Overtaken
from equipment.models import Announcement
from labbooking.errors import NotAllowed, NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.models import MOST_CRITERIA, MOST_GRACE, Call
from labbooking.residencies.calls.spec import CriterionSaid
from tests.lab import berlin
from tests.residencies.calling import (
    CLOSES,
    CRITERIA,
    NOW,
    OPENS,
    a_call,
    a_draft,
    changed,
    said,
)
from tests.residencies.questions.asking import QUESTIONS

pytestmark = pytest.mark.django_db


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def test_a_draft_is_kept_as_it_was_said_and_nobody_is_told(lab, sam):
    call = Call.objects.get(pk=a_draft(sam).pk)
    assert (call.state, call.slug, call.revision) == ("draft", "summer", 1)
    assert [each.name_en for each in call.criteria.all()] == ["Idea", "Place"]
    assert {each.slug for each in call.studios.all()} == {"studio-1", "studio-2"}
    assert call.terms.get().text_en == "Rules"
    assert not Announcement.objects.exists()
    entry = Entry.objects.get()
    assert (entry.kind, entry.data["call"]) == ("call.drafted", "summer")
    assert "Daig" not in str(entry.data)


def test_a_draft_may_lack_most_of_it_and_then_is_not_published(lab, sam):
    empty = dict.fromkeys(("summary_de", "costs_en", "access_de", "email"), "")
    draft = a_draft(sam, criteria=(), terms=("", ""), studios=(), **empty)
    with pytest.raises(ValidationError) as refused:
        actions.publish("summer", by=sam, at=NOW, based_on=draft.revision)
    told = set(refused.value.message_dict)
    assert told == {*empty, "criteria", "terms_de", "studios"}
    assert Call.objects.get().state == "draft"
    assert kinds() == ["call.drafted"]


def test_without_a_short_name_it_gets_one_of_its_english_name_and_another_the_next_time(lab, sam):
    slugs = [a_draft(sam, slug="").slug for _ in range(2)]
    assert slugs == ["a-summer-in-the-daig", "a-summer-in-the-daig-2"]


@pytest.mark.parametrize("slug", ["manage", "new", "Summer", "a b", "sum_mer", "-", "x" * 51, "ä"])
def test_a_short_name_that_is_none_is_refused(lab, sam, slug):
    with pytest.raises(ValidationError) as refused:
        a_draft(sam, slug=slug)
    assert set(refused.value.message_dict) == {"slug"}


def test_a_short_name_in_use_is_refused_with_a_sentence(lab, sam):
    a_draft(sam)
    with pytest.raises(ValidationError, match="in use already"):
        a_draft(sam)


FAR = date(9999, 12, 31)
WRONG = [
    ({"closes_at": OPENS}, "closes_at"),
    ({"closes_at": OPENS - HOUR}, "closes_at"),
    ({"decision_on": date(2027, 1, 30)}, "decision_on"),
    ({"season_from": date(2027, 1, 31)}, "season_from"),
    ({"season_from": date(2027, 2, 20)}, "season_from"),
    ({"season_until": date(2027, 4, 5)}, "season_until"),
    ({"season_until": FAR}, "season_until"),
    ({"decision_on": FAR}, "decision_on"),
    ({"closes_at": berlin("9998-12-31 10:00")}, "closes_at"),
    ({"opens_at": berlin("0002-01-01 10:00")}, "opens_at"),
    ({"stay_weeks_max": 10**4}, "stay_weeks_max"),
    ({"stay_weeks_max": 10**9}, "stay_weeks_max"),
    ({"stay_weeks_min": 0}, "stay_weeks_min"),
    ({"stay_weeks_min": 10, "stay_weeks_max": 9}, "stay_weeks_max"),
    ({"stay_weeks_max": 27}, "stay_weeks_max"),
    ({"arrival_weekdays": []}, "arrival_weekdays"),
    ({"arrival_every_weeks": 0}, "arrival_every_weeks"),
    ({"cushion_days": 29}, "cushion_days"),
    ({"disciplines_at_once_max": [1]}, "disciplines_at_once_max"),
    ({"disciplines_at_once_max": [0, 1]}, "disciplines_at_once_max"),
    ({"disciplines_floor": [None, 1]}, "disciplines_floor"),
    ({"disciplines_floor": {"0": 1}}, "disciplines_floor"),
    ({"arrival_weekdays": [7]}, "arrival_weekdays"),
    ({"arrival_weekdays": [True]}, "arrival_weekdays"),
    ({"arrival_weekdays": {"0": 1}}, "arrival_weekdays"),
    ({"grace_minutes": MOST_GRACE + 1}, "grace_minutes"),
    ({"grace_minutes": -1}, "grace_minutes"),
    ({"stipend_cents": 0}, "stipend_cents"),
    ({"stipend_cents": 10**9}, "stipend_cents"),
    ({"disciplines_en": "Dance"}, "disciplines_en"),
    ({"description_en": "x\0y"}, "description_en"),
    ({"description_en": "x" * 8001}, "description_en"),
    ({"summary_en": "x" * 601}, "summary_en"),
    ({"name_en": ""}, "name_en"),
    ({"email": "nobody"}, "email"),
    ({"terms": ("Regeln", "")}, "terms_en"),
    ({"terms": ("Re\0geln", "Rules")}, "terms_de"),
    ({"studios": ("seat-1",)}, "studios"),
    ({"criteria": CRITERIA * MOST_CRITERIA}, "criteria"),
    ({"criteria": (CriterionSaid("a", "b", weight=6),)}, "criteria"),
    ({"criteria": (CriterionSaid("a", " "),)}, "criteria"),
    ({"questions": QUESTIONS * 5}, "questions"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG, ids=str)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_written(lab, sam, wrong, field):
    with pytest.raises(ValidationError) as refused:
        a_draft(sam, **wrong)
    assert set(refused.value.message_dict) == {field}
    assert not Call.objects.exists()
    assert kinds() == []


@pytest.mark.parametrize("wrong", [WRONG[0][0], {"stay_weeks_max": 0}, {"description_de": "\0"}])
def test_neither_is_a_change_that_would_make_it_so(lab, sam, wrong):
    a_call(sam)
    with pytest.raises(ValidationError):
        changed("summer", sam, **wrong)
    assert Call.objects.get().revision == 2
    assert kinds().count("call.changed") == 0


def test_several_mistakes_are_told_at_once(lab, sam):
    with pytest.raises(ValidationError) as refused:
        a_draft(sam, closes_at=OPENS, stay_weeks_min=0, arrival_weekdays=[])
    assert {"closes_at", "stay_weeks_min", "arrival_weekdays"} <= set(refused.value.message_dict)


@pytest.mark.both_engines
def test_the_database_itself_refuses_what_cannot_be(lab, sam):
    call = a_draft(sam)
    for wrong in (
        {"closes_at": OPENS},
        {"season_until": call.season_from},
        {"stay_weeks_min": 0},
        {"stay_weeks_max": 3},
        {"stay_weeks_max": 53},
        {"state": "open"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**wrong)


@pytest.mark.parametrize("who", ["ada", "rui", "admin"])
def test_only_staff_write_publish_and_end(lab, sam, who, request):
    somebody = request.getfixturevalue(who)
    a_draft(sam)
    acts = (
        lambda: a_draft(somebody, slug="other"),
        lambda: changed("summer", somebody, name_en="Mine"),
        lambda: actions.publish("summer", by=somebody, at=NOW, based_on=1),
        lambda: actions.call_off("summer", by=somebody, at=NOW),
        lambda: actions.close_now("summer", by=somebody, at=NOW),
        lambda: actions.archive("summer", by=somebody, at=NOW),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert kinds() == ["call.drafted"]


def test_the_same_words_again_change_nothing(lab, sam):
    a_call(sam)
    assert changed("summer", sam).revision == 2
    assert changed("summer", sam, based_on=0).revision == 2
    assert kinds().count("call.changed") == 0


def test_of_two_who_change_it_at_once_the_second_is_told(lab, sam, kim):
    seen = a_call(sam).revision
    changed("summer", sam, based_on=seen, name_en="One")
    with pytest.raises(Overtaken):
        changed("summer", kim, based_on=seen, name_en="Two")
    assert Call.objects.get().name_en == "One"


def test_nothing_is_published_that_somebody_has_changed_since_it_was_read_and_nothing_twice(
    lab, sam, kim
):
    seen = a_draft(sam).revision
    changed("summer", kim, name_en="Another")
    with pytest.raises(Overtaken):
        actions.publish("summer", by=sam, at=NOW, based_on=seen)
    actions.publish("summer", by=sam, at=NOW, based_on=seen + 1)
    with pytest.raises(WrongState):
        actions.publish("summer", by=kim, at=NOW, based_on=seen + 2)
    assert kinds().count("call.published") == 1
    with pytest.raises(NotThere):
        actions.publish("winter", by=sam, at=NOW, based_on=1)


def test_a_call_whose_deadline_is_over_is_not_published(lab, sam):
    draft = a_draft(sam)
    with pytest.raises(ValidationError, match="over"):
        actions.publish("summer", by=sam, at=CLOSES, based_on=draft.revision)


def test_what_is_published_stays_complete(lab, sam):
    a_call(sam)
    with pytest.raises(ValidationError) as refused:
        changed("summer", sam, summary_en="", criteria=())
    assert set(refused.value.message_dict) == {"summary_en", "criteria"}


def test_terms_are_one_version_as_long_as_nobody_has_read_them_then_each_change_is_another(
    lab, sam
):
    a_draft(sam)
    changed("summer", sam, terms=("Zwei", "Two"))
    call = Call.objects.get()
    assert [(each.version, each.text_en) for each in call.terms.all()] == [(1, "Two")]
    actions.publish("summer", by=sam, at=NOW, based_on=call.revision)
    changed("summer", sam, terms=("Drei", "Three"))
    assert [each.text_en for each in call.terms.all()] == ["Two", "Three"]


OPEN = OPENS + HOUR
FROZEN = [
    ({"opens_at": OPENS + DAY}, "opens_at"),
    ({"closes_at": CLOSES - DAY}, "closes_at"),
    ({"decision_on": date(2027, 2, 19)}, "decision_on"),
    ({"season_from": date(2027, 4, 6)}, "season_from"),
    ({"season_until": date(2027, 10, 5)}, "season_until"),
    ({"stay_weeks_min": 3}, "stay_weeks_min"),
    ({"stay_weeks_max": 13}, "stay_weeks_max"),
    ({"arrival_weekdays": [0, 3]}, "arrival_weekdays"),
    ({"arrival_every_weeks": 2}, "arrival_every_weeks"),
    ({"disciplines_at_once_max": [1, None]}, "disciplines_at_once_max"),
    ({"disciplines_floor": [1, 0]}, "disciplines_floor"),
    ({"stipend_cents": None}, "stipend_cents"),
    ({"costs_en": "More."}, "costs_en"),
    ({"family_de": "Nein."}, "family_de"),
    ({"disciplines_de": "A\nB", "disciplines_en": "Dance\nSound"}, "disciplines_de"),
    ({"blind": False}, "blind"),
    ({"grace_minutes": 14}, "grace_minutes"),
    ({"studios": ("studio-1",)}, "studios"),
    ({"criteria": CRITERIA[:1]}, "criteria"),
    ({"questions": QUESTIONS[:1]}, "questions"),
    ({"terms": ("Neu", "New")}, "terms_de"),
]


@pytest.mark.parametrize(("change", "field"), FROZEN, ids=str)
def test_what_applicants_rely_on_is_frozen_from_the_second_it_opens(lab, sam, change, field):
    a_call(sam)
    with pytest.raises(ValidationError) as refused:
        changed("summer", sam, at=OPENS, **change)
    assert field in refused.value.message_dict
    changed("summer", sam, at=OPENS - timedelta(seconds=1), **change)


def test_days_may_move_to_later_and_words_be_put_right(lab, sam):
    a_call(sam)
    later = {"closes_at": CLOSES + DAY, "decision_on": date(2027, 2, 21), "grace_minutes": 60}
    changed("summer", sam, at=OPEN, **later, description_en="Better.", email="new@daig.example")
    call = Call.objects.get()
    assert (call.closes_at, call.grace_minutes) == (CLOSES + DAY, 60)
    entry = Entry.objects.get(kind="call.changed")
    assert entry.data["fields"] == sorted([*later, "description_en", "email"])
    assert Announcement.objects.get().ends_at == CLOSES + DAY


def test_once_it_has_closed_the_deadline_stays_and_the_decision_may_be_put_off(lab, sam):
    a_call(sam)
    with pytest.raises(ValidationError, match="closed already"):
        changed("summer", sam, at=CLOSES, closes_at=CLOSES + DAY)
    changed("summer", sam, at=CLOSES, decision_on=date(2027, 2, 22))
    assert Call.objects.get().decision_on == date(2027, 2, 22)


def test_a_change_says_what_is_said(lab, sam):
    a_draft(sam)
    changed("summer", sam, criteria=CRITERIA[::-1], studios=("studio-3",), stipend_cents=None)
    call = Call.objects.get()
    assert [each.name_en for each in call.criteria.all()] == ["Place", "Idea"]
    assert [each.slug for each in call.studios.all()] == ["studio-3"]
    assert call.stipend_cents is None
    assert said().fields["stipend_cents"] == 120_000
