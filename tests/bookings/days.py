"""Days ahead of the real clock, for pages, which ask it themselves."""

import re
from datetime import timedelta

from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import Period
from tests.lab import BERLIN, berlin

# Against forged forms; its random letters spell a short name now and then.
TOKEN = re.compile(r'(?<=csrfmiddlewaretoken" value=")\w{64}|(?<="X-CSRFToken": ")\w{64}')


def day(number):
    """The local date so many days from today."""
    return timezone.now().astimezone(BERLIN).date() + timedelta(days=number)


def hours(number, start="10:00", end="12:00"):
    """Local hours of one day as a period."""
    return Period(berlin(f"{day(number)} {start}"), berlin(f"{day(number)} {end}"))


def booked(by, *resources, period=None, at=None, **spec):
    """What the person asked for, ten days from now unless told."""
    spec = BookingSpec(period or hours(10), resources, **spec)
    return actions.request(spec, by=by, at=at or timezone.now())


def source(response):
    """The HTML of a page, without the random tokens of its forms."""
    return TOKEN.sub("", response.content.decode())


def said(response):
    """The HTML of a page, without the random tokens of its forms, its white space made plain."""
    return " ".join(source(response).split())
