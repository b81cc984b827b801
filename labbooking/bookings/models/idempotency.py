"""What makes a request that is sent twice one request."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """The key under which a person made something by API, so that a repeat finds it again: a
    booking, or a place on the waiting list."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    booking = models.ForeignKey("bookings.Booking", on_delete=models.PROTECT, null=True)
    waiting = models.ForeignKey("bookings.Waiting", on_delete=models.PROTECT, null=True)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="idempotencykey_once")
        ]

    def __str__(self) -> str:
        return self.key
