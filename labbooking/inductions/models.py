"""Inductions as appointments: a time that staff offer, and who has a place in it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from labbooking.lengths import LONGEST_LINE
from labbooking.period import Period

MOST_PEOPLE = 50


class InductionSlot(models.Model):
    """Staff show up to `people` persons at once how things of one topic work.

    `topic` is the word that house rules name when they require an induction. A slot that is called
    off keeps its places, so that those who had one are told. `giver_missed_at` is when staff were
    told that whoever was to give it has left the team.
    """

    topic = models.SlugField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    location = models.CharField(max_length=LONGEST_LINE)
    people = models.PositiveSmallIntegerField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    giver_missed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST_LINE, blank=True)

    class Meta:
        indexes = [models.Index(fields=["topic", "starts_at"], name="inductionslot_topic_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="inductionslot_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="inductionslot_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    @property
    def has_giver(self) -> bool:
        return self.given_by.is_active and self.given_by.is_lab_staff

    def has_begun(self, at: datetime) -> bool:
        return self.starts_at <= at


class InductionPlace(models.Model):
    """One person's place. Places are numbered from 1 up to how many people the slot takes; the
    database refuses a number beyond that (see `guards.py`) and each number twice.
    """

    slot = models.ForeignKey(InductionSlot, on_delete=models.CASCADE, related_name="taken")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="induction_places"
    )
    number = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    inducted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "number"], name="inductionplace_one_each"),
            models.UniqueConstraint(fields=["slot", "person"], name="inductionplace_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="inductionplace_number"),
        ]

    def __str__(self) -> str:
        return f"place {self.number} of slot {self.slot_id}"

    @property
    def topic(self) -> str:
        return self.slot.topic

    @property
    def starts_at(self) -> datetime:
        return self.slot.starts_at
