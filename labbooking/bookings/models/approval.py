"""What deciding rests on, apart from the bookings: who decides, in which steps, and what they often
say."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from equipment.models import ResourceType, in_language
from labbooking.lengths import LONGEST_LINE, LONGEST_PARAGRAPH
from labbooking.period import HOUR


class ApprovalStep(models.Model):
    """One of the steps in which a type is decided on, in the order of their `place`.

    What is taken off the list is `retired_at`, and kept: requests that wait at it still go
    through it. Without `hours` its deadline is the one of the house rules.
    """

    type = models.ForeignKey(ResourceType, on_delete=models.CASCADE, related_name="steps")
    slug = models.SlugField(max_length=50)
    place = models.PositiveSmallIntegerField()
    name_de = models.CharField(max_length=LONGEST_LINE)
    name_en = models.CharField(max_length=LONGEST_LINE)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("place", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["type", "slug"],
                condition=Q(retired_at=None),
                name="approval_step_once_a_type",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_de, self.name_en)

    @property
    def deadline(self) -> timedelta | None:
        return None if self.hours is None else self.hours * HOUR


class Approver(models.Model):
    """Who decides on a type, and who stands in. Where nobody is named, all staff decide.

    Of a type that is decided on in steps, each `step` has its own.
    """

    type = models.ForeignKey(ResourceType, on_delete=models.CASCADE, related_name="approvers")
    step = models.ForeignKey(
        ApprovalStep, on_delete=models.CASCADE, null=True, blank=True, related_name="approvers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="decides_on"
    )
    is_deputy = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["type", "person"], condition=Q(step=None), name="approver_once_a_type"
            ),
            models.UniqueConstraint(
                fields=["step", "person"],
                condition=Q(step__isnull=False),
                name="approver_once_a_step",
            ),
        ]

    def __str__(self) -> str:
        return f"approver {self.pk}"


class ReadyReason(models.Model):
    """What staff often say when they say no; they choose it and may change it before it is sent."""

    text_de = models.CharField(max_length=LONGEST_PARAGRAPH)
    text_en = models.CharField(max_length=LONGEST_PARAGRAPH)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)
