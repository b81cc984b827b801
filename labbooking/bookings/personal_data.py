"""What bookings hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from labbooking.bookings.queries import detailed
from residents.privacy.registry import Erasure, Holding

HELD = (
    Holding(
        "bookings.Booking",
        "person",
        Erasure.EMPTIED,
        _("Bookings"),
        (
            "starts_at",
            "ends_at",
            "things",
            "state",
            "purpose",
            "people",
            "group",
            "requested_at",
            "decided_at",
            "reason",
            "override_reason",
            "exception_reason",
            "checked_in_at",
            "checked_out_at",
            "question",
            "answer",
        ),
        ("purpose", "reason", "override_reason", "exception_reason", "question", "answer"),
        detailed,
    ),
    Holding("bookings.Booking", "made_by", Erasure.KEPT),
    Holding("bookings.Booking", "decided_by", Erasure.KEPT),
    Holding("bookings.Booking", "handed_by", Erasure.KEPT),
    Holding(
        "bookings.BookingStep",
        "person",
        Erasure.EMPTIED,
        _("Answers to requests, step by step"),
        ("number", "is_yes", "answered_at", "words"),
        ("words",),
    ),
    Holding("bookings.BookingStep", "answered_by", Erasure.KEPT),
    Holding(
        "bookings.Waiting",
        "person",
        Erasure.EMPTIED,
        _("Places on the waiting list"),
        (
            "starts_at",
            "ends_at",
            "resources",
            "types",
            "purpose",
            "people",
            "group",
            "state",
            "joined_at",
        ),
        ("purpose",),
    ),
    Holding(
        "bookings.Participant",
        "person",
        Erasure.DELETED,
        _("Takes part in bookings of others"),
        ("booking", "added_at"),
    ),
    Holding("bookings.Waiting_participants", "user", Erasure.DELETED),
    Holding("bookings.Membership", "person", Erasure.DELETED, _("Groups"), ("group", "joined_at")),
    Holding(
        "bookings.IntakeAnswer",
        "person",
        Erasure.EMPTIED,
        _("Answers to questions"),
        ("question", "value", "given_at"),
        ("value",),
    ),
    Holding(
        "bookings.Acceptance",
        "person",
        Erasure.DELETED,
        _("Terms accepted"),
        ("terms", "accepted_at"),
    ),
    Holding("bookings.Acceptance", "by", Erasure.KEPT),
    Holding("bookings.Approver", "person", Erasure.DELETED, _("Decides on"), ("type", "step")),
    Holding(
        "bookings.IdempotencyKey",
        "person",
        Erasure.DELETED,
        _("Keys of requests by programs"),
        ("key", "made_at"),
    ),
    Holding("bookings.Closure", "made_by", Erasure.KEPT),
    Holding("schedule.Event", "creator", Erasure.KEPT),
)
