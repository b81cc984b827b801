"""Booking by API, one module a topic: each endpoint takes the time and calls one action."""

from labbooking.bookings.api import (
    acts,
    approvals,
    availability,
    bookings,
    exceptions,
    holds,
    move,
    outages,
    party,
    preview,
    queues,
    waitlist,
)

ROUTERS = (
    availability.router,
    preview.router,
    bookings.router,
    exceptions.router,
    acts.router,
    approvals.router,
    outages.router,
    move.router,
    party.router,
    holds.router,
    waitlist.router,
    queues.router,
)
"""In the order in which the page for programmers tells of them."""
