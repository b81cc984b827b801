"""Requests at a fixed time, and what has become of them."""

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.journal.models import Entry
from labbooking.period import Period
from tests.lab import berlin

NOW = berlin("2026-11-24 09:00")
SLOT = Period(berlin("2026-12-01 10:00"), berlin("2026-12-01 12:00"))


def asked(by, *resources, at=NOW, period=SLOT, **spec):
    return actions.request(BookingSpec(period, resources, **spec), by=by, at=at)


def taken():
    rows = Allocation.objects.filter(active=True).order_by("resource__slug")
    return list(rows.values_list("resource__slug", flat=True))


def states(bookings):
    return [Booking.objects.get(pk=each.pk).state for each in bookings]


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))
