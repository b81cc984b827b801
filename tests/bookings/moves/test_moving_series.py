"""A series that moves: which of its dates do, and what is written down of each."""

import pytest

from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import Scope
from labbooking.errors import SlotTaken
from tests.bookings.series.weekly import NOW, ask, hours, spec, taken

pytestmark = pytest.mark.django_db


def test_the_last_date_with_all_after_it_is_one_date_and_is_told_ways_on(lab, ada, ben):
    *_, last = ask(ada, spec())
    taken(ben, "2026-04-08", "seat-1")

    with pytest.raises(SlotTaken) as no:
        move(last.pk, by=ada, at=NOW, to=hours("2026-04-08"), scope=Scope.FOLLOWING)

    assert no.value.suggestions
