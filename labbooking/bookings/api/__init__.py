"""Booking by API, one module a topic: each endpoint takes the time and calls one action."""

from labbooking.bookings.api import (
    acts,
    bookings,
    deciding,
    exceptions,
    holds,
    looking,
    moving,
    previewing,
    queues,
    waiting,
)

ROUTERS = (
    looking.router,
    previewing.router,
    bookings.router,
    exceptions.router,
    acts.router,
    deciding.router,
    moving.router,
    holds.router,
    waiting.router,
    queues.router,
)
"""In the order in which the page for programmers tells of them."""
