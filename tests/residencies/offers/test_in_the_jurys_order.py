"""The reserve list goes by the jury's order, not by the order in which rows were made."""

import pytest

from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.models import Ranking
from labbooking.residencies.offers.queries import reserve_of
from tests.residencies.offers.offering import NOW, applied

pytestmark = pytest.mark.django_db
NUMBERS = dict.fromkeys(("value", "low", "high", "mean", "median", "spread"), 3.0)


def ranked(jury, *applications):
    ranking = Ranking.objects.create(jury=jury, made_at=NOW)
    for place, each in enumerate(applications, 1):
        ranking.lines.create(application=each, place=place, computed=place, count=3, **NUMBERS)


def test_the_newest_order_counts_and_who_is_not_in_it_comes_after(lab, ada, ben, nia, kim, sam):
    people = {"ADAA": ada, "BENN": ben, "NIAA": nia, "KIMM": kim}
    one, two, three, outside = (
        applied(person, sam, state="reserve", code=code) for code, person in people.items()
    )
    jury = Jury.objects.create(call=one.call, lot="4711", made_at=NOW)
    ranked(jury, one, two, three)
    ranked(jury, three, two, one)
    assert reserve_of(one.call) == [three, two, one, outside]
