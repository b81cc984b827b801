"""Instants read from PostgreSQL: the quick reader, and Django's own for what it leaves alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DataError, connection

from labbooking.timestamps import UtcReader

pytestmark = [pytest.mark.django_db, pytest.mark.only_postgresql]


def told(written, zone="UTC"):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
        cursor.execute(f"SELECT '{written}'::timestamptz")
        return cursor.fetchone()[0]


@pytest.fixture
def djangos_own():
    """The reader that was there before."""
    own = UtcReader.__base__
    return type("DjangosOwn", (own,), {"timezone": UTC})


def read_by(reader, written):
    with connection.cursor() as cursor:
        cursor.adapters.register_loader("timestamptz", reader)
        cursor.execute(f"SELECT '{written}'::timestamptz")
        return cursor.fetchone()[0]


def test_every_connection_reads_so():
    oid = connection.connection.adapters.types["timestamptz"].oid
    assert connection.connection.adapters.get_loader(oid, 0) is UtcReader


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2027-01-12 10:00:00+01", datetime(2027, 1, 12, 9, tzinfo=UTC)),
        ("2027-01-12 10:00:00.5+00", datetime(2027, 1, 12, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("2027-01-12 10:00:00.000001+00", datetime(2027, 1, 12, 10, 0, 0, 1, tzinfo=UTC)),
        ("0001-01-01 00:00:00+00", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31 23:59:59.999999+00", datetime.max.replace(tzinfo=UTC)),
        ("1890-05-01 12:00:00+00:53:28", datetime(1890, 5, 1, 11, 6, 32, tzinfo=UTC)),
    ],
)
def test_an_instant_is_the_same_as_djangos_own(written, instant, djangos_own):
    assert told(written) == instant == read_by(djangos_own, written)
    assert told(written).tzinfo is UTC


@pytest.mark.parametrize(
    "written", ["infinity", "-infinity", "0044-03-15 12:00:00+00 BC", "12345-01-01 00:00:00+00"]
)
def test_what_no_datetime_can_be_is_refused_as_before(written, djangos_own):
    for read in (told, lambda text: read_by(djangos_own, text)):
        with pytest.raises(DataError, match="timestamp"):
            read(written)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"])
def test_a_session_elsewhere_is_left_to_djangos_own(zone, djangos_own):
    written = "2027-07-12 10:00:00+00"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
    assert told(written, zone) == read_by(djangos_own, written)


def test_a_session_in_london_says_the_instant_in_winter():
    winter = told("2027-01-12 10:00:00+00", "Europe/London")
    assert winter == datetime(2027, 1, 12, 10, tzinfo=UTC)
    assert winter.utcoffset() == timedelta(0)
