"""An offer of a stay: a studio that is kept for somebody until their answer is due."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from equipment.models import Resource
from labbooking.bookings.models import Booking
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_PARAGRAPH
from labbooking.period import Period
from labbooking.residencies.applications.models import Application
from labbooking.residencies.offers.states import STANDING, OfferState


class Offer(models.Model):
    """`words` come with it; `answer` is what its person says when they decline, and `asked` when
    they would rather come at another time. `starts_at` and `ends_at` are what was offered, whatever
    becomes of the booking. `reason` says why it was called back.

    `halfway_told_at` and `last_day_told_at` are until when an answer was due when a reminder was
    recorded: where more time is given, it is told anew.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="offers")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=OfferState, default=OfferState.OPEN)
    made_by = models.ForeignKey("residents.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(max_length=LONGEST_DESCRIPTION, blank=True)
    answer = models.TextField(max_length=LONGEST_PARAGRAPH, blank=True)
    asked = models.TextField(max_length=LONGEST_PARAGRAPH, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(max_length=LONGEST_PARAGRAPH, blank=True)
    halfway_told_at = models.DateTimeField(null=True, blank=True)
    last_day_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "answer_by"], name="offer_state_answer_by")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=STANDING),
                name="offer_one_of_an_application",
            ),
            models.UniqueConstraint(
                fields=["booking"], condition=Q(state__in=STANDING), name="offer_one_of_a_booking"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.OPEN, ended_at=None)
                | (~Q(state=OfferState.OPEN) & Q(ended_at__isnull=False)),
                name="offer_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.state}"

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    def can_be_answered(self, at: datetime) -> bool:
        """Whether or not the clock has been by."""
        return self.state == OfferState.OPEN and at < self.answer_by
