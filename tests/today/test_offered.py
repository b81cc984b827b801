"""A creative whom the house has offered a stay finds the offer on today's page until it is over."""

import pytest

from labbooking.residencies.offers import actions
from tests.residencies.offers.offering import ANSWER_BY, NOW, applied, sent
from tests.today.pages import said_at, source_at
from tests.today.test_reading import asked_for

pytestmark = pytest.mark.django_db
HEADING = "An offer for you"


def test_whoever_books_here_is_led_to_an_offer_and_it_costs_no_question_more(lab, sam, ada, ben):
    cost = asked_for(ada, NOW)
    offer = sent(applied(ada, sam), sam)
    assert f'href="/offers/{offer.pk}/"' in source_at(ada, NOW)
    assert "See the offer: Studio 1" in said_at(ada, NOW)
    assert HEADING in source_at(ada, NOW)
    assert HEADING not in source_at(ben, NOW)
    assert HEADING not in source_at(ada, ANSWER_BY)
    assert asked_for(ada, NOW) <= cost


def test_one_that_is_declined_is_not_told_any_more(lab, sam, ada):
    offer = sent(applied(ada, sam), sam)
    actions.refuse_offer(offer.pk, by=ada, at=NOW)
    assert HEADING not in source_at(ada, NOW)
