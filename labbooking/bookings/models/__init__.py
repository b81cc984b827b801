"""The tables of the room; `booking` holds the one truth about occupancy."""

from labbooking.bookings.models.approval import ApprovalStep, Approver, ReadyReason
from labbooking.bookings.models.booking import Allocation, Booking, Closure, Series
from labbooking.bookings.models.clock import ClockTick, Outage
from labbooking.bookings.models.groups import BookingGroup, Membership
from labbooking.bookings.models.idempotency import IdempotencyKey
from labbooking.bookings.models.in_steps import BookingStep
from labbooking.bookings.models.intake import Acceptance, IntakeAnswer
from labbooking.bookings.models.party import Participant
from labbooking.bookings.models.spanning import Spanning
from labbooking.bookings.models.waitlist import Waiting

__all__ = [
    "Acceptance",
    "Allocation",
    "ApprovalStep",
    "Approver",
    "Booking",
    "BookingGroup",
    "BookingStep",
    "ClockTick",
    "Closure",
    "IdempotencyKey",
    "IntakeAnswer",
    "Membership",
    "Outage",
    "Participant",
    "ReadyReason",
    "Series",
    "Spanning",
    "Waiting",
]
