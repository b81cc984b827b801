"""A stay has no state of its own: what its booking is in says how far it is."""

from labbooking.bookings.states import State

TAKES_PLACE = frozenset({State.APPROVED, State.IN_USE})
"""It lies ahead, or somebody is here."""
BEGUN = frozenset({State.IN_USE, State.COMPLETED})
"""Somebody is here, or was."""
WITH_A_FILE = TAKES_PLACE | BEGUN
"""From when on a booking of a studio can get the file of a stay; what is called off has no more."""
