"""Never double-booked, whatever the path: the database itself refuses."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.executor import MigrationExecutor

from labbooking import guards
from labbooking.bookings.models import Allocation, Closure
from labbooking.period import HOUR, MINUTE, Period
from tests.lab import berlin

NINE_TO_TEN = Period(berlin("2026-11-24 09:00"), berlin("2026-11-24 10:00"))


def closure(period=NINE_TO_TEN):
    return Closure.objects.create(
        reason_de="zu", reason_en="closed", starts_at=period.start, ends_at=period.end
    )


def row(resource, period=NINE_TO_TEN, **fields):
    return Allocation(
        resource=resource,
        closure=fields.pop("closure", None) or closure(period),
        starts_at=period.start,
        ends_at=period.end,
        guarded_from=period.start,
        guarded_until=period.end,
        **fields,
    )


def is_refused(write):
    with pytest.raises(IntegrityError, match="allocation_no_overlap"), transaction.atomic():
        write()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        NINE_TO_TEN,
        NINE_TO_TEN.moved(30 * MINUTE),
        NINE_TO_TEN.moved(-30 * MINUTE),
        NINE_TO_TEN.widened(HOUR, HOUR),
        Period(NINE_TO_TEN.start + 15 * MINUTE, NINE_TO_TEN.end - 15 * MINUTE),
        Period(NINE_TO_TEN.end - timedelta(microseconds=1), NINE_TO_TEN.end + HOUR),
    ],
)
def test_whatever_overlaps_is_refused_on_insert(lab, other):
    row(lab["seat-1"]).save()
    is_refused(row(lab["seat-1"], other).save)


@pytest.mark.django_db
def test_touching_periods_other_resources_and_inactive_rows_pass(lab):
    row(lab["seat-1"]).save()
    row(lab["seat-1"], NINE_TO_TEN.moved(HOUR)).save()
    row(lab["seat-1"], NINE_TO_TEN.moved(-HOUR)).save()
    row(lab["seat-2"]).save()
    row(lab["seat-1"], active=False).save()
    assert Allocation.objects.count() == 5


@pytest.mark.django_db
def test_no_update_gets_around_it(lab):
    row(lab["seat-1"]).save()
    later, elsewhere, inactive = (
        row(lab["seat-1"], NINE_TO_TEN.moved(HOUR)),
        row(lab["seat-2"]),
        row(lab["seat-1"], active=False),
    )
    for each in (later, elsewhere, inactive):
        each.save()
    one = Allocation.objects.filter

    is_refused(lambda: one(pk=later.pk).update(guarded_from=NINE_TO_TEN.start))
    is_refused(lambda: one(pk=elsewhere.pk).update(resource=lab["seat-1"]))
    is_refused(lambda: one(pk=inactive.pk).update(active=True))


@pytest.mark.django_db
def test_no_bulk_insert_gets_around_it(lab):
    is_refused(lambda: Allocation.objects.bulk_create([row(lab["seat-1"]), row(lab["seat-1"])]))
    assert not Allocation.objects.exists()


@pytest.mark.django_db
def test_a_long_row_far_behind_still_counts(lab):
    row(lab["seat-1"], NINE_TO_TEN.widened(90 * 24 * HOUR, HOUR)).save()
    is_refused(row(lab["seat-1"]).save)


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), [(10, 10), (10, 9)])
def test_empty_and_reversed_periods_are_refused(lab, start, end):
    day = berlin("2026-11-24 00:00")
    allocation = row(lab["seat-1"])
    for field in ("starts_at", "guarded_from"):
        setattr(allocation, field, day + start * HOUR)
    for field in ("ends_at", "guarded_until"):
        setattr(allocation, field, day + end * HOUR)
    # PostgreSQL says DataError where the range itself is reversed.
    with pytest.raises(Exception, match=r"(?i)check|range|constraint"), transaction.atomic():
        allocation.save()
    assert not Allocation.objects.exists()


@pytest.mark.django_db
@pytest.mark.only_sqlite
def test_instants_in_another_shape_are_refused(lab):
    """SQLite keeps text: `10:00+01:00` would not compare with `09:00` rightly."""
    saved = row(lab["seat-1"])
    saved.save()
    with (
        pytest.raises(IntegrityError, match="UTC"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE bookings_allocation SET guarded_until = '2026-11-24T12:00:00+01:00'")


class Remake(migrations.Migration):
    """Alters a field of the guarded table, which makes Django remake it on SQLite."""

    operations = [
        migrations.AlterField("allocation", "guarded_until", models.DateTimeField(null=True))
    ]


def told_by_check():
    try:
        call_command("check", stdout=io.StringIO(), stderr=io.StringIO())
    except SystemCheckError as problems:
        return str(problems)
    return ""


@pytest.mark.django_db(transaction=True)
def test_the_guards_come_back_after_the_table_was_remade(lab):
    state = MigrationExecutor(connection).loader.project_state()
    with connection.schema_editor() as editor:
        migration = Remake("remake", "bookings")
        state = migration.apply(state, editor)
    dropped = guards.missing(connection)
    try:
        problems = told_by_check()
        call_command("migrate", verbosity=0)
        row(lab["seat-1"]).save()
        is_refused(row(lab["seat-1"]).save)
    finally:
        with connection.schema_editor() as editor:
            migration.unapply(MigrationExecutor(connection).loader.project_state(), editor)
        guards.install(connection)

    assert guards.missing(connection) == []
    if connection.vendor == "sqlite":
        assert dropped == ["allocation_no_overlap_insert", "allocation_no_overlap_update"]
        assert "daig.E001" in problems


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_is_guarded_again(lab):
    call_command("flush", interactive=False, verbosity=0)
    assert guards.missing(connection) == []
