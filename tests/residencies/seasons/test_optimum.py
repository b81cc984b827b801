"""That what is found is the best there is: against brute force, and against another solver."""

import pytest
from pulp import PULP_CBC_CMD, LpMaximize, LpProblem, LpSolutionOptimal, LpVariable, lpSum

from labbooking.residencies.seasons.plan import who
from labbooking.residencies.seasons.plan.certificate import holds
from labbooking.residencies.seasons.plan.check import broken_rules
from labbooking.residencies.seasons.plan.highs import solve
from labbooking.residencies.seasons.plan.planning import plan
from tests.residencies.seasons.brute_force import best_order, best_value
from tests.residencies.seasons.instances import tiny

SEEDS = 100
"""Each with the aim that is meant most and one that counts: two hundred seasons."""


@pytest.mark.parametrize("first", range(0, SEEDS, 25))
def test_a_tiny_season_in_the_jurys_order_is_what_brute_force_says(first):
    for seed in range(first, first + 25):
        season = tiny(seed, "order", people=5)
        answer, best = plan(season, 20), best_order(season)
        assert answer.proven
        assert (answer.contradiction != ()) == (best is None), seed
        assert answer.placed == (best or set()), seed
        assert best is None or not broken_rules(season, answer.places), seed


@pytest.mark.parametrize("first", range(0, SEEDS, 25))
def test_a_tiny_season_that_counts_is_worth_what_brute_force_says(first):
    for seed in range(first, first + 25):
        season = tiny(seed, "weeks" if seed % 5 == 1 else "points", people=5)
        answer, best = plan(season, 20), best_value(season)
        assert answer.proven
        assert (answer.contradiction != ()) == (best is None), seed
        assert best is None or (answer.value == answer.bound == best and holds(season, answer)), (
            seed
        )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what PuLP 4 will drop
def test_another_solver_finds_the_same_value():
    """CBC, told the same question by other means."""
    for seed in range(6):
        question = who.question(tiny(seed, people=14, studios=3, weeks=16)).question
        ours, theirs = solve(question, 20), _by_cbc(question)
        assert (None if ours.impossible else ours.value) == theirs, seed


def _by_cbc(question):
    told = LpProblem("season", LpMaximize)
    columns = [LpVariable(f"c{number}", cat="Binary") for number in range(len(question.worths))]
    told += lpSum(worth * column for worth, column in zip(question.worths, columns, strict=True))
    for row in question.rows:
        total = lpSum(count * columns[number] for number, count in row.parts.items())
        if row.high is not None:
            told += total <= row.high
        if row.low is not None:
            told += total >= row.low
    told.solve(PULP_CBC_CMD(msg=False, threads=1, timeLimit=60, gapRel=0))
    # Its `status` calls "Optimal" also what only time has stopped.
    return round(told.objective.value()) if told.sol_status == LpSolutionOptimal else None
