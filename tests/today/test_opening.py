"""Whether the house is open, and when it opens: early, late, over midnight and on a holiday."""

import pytest
from django.utils import translation

from equipment.models import Resource
from labbooking.bookings.actions.closures import close
from labbooking.bookings.availability.resource_days import all_resources, read
from labbooking.period import DAY, Period
from labbooking.today.opening import opening
from tests.lab import BERLIN, a_type, berlin, daily, units

pytestmark = pytest.mark.django_db


def told(now, language="en"):
    at = berlin(now)
    days = [at.date() + number * DAY for number in range(7)]
    lab = read(all_resources(), days, BERLIN, at=at)
    with translation.override(language):
        return opening(lab, BERLIN, at).replace("\u00a0", " ")


def shut(sam, first, last, things=None):
    why = {"reason_de": "Weihnachten", "reason_en": "Christmas"}
    period, at = Period(berlin(first), berlin(last)), berlin("2027-01-01 00:00")
    close(things or list(Resource.objects.all()), period, **why, by=sam, at=at)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2027-01-12 06:00", "The house is closed. It opens today at 07:00."),
        ("2027-01-12 07:00", "The house is open until 23:00."),
        ("2027-01-12 22:59", "The house is open until 23:00."),
        ("2027-01-12 23:00", "The house is closed. It opens tomorrow at 07:00."),
        ("2027-01-12 23:30", "The house is closed. It opens tomorrow at 07:00."),
    ],
)
def test_by_day_and_after_closing_time(lab, now, words):
    assert told(now) == words


def test_on_a_holiday_it_says_why_and_when_it_opens_again(lab, sam):
    shut(sam, "2027-01-12 00:00", "2027-01-14 00:00")
    assert told("2027-01-12 13:00") == (
        "The house is closed: Christmas. It opens on Thursday 14 January at 07:00."
    )
    assert told("2027-01-12 13:00", "de") == (
        "Das Haus ist geschlossen: Weihnachten. Es öffnet am Donnerstag, 14. Januar um 7 Uhr."
    )


def test_closed_for_longer_than_it_looks_ahead(lab, sam):
    shut(sam, "2027-01-12 00:00", "2027-02-14 00:00")
    assert told("2027-01-12 13:00") == (
        "The house is closed: Christmas. It does not open in the next days."
    )


def test_what_is_closed_alone_closes_no_house(lab, sam):
    shut(sam, "2027-01-12 00:00", "2027-01-14 00:00", [lab["seat-1"]])
    assert told("2027-01-12 13:00") == "The house is open until 23:00."


def test_a_house_that_never_closes(db):
    units(a_type("seat"), ["seat-1"])
    assert told("2027-01-12 23:30") == "The house is open day and night."


def test_a_house_that_closes_at_midnight(db):
    units(a_type("seat", opening=daily("08:00", "24:00")), ["seat-1"])
    assert told("2027-01-12 23:30") == "The house is open until midnight."


def test_where_nothing_comes_by_the_hour_nothing_opens(db):
    assert told("2027-01-12 13:00") == ""
