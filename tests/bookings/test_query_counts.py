"""A house of three hundred things is asked about as often as one of a single thing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings.models import Allocation, Booking
from tests.bookings.days import day, hours
from tests.lab import a_type, units

TIME = f"from={day(2)}T10:00&to={day(2)}T12:00"
INSTANTS = f"from={day(2)}T08:00:00Z&to={day(3)}T08:00:00Z"
BOARDS = [f"/board/?day={day(2)}&view={view}" for view in ("day", "week", "month", "season")]
FOR_ALL = [
    *BOARDS,
    f"/board/?day={day(2)}&type=seat&bookable=1",
    "/",
    f"/plan/?day={day(2)}&at=10:00",
    "/house/",
    "/house/seat-1/",
    f"/api/v1/availability/?{INSTANTS}",
    "/api/v1/resources/",
]
OF_ADA = [
    "/today/",
    f"/book/?resource=seat-1&{TIME}",
    f"/book/?find=1&resource=seat-1&length=120&day={day(2)}",
    f"/book/?say=seat+{day(2):%d.%m.%Y}+10-12",
    "/bookings/",
    f"/api/v1/free-slots/?{INSTANTS}&minutes=60&type=seat",
]
OF_SAM = [*OF_ADA, "/approvals/", "/desk/", "/desk/closures/", "/house/rules/seat/"]
# Sam sees what the others see and more; how often one asks does not depend on who answers.
READERS = [
    pytest.param("nobody", marks=pytest.mark.only_sqlite),
    pytest.param("ada", marks=pytest.mark.only_sqlite),
    "sam",
]
MOST = 8  # of the board, the goal of docs/benchmarks.md


@pytest.fixture
def seats(db):
    return a_type("seat", approval="automatic")


def furnish(seats, numbers, somebody):
    """That many more seats, each booked by somebody the day after tomorrow."""
    more = units(seats, [f"seat-{number}" for number in numbers])
    when = hours(2)
    its = {"starts_at": when.start, "ends_at": when.end}
    bookings = Booking.objects.bulk_create(
        Booking(person=somebody, made_by=somebody, state="approved", requested_at=now, **its)
        for now in [timezone.now()] * len(more)
    )
    Allocation.objects.bulk_create(
        Allocation(
            resource=seat, booking=booking, rules=seats.rules,
            guarded_from=when.start, guarded_until=when.end, **its,
        )
        for seat, booking in zip(more, bookings, strict=True)
    )  # fmt: skip


def asked(client, pages):
    """How often the database is asked for each page."""
    counts = {}
    for address in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address
        counts[address] = len(queries)
    return counts


@pytest.mark.parametrize("reader", READERS)
def test_one_three_and_three_hundred_resources_cost_the_same_number_of_queries(
    seats, ada, ben, sam, signed_in, reader
):
    client = Client() if reader == "nobody" else signed_in({"ada": ada, "sam": sam}[reader])
    pages = FOR_ALL + {"nobody": [], "ada": OF_ADA, "sam": OF_SAM}[reader]
    furnish(seats, range(1, 2), ben)
    asked(client, pages)  # and with that, everything that is kept has been read

    one = asked(client, pages)
    for numbers in (range(2, 4), range(4, 301)):
        furnish(seats, numbers, ben)
        assert asked(client, pages) == one
    assert max(one[address] for address in BOARDS) <= MOST


def test_the_large_house_is_really_shown(seats, ben):
    furnish(seats, range(1, 301), ben)

    for address in BOARDS[:2]:
        assert Client().get(address).content.count(b"block--busy") >= 300
