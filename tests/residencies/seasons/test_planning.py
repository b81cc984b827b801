"""What holds of every plan, whatever the season."""

from dataclasses import replace
from random import Random

import pytest

from labbooking.residencies.seasons.plan.certificate import holds
from labbooking.residencies.seasons.plan.check import broken_rules
from labbooking.residencies.seasons.plan.instance import Discipline, Fixing, Studio
from labbooking.residencies.seasons.plan.planning import plan
from labbooking.residencies.seasons.plan.replanning import afresh, least_change, replacements
from labbooking.residencies.seasons.plan.why import explain
from tests.residencies.seasons.instances import a_season, a_wish, tiny

SEEDS = range(8)


def value(season):
    return plan(season, 20).value


def renamed(season):
    """Everybody has another code, and the order in which they are told is another."""
    new = {each.code: f"X{90 - n}" for n, each in enumerate(season.wishes)}
    wishes = [
        replace(each, code=new[each.code], partner=new.get(each.partner, ""))
        for each in season.wishes
    ]
    Random(1).shuffle(wishes)
    return replace(season, wishes=tuple(wishes))


def test_neither_names_nor_the_order_of_arrival_matter():
    for seed in SEEDS:
        season = tiny(seed)
        assert value(renamed(season)) == value(season)
        shuffled = replace(season, wishes=tuple(reversed(season.wishes)))
        assert plan(shuffled, 20).places == plan(season, 20).places


def test_more_to_choose_from_never_makes_it_worse_and_less_never_better():
    for seed in SEEDS:
        season = tiny(seed)
        before = value(season)
        more = replace(season, studios=(*season.studios, Studio("S9")))
        nobody = replace(season, wishes=(*season.wishes, a_wish("Z", 0, 99, studios=())))
        closed = [replace(each, closed=(*each.closed, 3)) for each in season.studios]
        assert value(more) >= before
        assert value(nobody) == before
        assert value(replace(season, studios=tuple(closed))) <= before


def test_what_is_so_already_can_be_fixed_and_who_declines_makes_room():
    for seed in (*SEEDS[:3], *SEEDS[4:7]):
        season = tiny(seed)
        answer = plan(season, 20)
        fixings = [Fixing(p.wish, "at", p.studio, p.arrival, p.weeks) for p in answer.places]
        assert plan(season.fixed(*fixings), 20).places == answer.places
        first, *rest = sorted(answer.placed)
        left = answer.value - next(w.points for w in season.wishes if w.code == first)
        offered = [code for code in rest if code != _partner(season, first)]
        asked = {"gone": {first}, "offered": offered, "seconds": 20}
        least, free = least_change(season, answer, **asked), afresh(season, answer, **asked)
        assert set(offered) <= least.placed
        assert left <= least.value <= free.value
        moved = {p for p in least.places if p.wish in offered} - set(answer.places)
        assert not moved


def _partner(season, code):
    return next(each.partner for each in season.wishes if each.code == code)


def test_who_was_placed_stays_when_another_declines_even_where_others_were_worth_more():
    one, other = a_wish("A", 10, 1, earliest=0, latest=4), a_wish("B", 10, 2, earliest=4)
    late = a_wish("C", 50, 3, weeks_min=8, weeks_wished=8, weeks_max=8)
    season = a_season(one, other, late, aim="order")
    answer = plan(season, 20)
    assert answer.placed == {"A", "B"}
    season = replace(season, aim="points")
    asked = {"gone": {"A"}, "offered": (), "seconds": 20}
    assert least_change(season, answer, **asked).placed == {"B"}
    assert afresh(season, answer, **asked).placed == {"C"}


def test_for_each_place_the_reserve_that_fits_it_is_told_in_the_jurys_order():
    here, short = a_wish("A", 90, 1), a_wish("B", 20, 3, weeks_min=4, weeks_wished=4)
    elsewhere = a_wish("C", 80, 2, earliest=6, weeks_min=2, weeks_wished=2)
    season = a_season(here, short, elsewhere, arrivals=(0, 6), aim="points")
    answer = plan(season, 20)
    assert answer.placed == {"A", "C"}
    found = replacements(season, answer)
    assert [(p.wish, p.arrival, p.weeks) for p in found["A"]] == [("B", 0, 4)]
    assert found["C"] == ()


def test_studios_that_every_week_has_but_no_stay_are_found_out():
    """Hall's condition holds in each week, and yet nobody can stay in one studio for all of it."""
    wishes = [
        a_wish("A", 9, 1, earliest=0, latest=4, weeks_min=4, studios=("S1",)),
        a_wish("B", 9, 2, earliest=4, latest=8, weeks_min=4, studios=("S2",)),
        a_wish("C", 9, 3, earliest=2, latest=6, weeks_min=4, studios=("S1", "S2")),
    ]
    for aim in ("order", "points", "weeks"):
        season = a_season(*wishes, studios=(Studio("S1"), Studio("S2")), aim=aim)
        answer = plan(season, 20)
        assert answer.proven
        assert not broken_rules(season, answer.places)
        assert len(answer.places) == 2
        if aim == "order":
            assert answer.placed == {"A", "B"}


