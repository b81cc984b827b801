"""The floor plan of this moment: what is free now is free, whatever closes or comes soon after."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone, translation

from equipment.models import Resource
from labbooking.board.booking_labels import names
from labbooking.board.visibility import ReaderView
from labbooking.bookings.actions.closures import close
from labbooking.bookings.availability.resource_days import all_resources, read
from labbooking.floorplan.address import read_address
from labbooking.floorplan.wording import Asked, groups
from labbooking.period import Period
from tests.desk.test_desk import booked
from tests.floorplan.test_plan import spots, text
from tests.lab import BERLIN, a_type, berlin, units

MINUTE = timedelta(minutes=1)


def now(clock):
    """How everything stands then, as the plan without a time shows it; by slug."""
    at = berlin(f"2027-01-12 {clock}")
    shown = read_address({}, BERLIN, at=at)
    lab = read(all_resources(), shown.days, BERLIN, at=at)
    asked = Asked(shown.period, BERLIN, at, moment=at)
    with translation.override("en"):
        told = groups(lab, asked, ReaderView(names(AnonymousUser(), lab), BERLIN, at))
        return {spot.slug: spot.told for each in told for spot in each.spots}


@pytest.mark.parametrize(
    ("clock", "state", "word"),
    [
        ("06:45", "closed", "free from 07:00 only"),
        ("22:30", "free", "free until 23:00"),
        ("22:55", "closed", "free until 23:00 only"),
        ("23:59", "closed", "closed at this time"),
    ],
)
def test_what_closes_within_the_hour_is_free_until_then(lab, clock, state, word):
    assert now(clock)["seat-1"][:2] == (state, word)


def test_what_is_taken_or_closed_within_the_hour_is_free_until_then(lab, ben, sam):
    booked(ben, lab["seat-1"], berlin("2027-01-12 12:30"), berlin("2027-01-12 14:00"))
    why = {"reason_de": "Reparatur", "reason_en": "Repair", "by": sam}
    repair = Period(berlin("2027-01-12 12:45"), berlin("2027-01-12 14:00"))
    close([lab["seat-2"]], repair, **why, at=berlin("2027-01-12 08:00"))
    told = now("12:10")
    assert told["seat-1"][:2] == ("free", "free until 12:30")
    assert told["seat-2"][:2] == ("free", "free until 12:45")
    assert now("12:50")["seat-1"][:2] == ("busy", "busy until 14:00")
    assert now("12:50")["seat-2"][:2] == ("closed", "closed: Repair")


def test_what_is_free_for_too_short_a_time_says_who_comes(lab, ben):
    """A headset is cared for after each use, so nobody can have it for the minutes before."""
    booked(ben, lab["ar-headset-1"], berlin("2027-01-12 12:30"), berlin("2027-01-12 14:00"))
    assert now("12:10")["ar-headset-1"][:2] == ("busy", "busy from 12:30")


def test_the_page_offers_what_is_left_of_the_hour(db, ben):
    """Whatever time it is: a house that never closes, and somebody who comes in half an hour."""
    easel, _other = units(a_type("easel", step=MINUTE, smallest=MINUTE), ["easel-1", "easel-2"])
    Resource.objects.update(plan_x=3, plan_y=3)
    start = timezone.now().replace(second=0, microsecond=0) + 30 * MINUTE
    booked(ben, easel, start, start + 60 * MINUTE)
    page = Client(headers={"accept-language": "en"}).get("/plan/")
    state, label, url = spots(page)["easel-1"]
    assert state == spots(page)["easel-2"][0] == "free"
    assert "free until" in label
    assert "only" not in label
    assert url.startswith("/book/?resource=easel-1&from=")
    assert "2 easels are free." in text(page)
