"""Grades made comparable: what may change an order, and what may not."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from labbooking.residencies.jury.ranking.adjusted import Mark, adjusted, weighted

GRADES = st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=2, max_size=7)


def marks(table, *, more=None):
    """A row for each application, a column for each juror; None where one has not read it."""
    more = more or {}
    return [
        Mark(application, juror, Fraction(grade) + more.get(juror, 0))
        for application, row in enumerate(table)
        for juror, grade in enumerate(row)
        if grade is not None
    ]


def order(table, **more):
    return [each.application for each in adjusted(marks(table, **more))]


@settings(max_examples=40)
@given(GRADES, st.integers(-3, 3))
def test_where_all_read_all_a_constant_of_one_juror_leaves_the_order(table, constant):
    assert order(table) == order(table, more={1: constant})


@settings(max_examples=40)
@given(GRADES)
def test_where_all_read_all_a_value_is_the_plain_mean(table):
    for line in adjusted(marks(table)):
        assert line.value == line.mean == Fraction(sum(table[line.application]), 3)


def test_who_was_read_by_a_strict_juror_does_not_pay_for_it():
    # Juror 2 gives two less than the others to whatever they read.
    table = [[4, 4, None], [3, None, 1], [None, 4, 2], [4, None, 2], [5, 5, None]]
    lines = {each.application: each for each in adjusted(marks(table))}

    assert lines[3].mean < lines[1].value + 1
    assert lines[3].value > lines[3].mean
    assert lines[0].value < lines[0].mean
    assert lines[3].mean == 3 < lines[3].value < lines[0].value + Fraction(1, 2)


def test_the_same_marks_in_another_order_are_the_same():
    table = marks([[5, 1, 3], [2, None, 3], [3, 3, 1], [None, 4, 4]])

    assert adjusted(table) == adjusted(list(reversed(table)))


def test_an_interval_holds_the_value_and_is_narrower_with_more_readers():
    few = adjusted(marks([[4, 2, None], [3, 3, None], [5, None, 4], [None, 2, 3], [1, 2, 2]]))
    assert all(each.low <= each.value <= each.high for each in few)

    widths = {each.application: each.high - each.low for each in few}
    assert widths[4] < min(widths[each] for each in range(4))


def test_with_too_few_marks_to_tell_anything_is_possible():
    (line,) = adjusted(marks([[4, 2]]))

    assert (line.low, line.high, line.spread, line.count) == (1, 5, 2, 2)
    assert adjusted([]) == []


def test_criteria_count_by_their_weights_and_none_may_be_missing():
    assert weighted({1: 5, 2: 1}, {1: 3, 2: 1}) == 4
    assert weighted({1: 5, 2: 1, 9: 1}, {1: 1, 2: 1}) == 3
    assert weighted({1: 5}, {1: 3, 2: 1}) is None
    assert weighted({}, {}) is None
