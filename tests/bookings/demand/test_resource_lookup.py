"""Looking up what a spec names, while the house is rebuilt around it."""

from contextlib import contextmanager

import pytest
from django.db import connection

from labbooking.bookings.demand.resource_lookup import look_up

OFTEN = 8  # psycopg prepares what it has sent a few times


@contextmanager
def one_more_column(table):
    """A migration runs beside the web process, in a session of its own."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN later integer")
        yield
    finally:
        with beside.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS later")
        beside.close()


@pytest.mark.only_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "table", ["equipment_resource", "equipment_resourcetype", "equipment_houserules"]
)
def test_a_column_that_comes_with_a_migration_disturbs_nobody_who_asks(lab, table):
    for _ in range(OFTEN):
        look_up(["seat-1"], [], [])
    with one_more_column(table):
        assert look_up(["seat-1"], [], [])["seat-1"].type.rules.at_once == 4


@pytest.mark.django_db
def test_what_is_found_knows_its_type_and_rules_without_asking_again(
    lab, django_assert_num_queries
):
    with django_assert_num_queries(3):
        seat = look_up(["seat-1"], [], [])["seat-1"]
        assert (seat.name, seat.order, seat.type.rules.at_once) == ("Seat 1", 0, 4)
