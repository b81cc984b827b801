"""Requests are counted in windows of the real clock: tests count in one that lasts."""

from labbooking.wire.throttle import until_next
from tests.processes import eventually


def three_an_hour():
    """A rate, told when its hour does not end within the seconds that a test takes."""
    rate = "3/h"
    eventually(lambda: until_next(rate) > 10, within=15)
    return rate
