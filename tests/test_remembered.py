"""What is written again is what was made; where something stands in its way it is made anew."""

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction

from equipment.models import HouseRules, Resource, ResourceType
from tests.lab import a_type, units
from tests.remembered import Remembered

pytestmark = pytest.mark.django_db


class Kilns:
    """Two kilns, remembered, and how often they have been made."""

    def __init__(self):
        self.remembered, self.times = Remembered(), 0

    def make(self):
        self.times += 1
        units(a_type("kiln"), ["kiln-1", "kiln-2"])

    def in_one_test(self, then):
        with transaction.atomic():
            self.remembered(self.make)
            found = then()
            transaction.set_rollback(True)
        return found


def rows():
    models = (ResourceType, HouseRules, Resource)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_it_is_made_once_and_then_written_as_it_was():
    kilns = Kilns()

    first, second = kilns.in_one_test(rows), kilns.in_one_test(rows)

    assert [len(each) for each in first] == [1, 1, 2]
    assert second == first
    assert kilns.times == 1


def test_what_comes_after_takes_keys_of_its_own():
    kilns = Kilns()
    kilns.in_one_test(rows)
    kilns.in_one_test(lambda: units(a_type("loom"), ["loom-1"]))
    assert kilns.times == 1


def begin_numbering_anew():
    """As a flush leaves the tables of these rows to the tests after it."""
    ours = {model._meta.db_table for model in (ResourceType, HouseRules, Resource)}
    sequences = [each for each in connection.introspection.sequence_list() if each["table"] in ours]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), sequences):
            cursor.execute(statement)


def test_also_where_numbering_has_begun_anew():
    kilns = Kilns()
    kilns.in_one_test(rows)
    begin_numbering_anew()

    def add():
        last = Resource.objects.latest("pk").pk
        (loom,) = units(a_type("loom"), ["loom-1"])
        return loom.pk > last

    assert kilns.in_one_test(add)
    assert kilns.times == 1


def test_where_something_stands_in_its_way_it_is_made():
    kilns = Kilns()
    kilns.in_one_test(rows)
    a_type("loom")

    assert kilns.in_one_test(Resource.objects.count) == 2
    assert kilns.times == 2
