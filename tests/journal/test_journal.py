"""The log cannot be rewritten, shares the fate of what it tells, and names nobody."""

import json
import re

import pytest
from django.db import DatabaseError, connection, transaction

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.journal.kinds import KINDS, TOLD
from labbooking.journal.models import Entry, EntryObject, Untold
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import HOUR, Period
from tests.lab import berlin

NOW = berlin("2026-11-24 09:00")


@pytest.fixture
def entry(db):
    with transaction.atomic():
        touched = (Touched("resource", "seat-1", "used"),)
        (written,) = record(Happening("booking.approved", NOW, touched, {"types": ["seat"]}))
    return written


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET kind = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_entryobject SET key = 'x'",
        "DELETE FROM journal_entryobject",
    ],
)
def test_the_database_refuses_to_rewrite_it(entry, sql):
    refused(sql)
    assert Entry.objects.get().kind == "booking.approved"
    assert EntryObject.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.only_sqlite
@pytest.mark.parametrize(
    "sql",
    [
        (
            "INSERT OR REPLACE INTO journal_entry (id, kind, at, recorded_at, data)"
            " SELECT id, 'x', at, recorded_at, data FROM journal_entry"
        ),
        (
            "REPLACE INTO journal_entryobject (id, entry_id, type, key, qualifier)"
            " SELECT id, entry_id, type, 'x', qualifier FROM journal_entryobject"
        ),
        "UPDATE OR REPLACE journal_entry SET id = id + 1",
    ],
)
def test_no_row_is_put_in_the_place_of_another(entry, sql):
    refused(sql)
    assert Entry.objects.get().kind == "booking.approved"
    assert EntryObject.objects.get().key == "seat-1"


@pytest.mark.django_db
@pytest.mark.only_postgresql
@pytest.mark.parametrize("tables", ["journal_entry CASCADE", "journal_entryobject"])
def test_it_cannot_be_emptied_at_a_stroke(entry, tables):
    refused(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {tables}")
    assert Entry.objects.count() == EntryObject.objects.count() == 1


def refused(sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.django_db
def test_the_models_cannot_rewrite_it_either(entry):
    entry.kind = "booking.declined"
    for write in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_written_only_with_what_it_tells():
    with pytest.raises(RuntimeError):
        record(Happening("booking.approved", NOW))
    with pytest.raises(KeyError), transaction.atomic():
        record(Happening("booking.dreamt_of", NOW))
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_what_is_told_waits_for_the_messengers(entry):
    with transaction.atomic():
        record(Happening("lab.loaded", NOW))
    assert list(Untold.objects.values_list("entry_id", flat=True)) == [entry.pk]


def test_kinds_are_past_tense_words_of_a_room():
    assert set(KINDS) >= TOLD
    assert all(kind.count(".") == 1 and kind.islower() for kind in KINDS)


@pytest.mark.django_db
def test_nobody_and_nothing_said_can_be_read_from_it(lab, ada, sam):
    period = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))
    spec = BookingSpec(period, ("ar-headset-1",), purpose="Portrait of Ada for Lovelace")
    (booking,) = actions.request(spec, by=ada, at=NOW)
    actions.decline(booking.pk, by=sam, at=NOW + HOUR / 4, reason="Sam says it is broken")

    rows = list(Entry.objects.values_list("kind", "data"))
    rows += list(EntryObject.objects.values_list("type", "key", "qualifier"))
    written = json.dumps(rows).lower()
    # The random letters of a key spell a short name now and then.
    told = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", written)

    assert "booking.declined" in told
    for word in ("ada", "sam", "portrait", "broken", "daig.example"):
        assert word not in told
    assert str(ada.subject_key) in written
