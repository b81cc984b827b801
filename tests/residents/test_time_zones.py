"""Zones are named after places, each once, and people elsewhere read both clocks."""

from collections import Counter

import pytest
from django.utils.translation import override

from labbooking.period import Period
from residents.models import User
from residents.profile.time_zones import elsewhere, same_zone, time_zones
from tests.bookings.days import booked, said
from tests.lab import berlin


def period(day, start="10:00", end="12:00"):
    return Period(berlin(f"{day} {start}"), berlin(f"{day} {end}"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_place_stands_twice_among_the_zones(language):
    choices = time_zones(language)
    places = Counter(words.rpartition(" (")[0] for _name, words in choices)

    assert [place for place, count in places.items() if count > 1] == []
    berlin_here = "Berlin (Europa)" if language == "de" else "Berlin (Europe)"
    assert ("Europe/Berlin", berlin_here) in choices


def test_a_zone_kept_under_an_old_name_is_still_chosen(ada, signed_in):
    User.objects.filter(pk=ada.pk).update(time_zone="US/Eastern")

    page = said(signed_in(ada).get("/profile/"))

    assert '<option value="America/New_York" selected>New York (America)</option>' in page
    assert same_zone("US/Eastern") == "America/New_York"


@pytest.mark.parametrize(
    ("zone", "day", "told"),
    [
        ("America/New_York", "2027-01-12", "Tue 12 Jan, 04:00–06:00 in New York"),
        # Two weeks in which America is ahead of Europe.
        ("America/New_York", "2027-03-16", "Tue 16 Mar, 05:00–07:00 in New York"),
        ("Asia/Tokyo", "2027-01-12", "Tue 12 Jan, 18:00–20:00 in Tokyo"),
        ("Europe/Vienna", "2027-01-12", ""),
        ("Europe/Daig", "2027-01-12", ""),
    ],
)
def test_times_are_told_by_both_clocks_where_they_differ(zone, day, told):
    with override("en"):
        assert elsewhere(period(day), User(time_zone=zone)) == told


@pytest.mark.parametrize(("zone", "differs"), [("America/New_York", True), ("Europe/Paris", False)])
def test_pages_of_somebody_elsewhere_tell_both_times(lab, ada, signed_in, zone, differs):
    User.objects.filter(pk=ada.pk).update(time_zone=zone)
    (booking,) = booked(ada, "seat-1")
    browser = signed_in(ada)
    asked = f"/book/?resource=seat-2&day={booking.starts_at:%Y-%m-%d}&starts=10:00&ends=12:00"

    for address in ("/bookings/", f"/bookings/{booking.pk}/", asked):
        assert ("Where you are" in said(browser.get(address))) == differs, address
