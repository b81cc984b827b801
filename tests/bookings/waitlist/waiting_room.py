"""People who book a seat and people who wait for it, on the day before."""

from labbooking.bookings import actions
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models.waitlist import Waiting
from labbooking.journal.models import Entry
from labbooking.period import Period
from tests.lab import berlin

NOW = berlin("2026-11-23 09:00")
TEN_TO_TWELVE = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def ask(by, *resources, period=TEN_TO_TWELVE, at=NOW, **more):
    return actions.request(BookingSpec(period, resources, **more), by=by, at=at)[0]


def wait_for(by, *resources, period=TEN_TO_TWELVE, at=NOW, types=None, who=None, **more):
    """`who` takes part, as in a `BookingSpec`."""
    return join(BookingSpec(period, resources, types or {}, **(who or {})), by=by, at=at, **more)


def now(wait):
    """The place as it is by now, with what is kept for it."""
    return Waiting.objects.select_related("booking").get(pk=wait.pk)


def kinds():
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))
