"""The solver apart: same answer, and an end to whatever takes too much."""

import pytest

from labbooking.residencies.seasons import process
from labbooking.residencies.seasons.canonical import answer_of, instance_of, told
from labbooking.residencies.seasons.plan.planning import plan
from labbooking.residencies.seasons.plan.why import explain
from tests.residencies.seasons.instances import tiny


def test_it_answers_as_it_would_here():
    season = tiny(6)
    here, apart = plan(season, 20), process.solve_apart(season, seconds=20)
    assert apart.places == here.places
    assert (apart.value, apart.proven, apart.certificate) == (here.value, True, here.certificate)
    left = [each.code for each in season.wishes if each.code not in here.placed]
    found = process.explain_apart(season, here, left, seconds=20)
    assert found == [explain(season, here, code, 20) for code in left]


def test_what_is_written_is_read_again():
    season = tiny(3)
    answer = plan(season, 20)
    assert instance_of(told(season)) == season
    assert answer_of(told(answer)) == answer


def test_what_takes_too_much_memory_fails_alone():
    asked = {"what": "plan", "instance": tiny(1)}
    with pytest.raises(process.SolverFailed):
        process._ask(asked, 5, 5, memory=64 * 2**20)
