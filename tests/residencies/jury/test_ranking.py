"""From the results to who is chosen: numbers propose, people decide."""

import pytest
from django.core.exceptions import ValidationError

from labbooking.errors import NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.residencies.applications.actions import withdraw
from labbooking.residencies.applications.models import Application
from labbooking.residencies.jury.actions import (
    choose,
    declare_conflict,
    decline,
    make_ranking,
    move_in_ranking,
    open_identities,
    reopen_review,
)
from labbooking.residencies.jury.models import ConflictKind, Jury
from labbooking.residencies.jury.ranking.models import Ranking, RankLine
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.showing import order_of
from labbooking.residencies.seasons.instances import standing
from tests.residencies.jury.judging import (
    AFTER,
    a_closed_call,
    a_read_call,
    an_application,
    order,
    seated,
    states,
    task_of,
)

pytestmark = pytest.mark.django_db
GRADES = {"code001": 2, "code002": 5, "code003": 4, "code004": 4}


def by_code(_who, code):
    return GRADES[code]


@pytest.fixture
def call(lab, sam, jury):
    return a_read_call(sam, jury, grade=by_code)


def test_an_order_is_made_and_the_lot_decides_between_equals(call, sam):
    first = make_ranking("summer", by=sam, at=AFTER)
    assert order(call)[0] == "code002"
    assert order(call)[-1] == "code001"
    assert set(states(call).values()) == {"ranked"}
    tied = {each.application.code for each in first.lines.filter(is_tied=True)}
    assert tied == {"code003", "code004"}
    before = order(call)
    make_ranking("summer", by=sam, at=AFTER)
    assert order(call) == before
    assert Ranking.objects.count() == 2


def test_a_strict_juror_costs_nobody_a_place(lab, sam, jury):
    call = a_read_call(
        sam,
        jury,
        grade=lambda who, code: max(1, GRADES[code] - 1) if who == jury[1] else GRADES[code],
    )
    make_ranking("summer", by=sam, at=AFTER)
    assert (order(call)[0], order(call)[-1]) == ("code002", "code001")


def test_a_conflict_told_late_changes_the_next_order_exactly(call, sam, jury):
    numbers = ("application__code", "place", "value", "low", "high", "count")
    make_ranking("summer", by=sam, at=AFTER)
    task = task_of(jury[2], "code002")
    declare_conflict(task.pk, ConflictKind.MONEY, by=jury[2], at=AFTER)
    after = make_ranking("summer", by=sam, at=AFTER).lines
    assert dict(after.values_list("application__code", "count"))["code002"] == 2
    task.delete()  # as if it had never been given
    assert [*after.values(*numbers)] == [
        *make_ranking("summer", by=sam, at=AFTER).lines.values(*numbers)
    ]


def test_people_move_with_a_reason_and_both_places_are_on_record(call, sam, jury):
    make_ranking("summer", by=sam, at=AFTER)
    was = order(call)
    for place, reason, error in ((1, " ", "reason"), (0, "Why.", "place"), (5, "Why.", "place")):
        with pytest.raises(ValidationError) as refused:
            move_in_ranking("summer", was[3], place, reason, by=jury[0], at=AFTER)
        assert error in refused.value.message_dict
    move_in_ranking("summer", was[3], 2, "Nobody else dances.", by=jury[0], at=AFTER)
    assert order(call) == [was[0], was[3], was[1], was[2]]
    line = RankLine.objects.get(place=2)
    assert (line.computed, line.reason) == (4, "Nobody else dances.")
    move_in_ranking("summer", was[3], 4, "Back.", by=jury[0], at=AFTER)
    assert order(call) == was
    entry = Entry.objects.filter(kind="ranking.moved").first()
    assert entry.data == {"call": "summer", "before": 4, "after": 2}
    with pytest.raises(NotThere):
        move_in_ranking("summer", "nothere", 1, "Why.", by=sam, at=AFTER)


def test_a_season_is_planned_in_the_order_as_people_moved_it(call, sam):
    assert standing(call) == {}
    make_ranking("summer", by=sam, at=AFTER)
    was = order(call)
    move_in_ranking("summer", was[3], 1, "Nobody else dances.", by=sam, at=AFTER)
    codes = dict(call.applications.values_list("pk", "code"))
    found = sorted((place, codes[key], points) for key, (place, points) in standing(call).items())
    assert [code for _place, code, _points in found] == [was[3], *was[:3]]
    assert [points for _place, _code, points in found] == [200, 500, 400, 400]


