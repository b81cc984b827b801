"""What goes wrong in one room is not told in the words of another."""

import pytest

from labbooking import errors
from labbooking.bookings.queries import find_booking
from labbooking.errors import DomainError, NotThere

KINDS = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, DomainError)
]


@pytest.mark.parametrize("kind", KINDS)
def test_no_error_of_the_ground_floor_is_named_for_bookings(kind):
    assert "booking" not in f"{kind.__name__} {kind.__doc__}".lower()


def test_what_is_not_there_is_no_booking_unless_it_is_said_so(ada):
    assert str(NotThere()) == "There is no such thing here."
    with pytest.raises(NotThere, match=r"There is no such booking\."):
        find_booking(ada, 1)
