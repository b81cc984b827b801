"""Nights away, and guests."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from labbooking.lengths import LONGEST_LINE
from labbooking.residencies.stays.models import Stay


class AbsenceReason(models.TextChoices):
    WORK = "work", pgettext_lazy("why somebody is away", "work elsewhere")
    FAMILY = "family", pgettext_lazy("why somebody is away", "family")
    HEALTH = "health", pgettext_lazy("why somebody is away", "health")
    OTHER = "other", pgettext_lazy("why somebody is away", "something else")


class Absence(models.Model):
    """The nights from `from_on` on; on `until_on` somebody is back. Staff say what is excused."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.CharField(max_length=12, choices=AbsenceReason, default=AbsenceReason.OTHER)
    excused = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="absence_has_nights"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.until_on}"

    @property
    def nights(self) -> int:
        return (self.until_on - self.from_on).days


class GuestState(models.TextChoices):
    ANNOUNCED = "announced", pgettext_lazy("a guest of a resident", "announced")
    AGREED = "agreed", pgettext_lazy("a guest of a resident", "agreed")
    REFUSED = "refused", pgettext_lazy("a guest of a resident", "refused")
    GONE = "gone", pgettext_lazy("a guest of a resident", "gone")


STILL_COMES = frozenset({GuestState.ANNOUNCED, GuestState.AGREED})


class Guest(models.Model):
    """Somebody who sleeps here as well, from `from_on` until the morning of `until_on`."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=LONGEST_LINE)
    from_on = models.DateField()
    until_on = models.DateField()
    state = models.CharField(max_length=12, choices=GuestState, default=GuestState.ANNOUNCED)
    reason = models.CharField(max_length=LONGEST_LINE, blank=True)
    announced_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("from_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gt=F("from_on")), name="guest_has_nights"),
            models.CheckConstraint(
                condition=Q(state__in=list(GuestState.values)), name="guest_known_state"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def nights(self) -> int:
        return (self.until_on - self.from_on).days