def test_people_choose_and_decline_and_nobody_else_does(call, sam, jury):
    with pytest.raises(WrongState):
        choose("summer", 1, by=sam, at=AFTER)
    make_ranking("summer", by=sam, at=AFTER)
    first, second, third, last = order(call)
    for count, reserve in ((0, 0), (5, 0), (3, 2), (1, -1)):
        with pytest.raises(ValidationError):
            choose("summer", count, reserve, by=sam, at=AFTER)
    choose("summer", 2, 1, by=jury[0], at=AFTER)
    assert states(call) == {first: "chosen", second: "chosen", third: "reserve", last: "ranked"}
    choose("summer", 1, 1, by=sam, at=AFTER)
    assert states(call) == {first: "chosen", second: "reserve", third: "reserve", last: "ranked"}
    for act in (
        lambda: make_ranking("summer", by=sam, at=AFTER),
        lambda: move_in_ranking("summer", last, 1, "Why.", by=sam, at=AFTER),
        lambda: decline("summer", [first], by=sam, at=AFTER),
        lambda: decline("summer", [], by=sam, at=AFTER),
    ):
        with pytest.raises(WrongState):
            act()
    assert decline("summer", [last, third], by=sam, at=AFTER) == 2
    assert states(call) == {first: "chosen", second: "reserve", third: "declined", last: "declined"}
    told = Entry.objects.filter(kind="application.declined")
    assert {each.data["code"] for each in told} == {last, third}


def test_names_are_opened_with_a_reason_and_only_after_the_order(call, sam):
    with pytest.raises(WrongState):
        open_identities("summer", "To invite them.", by=sam, at=AFTER)
    make_ranking("summer", by=sam, at=AFTER)
    with pytest.raises(ValidationError):
        open_identities("summer", " ", by=sam, at=AFTER)
    open_identities("summer", "To invite them.", by=sam, at=AFTER)
    assert Jury.objects.get().identities_reason == "To invite them."
    assert Entry.objects.get(kind="identities.opened").data == {"call": "summer"}
    with pytest.raises(WrongState):
        open_identities("summer", "Again.", by=sam, at=AFTER)


def test_only_who_runs_this_jury_ranks(call, sam, ada, jury):
    other = jury[1]
    seated(a_closed_call(sam, 1, slug="winter"), [other], sam)
    for who in (ada, other, jury[2]):
        for act in (
            lambda who=who: make_ranking("summer", by=who, at=AFTER),
            lambda who=who: choose("summer", 1, by=who, at=AFTER),
            lambda who=who: decline("summer", ["code001"], by=who, at=AFTER),
            lambda who=who: open_identities("summer", "Why.", by=who, at=AFTER),
            lambda who=who: move_in_ranking("summer", "code001", 1, "Why.", by=who, at=AFTER),
        ):
            with pytest.raises(NotThere):
                act()
    assert not Ranking.objects.exists()


def test_whoever_has_something_left_to_read_decides_nothing_by_any_door(call, sam, jury):
    make_ranking("summer", by=sam, at=AFTER)
    jo = jury[0]
    reopen_review(Review.objects.filter(task__juror__person=jo).first().pk, "A slip.", by=jo,
                  at=AFTER)  # fmt: skip
    for act in (
        lambda: make_ranking("summer", by=jo, at=AFTER),
        lambda: move_in_ranking("summer", "code001", 1, "Why.", by=jo, at=AFTER),
        lambda: choose("summer", 1, by=jo, at=AFTER),
        lambda: decline("summer", ["code001"], by=jo, at=AFTER),
        lambda: open_identities("summer", "To invite them.", by=jo, at=AFTER),
    ):
        with pytest.raises(WrongState, match="your own reviews first"):
            act()


def test_places_close_up_behind_who_withdraws(call, sam):
    make_ranking("summer", by=sam, at=AFTER)
    first, second, third, last = order(call)
    withdraw("summer", by=Application.objects.get(code=second).person, at=AFTER)
    shown = [(each.place, each.computed, each.code) for each in order_of(Jury.objects.get())]
    assert shown == [(1, 1, first), (2, 2, third), (3, 3, last)]
    with pytest.raises(ValidationError):
        move_in_ranking("summer", first, 4, "Why.", by=sam, at=AFTER)
    move_in_ranking("summer", last, 1, "Nobody else dances.", by=sam, at=AFTER)
    shown = [(each.place, each.computed, each.code) for each in order_of(Jury.objects.get())]
    assert shown == [(1, 3, last), (2, 1, first), (3, 2, third)]


def test_who_nobody_could_review_is_declined_by_a_person_too(call, sam, signed_in):
    an_application(call, 9)
    with pytest.raises(WrongState):
        decline("summer", ["code009"], by=sam, at=AFTER)
    make_ranking("summer", by=sam, at=AFTER)
    choose("summer", 4, by=sam, at=AFTER)
    browser, address = signed_in(sam), "/deciding/summer/decline/"
    assert browser.get(address).context["form"].fields["codes"].choices == [("code009", "code009")]
    assert browser.post(address, {"codes": ["code009"]}).status_code == 302
    assert states(call)["code009"] == "declined"


def test_an_order_needs_open_results(lab, sam, jury):
    seated(a_closed_call(sam), jury, sam)
    with pytest.raises(WrongState):
        make_ranking("summer", by=sam, at=AFTER)
