"""The Daig's own description keeps what the contract promises."""

from datetime import timedelta

import pytest
from dateutil.easter import easter
from django.core.management import call_command

from equipment.models import Resource, ResourceType
from labbooking.bookings.models import Closure
from tests.equipment.test_lab_file import DAIG
from tests.lab import BERLIN


@pytest.fixture
def daig(db):
    call_command("load_lab", str(DAIG), verbosity=0)


def test_the_daig_has_what_the_contract_promises(daig):
    slugs = set(Resource.objects.values_list("slug", flat=True))
    expected = {"board-1", "workspace"}
    for name, count in {"studio": 3, "seat": 10, "ar-headset": 4, "telepresence": 2}.items():
        expected |= {f"{name}-{number}" for number in range(1, count + 1)}
    assert slugs == expected
    assert all(resource.calendar.slug == resource.slug for resource in Resource.objects.all())


def test_the_whole_workspace_has_the_ten_seats_as_parts(daig):
    parts = Resource.objects.get(slug="workspace").parts
    assert set(parts.values_list("slug", flat=True)) == {f"seat-{n}" for n in range(1, 11)}


def test_seats_confirm_at_once_within_the_hours_and_lengths_of_the_contract(daig):
    rules = ResourceType.objects.get(slug="seat").rules
    assert rules.approval == "automatic"
    assert rules.opening == [[["07:00", "23:00"]]] * 7
    assert (rules.smallest, rules.largest, rules.step) == (
        timedelta(minutes=15),
        timedelta(hours=14),
        timedelta(minutes=15),
    )
    assert rules.at_once == 4
    assert rules.turnaround_after == timedelta()
    assert rules.self_check_in
    assert rules.hours_a_week is None


@pytest.mark.parametrize(
    ("slug", "induction"), [("ar-headset", "ar-headset"), ("telepresence", ""), ("board", "")]
)
def test_devices_wait_for_staff_and_rest_a_quarter_of_an_hour(daig, slug, induction):
    rules = ResourceType.objects.get(slug=slug).rules
    assert rules.approval == "staff"
    assert rules.opening == [[["08:00", "22:00"]]] * 7
    assert (rules.smallest, rules.largest) == (timedelta(minutes=30), timedelta(hours=10))
    assert rules.turnaround_after == timedelta(minutes=15)
    assert rules.induction == induction
    assert rules.at_once == 4


def test_studios_are_booked_by_the_night_with_a_day_to_turn_over(daig):
    rules = ResourceType.objects.get(slug="studio").rules
    assert rules.by_night
    assert (rules.arrival.hour, rules.departure.hour) == (15, 11)
    assert (rules.smallest_nights, rules.largest_nights) == (1, 90)
    assert rules.turnaround_after == timedelta(days=1)
    assert rules.approval == "staff"
    assert rules.at_once is None


def test_devices_are_closed_on_the_public_holidays_of_north_rhine_westphalia(daig):
    corpus_christi = Closure.objects.filter(reason_de="Fronleichnam").earliest("starts_at")
    start, end = corpus_christi.period.local(BERLIN)
    thursday = easter(start.year) + timedelta(days=60)
    assert [start.isoformat()[:16], end.isoformat()[:16]] == [
        f"{thursday}T00:00",
        f"{thursday + timedelta(days=1)}T00:00",
    ]
    assert corpus_christi.reason_en == "Corpus Christi"
    closed = set(corpus_christi.allocations.values_list("resource__type__slug", flat=True))
    assert closed == {"ar-headset", "telepresence", "board"}
