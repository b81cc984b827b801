"""Who comes along to a booking, by name or as a number, besides the person who has it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class WithParty(models.Model):
    """`people` come along without being named; those who are named are `Participant`s. All of its
    `group` may act for it, and then it counts to the quotas of the group and not of its person."""

    people = models.PositiveSmallIntegerField(default=0)
    group = models.ForeignKey(
        "bookings.BookingGroup",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookings",
    )

    class Meta:
        abstract = True

    named_along = 0
    """How many are named; known to bookings in detail (`queries.detailed`)."""
    along: list[Participant] | None = None
    """Those who are named, where somebody has looked (`participants.know_party`)."""

    @property
    def party_size(self) -> int:
        """With the person who has the booking."""
        return 1 + self.named_along + self.people


class Participant(models.Model):
    """Somebody of the house who takes part in another person's booking, and may leave it."""

    booking = models.ForeignKey(
        "bookings.Booking", on_delete=models.CASCADE, related_name="participants"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="takes_part"
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["booking", "person"], name="participant_once")
        ]

    def __str__(self) -> str:
        return f"participant {self.pk}"
