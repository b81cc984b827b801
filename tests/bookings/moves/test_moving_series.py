"""A series that moves: which of its dates do, and what is written down of each."""

from datetime import datetime

import pytest

from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.moves.preview import preview_move
from labbooking.errors import Malformed, SlotTaken
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from tests.bookings.series.weekly import NOW, ask, hours, spec, taken

pytestmark = pytest.mark.django_db


def test_the_last_date_with_all_after_it_is_one_date_and_is_told_ways_on(lab, ada, ben):
    *_, last = ask(ada, spec())
    taken(ben, "2026-04-08", "seat-1")

    with pytest.raises(SlotTaken) as no:
        move(last.pk, by=ada, at=NOW, to=hours("2026-04-08"), scope=Scope.FOLLOWING)

    assert no.value.suggestions


def test_every_date_remembers_its_own_earlier_start(lab, ada):
    dates = ask(ada, spec())
    before = [each.starts_at for each in dates]

    move(dates[1].pk, by=ada, at=NOW, to=dates[1].period.moved(HOUR), scope=Scope.ALL)

    told = Entry.objects.filter(kind="booking.moved").values_list("data", flat=True)
    froms = [datetime.fromisoformat(each["moved_from"]) for each in told]
    assert sorted(froms) == before
    assert [datetime.fromisoformat(each["starts_at"]) for each in told] == [
        each + HOUR for each in froms
    ]
    assert [each["part_of_act"]["first"] for each in told].count(True) == 1


def test_a_date_too_short_to_be_shortened_along_is_told_and_no_crash(lab, ada):
    first, second, *_others = ask(ada, spec())
    shorter = Period(second.starts_at, second.starts_at + HOUR / 2)
    move(second.pk, by=ada, at=NOW, to=shorter)
    to = Period(first.starts_at, first.ends_at - HOUR)

    for act in (
        lambda: preview_move(first, by=ada, at=NOW, to=to, scope=Scope.ALL),
        lambda: move(first.pk, by=ada, at=NOW, to=to, scope=Scope.ALL),
    ):
        with pytest.raises(Malformed):
            act()
