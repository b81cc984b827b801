"""How far a request has come that is decided on in steps."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from labbooking.bookings.models.approval import ApprovalStep
from labbooking.lengths import LONGEST_PARAGRAPH


class InSteps(models.Model):
    """What a booking itself knows of its steps, so that no list has to ask for them.

    `steps_done` of its `steps` have said yes, and it waits at the step `waits_at` since
    `step_since`. `step_reach` is who may answer by now (`rules.who_decides`). Where one yes is all
    there is, `steps` is 0 and the rest means nothing.
    """

    waits_at = models.ForeignKey(
        ApprovalStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    steps = models.PositiveSmallIntegerField(default=0)
    steps_done = models.PositiveSmallIntegerField(default=0)
    step_since = models.DateTimeField(null=True, blank=True)
    step_reach = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def step_number(self) -> int | None:
        """Of the step it waits at, counted from 1."""
        return None if self.waits_at_id is None else self.steps_done + 1

    @property
    def at_step(self) -> tuple[int | None, int]:
        """The same for those dates of a series that one answer is for."""
        return self.waits_at_id, self.steps_done


class BookingStep(models.Model):
    """One step of one request, laid down when it was asked for, and what was answered there to whom
    it was for.

    An answer stands until `void_at`, when another time was asked for: what was said to a time
    holds for that time alone.
    """

    booking = models.ForeignKey("Booking", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    waited_since = models.DateTimeField(null=True, blank=True)
    reach = models.PositiveSmallIntegerField(default=0)
    is_yes = models.BooleanField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    void_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("number", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["booking", "number"],
                condition=Q(void_at=None),
                name="booking_step_once",
            ),
            models.CheckConstraint(
                condition=Q(is_yes=None, answered_at=None)
                | Q(is_yes__isnull=False, answered_at__isnull=False),
                name="booking_step_answered_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.number} of booking {self.booking_id}"
