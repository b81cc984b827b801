"""Who reads what: everybody is read by as many, heaps are even, and all can be compared."""

from collections import Counter
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from labbooking.residencies.jury.tasks.distribution import Reading, distributed, linked


def heaps(found, jurors):
    counted = Counter(juror for juror, _application in found.pairs)
    return [counted[each] for each in jurors]


def readers(found):
    return Counter(application for _juror, application in found.pairs)


def test_everybody_is_read_by_three_and_heaps_are_even():
    jurors = range(1, 8)
    found = distributed(Reading(range(100, 160), jurors, 3, seed="x"))

    assert set(readers(found).values()) == {3}
    assert max(heaps(found, jurors)) - min(heaps(found, jurors)) <= 1
    assert (found.short, len(found.groups)) == ((), 1)


def test_who_has_a_conflict_does_not_read_it_and_who_has_begun_does():
    barred = frozenset(product((1, 2), range(100, 130)))
    kept = frozenset({(1, 140), (3, 100)})
    found = distributed(Reading(range(100, 150), range(1, 7), 3, barred, kept, seed="x"))

    assert not found.pairs & barred
    assert kept <= found.pairs
    assert set(readers(found).values()) == {3}


def test_an_application_that_too_few_may_read_is_named():
    barred = frozenset({(1, 100), (2, 100)})
    found = distributed(Reading([100, 101], [1, 2, 3], 3, barred))

    assert found.short == (100,)
    assert readers(found) == {100: 1, 101: 3}


def test_a_quota_is_a_limit_and_others_read_more():
    found = distributed(Reading(range(100, 120), [1, 2, 3, 4], 2, most={1: 4, 2: 6}))

    assert heaps(found, [1, 2]) == [4, 6]
    assert sum(heaps(found, [3, 4])) == 30


def test_a_full_heap_makes_room_where_only_that_juror_may_read():
    barred = frozenset({(2, 101)})
    found = distributed(Reading([100, 101], [1, 2], 1, barred, most={1: 1}))

    assert found.pairs == {(1, 101), (2, 100)}


def test_two_who_share_nothing_are_linked():
    # As it would fall: 1 and 2 read the first two, 3 and 4 the others.
    kept = frozenset({(1, 100), (2, 100), (3, 102), (4, 102)})
    found = distributed(Reading([100, 101, 102, 103], [1, 2, 3, 4], 2, kept=kept))

    assert len(linked(found.pairs, [1, 2, 3, 4])) == 1


def test_the_same_question_gets_the_same_answer_and_another_lot_another():
    asked = [Reading(range(40), range(5), 2, seed=seed) for seed in ("a", "a", "b")]
    first, again, other = (distributed(each).pairs for each in asked)

    assert first == again != other


@settings(max_examples=60)
@given(
    st.integers(1, 12),
    st.integers(1, 6),
    st.integers(1, 3),
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 11)), max_size=20),
)
def test_nobody_could_be_read_by_more_and_no_exchange_would_make_heaps_more_even(
    count, jurors, each, barred
):
    found = distributed(Reading(range(count), range(jurors), each, frozenset(barred)))

    assert not found.pairs & barred
    for application in range(count):
        may = sum((juror, application) not in barred for juror in range(jurors))
        assert readers(found)[application] == min(each, may)
    loads = heaps(found, range(jurors))
    for juror, application in found.pairs:
        for other in range(jurors):
            if (other, application) not in barred and (other, application) not in found.pairs:
                assert loads[juror] - loads[other] < 2
