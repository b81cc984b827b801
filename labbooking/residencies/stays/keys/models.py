"""Keys: which one is with whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from labbooking.residencies.stays.models import Stay

LONGEST_TAG = 40


class KeyHandout(models.Model):
    """One key with one tag, from when it was handed out until it came back."""

    stay = models.ForeignKey(Stay, on_delete=models.PROTECT, related_name="keys")
    tag = models.CharField(max_length=LONGEST_TAG)
    out_at = models.DateTimeField()
    out_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    back_at = models.DateTimeField(null=True, blank=True)
    back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("out_at", "pk")
        constraints = [
            models.UniqueConstraint(
                Lower("tag"), condition=Q(back_at=None), name="keyhandout_out_once"
            ),
            models.CheckConstraint(
                condition=Q(back_at=None, back_by=None)
                | Q(back_at__isnull=False, back_by__isnull=False),
                name="keyhandout_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.tag
