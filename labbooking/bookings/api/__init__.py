"""Booking by API, one module a topic: each endpoint takes the time and calls one action."""

from labbooking.bookings.api import acts, bookings, looking

ROUTERS = (looking.router, bookings.router, acts.router)
"""In the order in which the page for programmers tells of them."""
