"""A time in which the house was down decides nothing: it is noticed, and staff settle the rest."""

from labbooking.bookings.actions.outage.notice import note_tick
from labbooking.bookings.actions.outage.settle import Answer, answers_to, settle

__all__ = ["Answer", "answers_to", "note_tick", "settle"]
