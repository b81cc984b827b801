"""What deciding rests on, apart from the bookings: who decides, and what they often say."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from equipment.models import ResourceType, in_language
from labbooking.lengths import LONGEST_PARAGRAPH


class Approver(models.Model):
    """Who decides on a type, and who stands in. Where nobody is named, all staff decide."""

    type = models.ForeignKey(ResourceType, on_delete=models.CASCADE, related_name="approvers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="decides_on"
    )
    is_deputy = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["type", "person"], name="approver_once_a_type")
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
