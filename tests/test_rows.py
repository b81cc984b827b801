"""New rows by one INSERT: all of them, each knowing its key, and refused like any other."""

import pytest
from django.db import IntegrityError, connection, transaction
from schedule.models import Calendar

from labbooking.rows import MOST_VALUES, insert

pytestmark = pytest.mark.django_db


def calendars(count):
    return [Calendar(name=f"Calendar {number}", slug=f"c-{number}") for number in range(count)]


def test_each_row_knows_its_key_in_the_order_given():
    written = insert(calendars(3))
    assert [each.slug for each in written] == ["c-0", "c-1", "c-2"]
    assert [Calendar.objects.get(pk=each.pk).slug for each in written] == ["c-0", "c-1", "c-2"]
    written[0].name = "Another"
    written[0].save()  # as a row that is there, and not once more
    assert Calendar.objects.count() == 3


def test_nothing_is_asked_for_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert([]) == []


def test_more_than_fits_into_one_statement_comes_in_several(django_assert_max_num_queries):
    most = connection.features.max_query_params or MOST_VALUES
    many = most // 2 + 1  # a name and a slug each
    with django_assert_max_num_queries(5) as asked:
        written = insert(calendars(many))
    assert len(asked) >= 2
    assert Calendar.objects.count() == len({each.pk for each in written}) == many


def test_what_the_database_refuses_is_refused():
    insert(calendars(1))
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        insert([Calendar(pk=1, name="Twice", slug="c-0"), *calendars(1)])
