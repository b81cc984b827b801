"""What the clock of the house remembers: when it last ticked, and when it could not."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q


class ClockTick(models.Model):
    """The last tick; one row."""

    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"tick {self.at:%Y-%m-%d %H:%M}"


class Outage(models.Model):
    """From the last tick before to the first one after a time in which the house was down."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        default_permissions = ("view",)
        indexes = [models.Index(fields=["began_at"], name="outage_began")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__gt=F("began_at")), name="outage_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"outage {self.began_at:%Y-%m-%d %H:%M}"


def fell_into_an_outage(moment: str) -> Exists:
    """Whether the moment in this field did."""
    outages = Outage.objects.filter(began_at__lt=OuterRef(moment), ended_at__gte=OuterRef(moment))
    return Exists(outages)
