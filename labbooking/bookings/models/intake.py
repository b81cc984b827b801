"""What people answered and agreed to when they booked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _

from equipment.models import Question, QuestionKind, Terms
from labbooking.bookings.models.booking import Booking
from labbooking.lengths import LONGEST_PARAGRAPH


class IntakeAnswer(models.Model):
    """What somebody said to one wording of a question. Without a booking it was said when they
    joined the waiting list, or for a booking that somebody else has by now.

    The last one is their answer until the question changes; `given_at` is when they said it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    booking = models.ForeignKey(
        Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    value = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("given_at", "pk")
        indexes = [models.Index(fields=["person", "question"], name="answer_person_question")]
        constraints = [
            models.UniqueConstraint(fields=["booking", "question"], name="answer_one_a_booking")
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def in_words(self) -> str:
        """As somebody reads it, in their language."""
        if self.question.kind == QuestionKind.YES_NO:
            return {"yes": _("Yes"), "no": _("No")}.get(self.value, "")
        return self.question.labels.get(self.value, self.value)


class Acceptance(models.Model):
    """Somebody agreed to one version of terms, with the booking that first needed them; `by` staff
    where they said so for them."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acceptances"
    )
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="acceptances")
    booking = models.ForeignKey(
        Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="acceptances"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "terms"], name="acceptance_once")]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"