def test_among_equals_the_published_lot_decides():
    wishes = [a_wish(code, 10, n, weeks_min=8, weeks_wished=8, weeks_max=8) for n, code in
              enumerate("ABCD", 1)]  # fmt: skip
    drawn = {next(iter(plan(a_season(*wishes, lot=str(n)), 20).placed)) for n in range(12)}
    assert len(drawn) > 1


def test_what_contradicts_itself_is_named_and_nothing_else():
    wishes = [a_wish(c, 10, n, weeks_min=8, weeks_wished=8, weeks_max=8) for n, c in
              enumerate("ABC", 1)]  # fmt: skip
    fixings = Fixing("A", "in"), Fixing("B", "at", "S1", 0, 8), Fixing("C", "out")
    for aim in ("order", "points"):
        answer = plan(a_season(*wishes, fixings=fixings, aim=aim), 20)
        assert answer.contradiction == ("fixed A", "fixed B")
    dance = Discipline("dance", floor=1)
    answer = plan(a_season(*wishes, disciplines=(dance,)), 20)
    assert answer.contradiction == ("floor dance",)
    assert not answer.places


def test_a_plan_that_was_tampered_with_is_found_out():
    season = tiny(1)
    answer = plan(season, 20)
    assert holds(season, answer)
    assert not holds(season, replace(answer, value=answer.value + 1))
    assert not holds(season, replace(answer, places=answer.places[1:]))
    told = answer.certificate
    assert not holds(season, replace(answer, certificate=replace(told, bound=told.bound - 1)))
    assert not holds(season, replace(answer, certificate=replace(told, prices=())))


def test_why_not_me_says_what_it_would_cost_and_what_would_change_it():
    first = a_wish("A", 30, 1, weeks_min=8, weeks_wished=8, weeks_max=8)
    wide = a_wish("B", 20, 2)
    studios = Studio("S1"), Studio("S2")
    for aim in ("order", "points"):
        season = a_season(first, wide, studios=studios, aim=aim)
        found = explain(season, plan(season, 20), "B", 20)
        assert (found.cost, found.instead_of) == (30 if aim == "order" else 10, ("A",))
        assert found.would_help == ("features",)
    longer = replace(wide, weeks_min=4)
    closed = a_season(longer, studios=(Studio("S1", (1, 3, 5, 7)),))
    found = explain(closed, plan(closed, 20), "B", 20)
    assert (found.cost, found.would_help, found.no_stay) == (None, ("opened",), True)


def test_the_example_of_the_document_is_true():
    rest = {"weeks_min": 4, "weeks_wished": 4, "weeks_max": 4}
    six = {"weeks_min": 6, "weeks_wished": 6, "weeks_max": 6}
    wishes = a_wish("A", 50, 1, **six), a_wish("B", 40, 2, **rest), a_wish("C", 30, 3, **rest)
    season = a_season(*wishes, aim="order")
    answer = plan(season, 20)
    assert (answer.value, answer.placed) == (50, {"A"})
    found = explain(season, answer, "B", 20)
    assert (found.cost, found.instead_of) == (50, ("A",))
    assert "shorter" in found.would_help
    answer = plan(replace(season, aim="points"), 20)
    assert (answer.value, answer.placed, answer.certificate.bound) == (70, {"B", "C"}, 70)


def test_each_of_what_could_be_changed_is_tried():
    full = a_wish("A", 30, 1, headsets=2, discipline="dance", latest=6, weeks_min=6,
                  weeks_wished=6, weeks_max=6)  # fmt: skip
    studios = ("S1", "S2")
    cases = {
        "headsets": {"headsets": 1, "latest": 4},
        "discipline": {"discipline": "dance", "latest": 4},
        "window": {"studios": ("S1",), "latest": 6},
        "shorter": {"studios": ("S1",), "weeks_min": 3, "earliest": 4, "weeks_wished": 4},
    }
    for change, of_one in cases.items():
        late = a_wish("B", 20, 2, **{"studios": studios, "weeks_min": 2, **of_one})
        season = a_season(
            replace(full, studios=("S1",)), late, studios=(Studio("S1"), Studio("S2")),
            disciplines=(Discipline("dance", at_once_max=1),), aim="order",
        )  # fmt: skip
        found = explain(season, plan(season, 20), "B", 20)
        assert change in found.would_help, change


def test_a_pair_comes_together_or_alone_where_that_would_help():
    pair = a_wish("A", 30, 1, partner="B"), a_wish("B", 20, 2, partner="A")
    season = a_season(*pair, aim="order")
    answer = plan(season, 20)
    assert answer.placed == set()
    assert "alone" in explain(season, answer, "A", 20).would_help


def test_what_cannot_be_a_season_is_refused():
    with pytest.raises(ValueError, match="twice the same wish"):
        a_season(a_wish("A"), a_wish("A"))
    with pytest.raises(ValueError, match="pair"):
        a_season(a_wish("A", partner="B"), a_wish("B"))
    with pytest.raises(ValueError, match="nobody"):
        a_season(fixings=(Fixing("A", "in"),))
