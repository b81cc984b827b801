"""Addresses made in bulk are those that the routes would make."""

import pytest
from django.urls import reverse

from labbooking.board.numbered_urls import numbered


@pytest.mark.parametrize("name", ["booking", "booking_move"])
@pytest.mark.parametrize("number", [1, 10, 4_000_000_007])
def test_an_address_is_the_one_that_the_routes_make(name, number):
    assert numbered(name, number) == reverse(name, args=[number])
