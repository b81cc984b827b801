"""Ending an account with more ahead than a form may have fields."""

import pytest
from django.conf import settings

from labbooking.bookings.models import Booking
from labbooking.people.ending_form import MOST_LINES, in_lines
from residents.models import User
from tests.bookings.days import booked, hours, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def full(lab, ada):
    """Ada with as many bookings ahead as nobody answers one by one, two of them of a series."""
    dates = booked(ada, "seat-1", period=hours(3), rrule="FREQ=DAILY;COUNT=2")
    (like,) = booked(ada, "seat-2", period=hours(5))
    fields = {each.attname: getattr(like, each.attname) for each in Booking._meta.concrete_fields}
    del fields["id"]
    count = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    Booking.objects.bulk_create(Booking(**fields) for _number in range(count))
    return dates, like


def sent(browser, address, becomes):
    form = browser.get(address).context["form"]
    lines = {line.name: becomes for line, _field in form.lines}
    return {"until": "", "seen": form.initial["seen"], **lines}


def test_a_series_is_one_line_and_what_nobody_answers_one_by_one_is_the_last(full):
    dates, like = full
    lines = in_lines(list(Booking.objects.order_by("starts_at", "pk")))
    assert len(lines) == MOST_LINES
    assert lines[0].bookings == dates
    assert (lines[1].bookings, lines[1].is_mixed) == ([like], False)
    assert lines[-1].is_mixed
    assert sum(len(each.bookings) for each in lines) == Booking.objects.count()


def test_an_account_ends_with_all_of_it(full, ada, sam, just_signed_in):
    browser, address = just_signed_in(sam), f"/people/{ada.pk}/end/"
    page = said(browser.get(address))
    assert "2 times, " in page
    assert "All later ones" in page

    answer = browser.post(address, sent(browser, address, "cancel"))

    assert answer.url == f"/people/{ada.pk}/"
    assert not User.objects.get(pk=ada.pk).is_active
    assert set(Booking.objects.values_list("state", flat=True)) == {"cancelled"}
