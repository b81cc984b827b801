"""People who book together: whatever belongs to their group, each of them may act for."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class BookingGroup(models.Model):
    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    group = models.ForeignKey(BookingGroup, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"membership {self.pk}"
