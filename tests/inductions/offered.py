"""Inductions that are offered, by the real actions."""

from labbooking.errors import DomainError
from labbooking.inductions.actions.offer import Offering, offer
from labbooking.period import DAY, HOUR, Period
from tests.lab import berlin

NOW = berlin("2027-01-04 12:00")
START = berlin("2027-01-12 10:00")
TOPIC = "ar-headset"


def offering(by, start=START, *, people=2, location="Workshop", length=HOUR):
    return Offering(Period(start, start + length), location, people, by)


def a_slot(by, start=START, *, at=NOW, topic=TOPIC, **more):
    return offer(topic, offering(by, start, **more), by=by, at=at)


def lately(by, at, **more):
    """A slot that was offered a week ago and begins a minute before `at`."""
    return a_slot(by, at - HOUR / 60, at=at - 7 * DAY, **more)


def code_of(act, *arguments, **named):
    """How it ends: `done`, or the code of the error."""
    try:
        act(*arguments, **named)
    except DomainError as error:
        return error.code
    return "done"
