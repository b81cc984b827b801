"""Asking for a series on Tuesdays at ten, with choices for its dates."""

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec, EqualUnits
from labbooking.bookings.planning.preview import preview
from labbooking.period import Period
from tests.lab import BERLIN, berlin

NOW = berlin("2026-03-01 09:00")
TUESDAY = Period(berlin("2026-03-17 10:00"), berlin("2026-03-17 12:00"))
SECOND, THIRD, FOURTH = (berlin(f"2026-{day} 10:00").date() for day in ("03-24", "03-31", "04-07"))
SEAT_2 = EqualUnits((("seat-1", "seat-2"),))


def hours(day, start="10:00", end="12:00"):
    return Period(berlin(f"{day} {start}"), berlin(f"{day} {end}"))


def taken(by, day, *resources, start="10:00", end="12:00"):
    return actions.request(BookingSpec(hours(day, start, end), resources), by=by, at=NOW)


def spec(*resources, rrule="FREQ=WEEKLY;COUNT=4", period=TUESDAY, **more):
    return BookingSpec(period, resources or ("seat-1",), rrule=rrule, **more)


def ask(by, asked):
    return actions.request(asked, by=by, at=NOW)


def told(bookings):
    return [
        (f"{each.starts_at.astimezone(BERLIN):%m-%d %H:%M}", each.named[0].resource.slug)
        for each in bookings
    ]


def options(by, asked):
    """What is offered, by day: other units and local starts."""
    found = preview(asked, by=by, at=NOW).options
    return {
        f"{day:%m-%d}": (
            [unit.slug for unit in each.instead],
            [f"{period.start.astimezone(BERLIN):%H:%M}" for period in each.times],
        )
        for day, each in found.items()
    }


def fields_of(asked):
    return {"period": asked.period, "resources": asked.resources, "rrule": asked.rrule}
