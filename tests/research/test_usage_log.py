"""The usage log: only those who agree, only under codes, only what happened in time."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction

from labbooking.journal.models import Entry
from labbooking.journal.record import Happening, Touched, record
from labbooking.research.actions import open_download, withdraw_consent
from labbooking.research.exports.usage_log import COLUMNS, codebook
from labbooking.research.figures.weeks import days
from tests.lab import berlin
from tests.people import person
from tests.research.conftest import a_study
from tests.research.log import NOW, agrees, an_export, happened, raw, read, rows

pytestmark = pytest.mark.django_db
HEADER = (
    "entry,kind,at,person,booking,series,resources,types,kinds,planned_start,planned_end,"
    "planned_hours,used_hours,late_minutes,actor_role,answers"
)


def test_entries_of_those_who_agreed_leave_and_no_others(study, rui, ada, nia):
    happened(ada)
    happened(nia)
    agrees(ada, study)

    assert len(rows(an_export(study, rui), rui)) == 1


def test_what_a_creative_did_to_anothers_booking_leaves_only_if_both_agreed(study, rui, ada, ben):
    happened(ada, kind="booking.nudged", by=ben)
    agrees(ada, study)
    assert rows(an_export(study, rui), rui) == []

    agrees(ben, study)
    assert [row["kind"] for row in rows(an_export(study, rui), rui)] == ["booking.nudged"]


def test_without_any_consent_there_is_a_header_alone(study, rui, ada):
    happened(ada)

    assert raw(an_export(study, rui), rui).decode() == f"{HEADER}\r\n"


def test_a_row_tells_what_happened(study, rui, ada):
    agrees(ada, study)
    happened(
        ada,
        kind="booking.checked_out",
        at=berlin("2026-07-01 12:30"),
        series=4,
        resources=["seat-1", "ar-headset-2"],
        types=["seat", "ar-headset"],
        kinds=["seat", "device"],
        starts_at="2026-07-01T08:00:00+00:00",
        ends_at="2026-07-01T10:00:00+00:00",
        used_hours=2.5,
    )

    (row,) = rows(an_export(study, rui), rui)

    pseudonyms = {name: row.pop(name) for name in ("entry", "person", "booking", "series")}
    assert row == {
        "kind": "booking.checked_out",
        "at": "2026-07-01T12:30:00+02:00",
        "resources": "seat-1|ar-headset-2",
        "types": "seat|ar-headset",
        "kinds": "seat|device",
        "planned_start": "2026-07-01T10:00:00+02:00",
        "planned_end": "2026-07-01T12:00:00+02:00",
        "planned_hours": "2.0",
        "used_hours": "2.5",
        "late_minutes": "",
        "actor_role": "creative",
        "answers": "",
    }
    for name, pseudonym in pseudonyms.items():
        assert re.fullmatch(rf"{name[0].upper()}-[A-Z2-7]{{8,12}}", pseudonym)


def test_answers_that_research_may_have_leave_by_the_keys_of_their_questions(study, rui, ada):
    agrees(ada, study)
    happened(ada, answers={"music": "yes", "layout": "wide"})

    assert [row["answers"] for row in rows(an_export(study, rui), rui)] == ["music=yes|layout=wide"]


def test_withdrawing_empties_an_export_that_was_already_made(study, rui, ada, ben):
    happened(ada)
    happened(ben, booking=2)
    agrees(ada, study)
    agrees(ben, study)
    export = an_export(study, rui)
    both = rows(export, rui)

    withdraw_consent(study.slug, by=ada, at=NOW)

    (left,) = rows(export, rui)
    assert len(both) == 2
    assert left in both


def test_an_export_holds_what_was_known_when_it_was_made(study, rui, ada):
    agrees(ada, study)
    happened(ada)
    export = an_export(study, rui)
    before = raw(export, rui)

    happened(ada, at=NOW - timedelta(days=1))

    assert raw(export, rui) == before


def test_the_end_of_the_period_is_not_part_of_it(study, rui, ada):
    agrees(ada, study)
    start, end = NOW, NOW + timedelta(hours=1)
    for at in (start - timedelta(seconds=1), start, end - timedelta(seconds=1), end):
        happened(ada, at=at)

    found = [row["at"][11:19] for row in rows(an_export(study, rui, start, end), rui)]

    assert found == ["12:00:00", "12:59:59"]


def test_days_before_and_after_the_study_are_never_part_of_it(rui, ada):
    study = a_study("short", rui, starts=date(2026, 11, 2), ends=date(2026, 11, 8))
    agrees(ada, study)
    for day in ("2026-11-01 23:59", "2026-11-02 00:00", "2026-11-08 23:59", "2026-11-09 00:00"):
        happened(ada, at=berlin(day))

    found = [row["at"][:10] for row in rows(an_export(study, rui), rui)]

    assert found == ["2026-11-02", "2026-11-08"]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 2), 24)]
)
def test_days_are_the_labs_own_also_when_the_clocks_change(study, rui, ada, day, hours):
    agrees(ada, study)
    within = days(day, day)
    for at in (within.start - timedelta(seconds=1), within.start, within.end):
        happened(ada, at=at)
    happened(ada, at=within.end - timedelta(seconds=1))

    found = [row["at"] for row in rows(an_export(study, rui, within.start, within.end), rui)]

    assert within.length == timedelta(hours=hours)
    assert [at[:19] for at in found] == [f"{day}T00:00:00", f"{day}T23:59:59"]


def test_the_repeated_hour_is_told_apart_by_its_offset(study, rui, ada):
    agrees(ada, study)
    first = berlin("2026-10-25 02:30")
    for at in (first, first.replace(fold=1)):
        happened(ada, at=at)

    found = [row["at"] for row in rows(an_export(study, rui), rui)]

    assert found == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]


def test_what_staff_do_for_somebody_needs_that_persons_consent(study, rui, sam, ada, nia):
    agrees(ada, study)
    happened(ada, by=sam)
    happened(nia, by=sam, booking=2)
    happened(nia, by=ada, booking=3)

    (row,) = rows(an_export(study, rui), rui)

    assert row["actor_role"] == "staff"


def test_one_of_several_people_is_enough_to_keep_an_entry_back(study, rui, ada, nia):
    agrees(ada, study)
    both = [Touched("subject", str(each.subject_key), "person") for each in (ada, nia)]
    with transaction.atomic():
        record(Happening("booking.requested", NOW, (Touched("booking", "1", "about"), *both)))

    assert rows(an_export(study, rui), rui) == []
    agrees(nia, study)
    assert len(rows(an_export(study, rui), rui)) == 1


def test_nothing_but_bookings_leaves(study, rui, ada):
    other = a_study("other", rui)
    agrees(ada, study)
    agrees(ada, other)
    raw(an_export(other, rui), rui)

    assert Entry.objects.filter(kind__in=["consent.given", "export.downloaded"]).count() == 3
    assert rows(an_export(study, rui), rui) == []


def test_no_name_address_or_key_is_in_the_file(study, rui, sam):
    zoe = person("Zoë Ångström", email="zoe.a@elsewhere.example")
    agrees(zoe, study)
    entry = happened(zoe, by=sam, booking=8151623)

    content = raw(an_export(study, rui), rui)

    assert content.count(b"\r\n") == 2
    keys = (zoe.subject_key, sam.subject_key, zoe.subject_key.hex, 8151623)
    for told in ("Zoë", "Ångström", "zoe.a", "elsewhere", "Sam", *map(str, keys)):
        assert told.encode() not in content
    assert not content.splitlines()[1].startswith(str(entry.pk).encode())


def test_pseudonyms_are_stable_within_a_study_and_differ_between_two(study, rui, ada):
    other = a_study("other", rui)
    happened(ada)
    for each in (study, other):
        agrees(ada, each)

    (first,), (again,) = (rows(an_export(study, rui), rui) for _ in range(2))
    (elsewhere,) = rows(an_export(other, rui), rui)

    for name in ("entry", "person", "booking"):
        assert first[name] == again[name] != elsewhere[name]


def test_text_that_a_spreadsheet_would_run_is_disarmed(study, rui, ada):
    agrees(ada, study)
    happened(ada, resources=["=1+1"], types=["-2"], kinds=['@SUM(A1),"x"'], late_minutes=-5)

    (row,) = rows(an_export(study, rui), rui)

    assert (row["resources"], row["types"]) == ("'=1+1", "'-2")
    assert row["kinds"] == '\'@SUM(A1),"x"'
    assert row["late_minutes"] == "-5"


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("booking.checked_in", {"late_start_minutes": 5}, "5"),
        ("booking.checked_in", {"late_minutes": 5}, "5"),
        ("booking.checked_out", {"late_return_minutes": 5}, ""),
        ("booking.checked_out", {"late_minutes": 5}, ""),
    ],
)
def test_minutes_late_are_those_of_the_check_in_in_old_entries_and_new(
    study, rui, ada, kind, data, told
):
    agrees(ada, study)
    happened(ada, kind=kind, **data)

    (row,) = rows(an_export(study, rui), rui)

    assert row["late_minutes"] == told


def test_three_hundred_rows_cost_as_many_queries_as_one(
    study, rui, ada, django_assert_max_num_queries, django_assert_num_queries
):
    agrees(ada, study)
    happened(ada)
    small = an_export(study, rui)
    with django_assert_max_num_queries(20) as one:
        assert len(rows(small, rui)) == 1
    for number in range(2, 301):
        happened(ada, booking=number)
    large = an_export(study, rui)
    with django_assert_num_queries(len(one)):
        assert len(rows(large, rui)) == 300


def test_the_file_comes_in_pieces(study, rui, ada):
    agrees(ada, study)
    for number in range(700):
        happened(ada, booking=number)

    pieces = list(open_download(an_export(study, rui).pk, by=rui, at=NOW).pieces)

    assert len(pieces) == 3
    assert len(read(b"".join(pieces))) == 700


def test_the_codebook_explains_every_column():
    book = read(b"".join(codebook()))

    assert [line["column"] for line in book] == HEADER.split(",")
    assert len(book) == len(COLUMNS)
    assert all(line["type"] and line["meaning"] for line in book)


def test_other_things_that_happened_to_a_person_stay_in_the_lab(study, rui, ada, sam):
    agrees(ada, study)
    happened(ada, kind="induction.given", by=sam, topic="ar-headset")

    assert rows(an_export(study, rui), rui) == []
