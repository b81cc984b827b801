"""The house rules that things of a type are booked by, in versions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from equipment.models.things import ResourceType
from labbooking.period import DAY, Period, local_day


class HouseRules(models.Model):
    """One version of the rules of one type. A version never changes; a new one follows it.

    `opening` holds seven lists, Monday first, of `["07:00", "23:00"]` pairs in local time;
    `24:00` is the end of the day. Where `by_night` is set, a stay runs from the `arrival` time
    of one day to the `departure` time of another and is measured in nights.
    """

    class Approval(models.TextChoices):
        AUTOMATIC = "automatic", _("confirmed at once")
        STAFF = "staff", _("needs staff approval")

    INDUCTION_MONTHS = 12
    """So long an induction is valid unless the rules say otherwise."""
    LIMITS = ("at_once", "hours_a_week", "group_at_once", "group_hours_a_week")
    """Of one person, and of a group."""

    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    by_staff = models.BooleanField(default=False, editable=False)
    opening = models.JSONField(default=list)
    by_night = models.BooleanField(default=False)
    arrival = models.TimeField(null=True, blank=True)
    departure = models.TimeField(null=True, blank=True)
    smallest_nights = models.PositiveSmallIntegerField(default=1)
    largest_nights = models.PositiveSmallIntegerField(default=90)
    smallest = models.DurationField(default=timedelta(minutes=15))
    largest = models.DurationField(default=timedelta(hours=14))
    step = models.DurationField(default=timedelta(minutes=15))
    lead_time = models.DurationField(default=timedelta)
    horizon = models.DurationField(default=timedelta(days=365))
    turnaround_before = models.DurationField(default=timedelta)
    turnaround_after = models.DurationField(default=timedelta)
    approval = models.CharField(max_length=16, choices=Approval, default=Approval.STAFF)
    hold = models.DurationField(default=timedelta(hours=72))
    cancel_until = models.DurationField(default=timedelta)
    check_in_opens = models.DurationField(default=timedelta(minutes=30))
    release_after = models.DurationField(null=True, blank=True)
    escalate_after = models.DurationField(null=True, blank=True)
    self_check_in = models.BooleanField(default=False)
    remind_return = models.DurationField(null=True, blank=True)
    at_once = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    group_at_once = models.PositiveSmallIntegerField(null=True, blank=True)
    group_hours_a_week = models.PositiveSmallIntegerField(null=True, blank=True)
    induction = models.SlugField(blank=True)
    induction_months = models.PositiveSmallIntegerField(default=INDUCTION_MONTHS)

    class Meta:
        verbose_name_plural = "house rules"
        constraints = [
            models.UniqueConstraint(fields=["type", "version"], name="houserules_one_version"),
            models.CheckConstraint(
                condition=Q(largest__gte=F("smallest")), name="houserules_durations"
            ),
            models.CheckConstraint(
                condition=Q(largest_nights__gte=F("smallest_nights")), name="houserules_nights"
            ),
            models.CheckConstraint(
                condition=Q(induction_months__gte=1), name="houserules_induction_months"
            ),
            models.CheckConstraint(
                condition=Q(by_night=False) | Q(arrival__isnull=False, departure__isnull=False),
                name="houserules_nights_have_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_id} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.get("force_insert"):
            raise ValidationError(_("House rules are versioned: make a new version instead."))
        super().save(*args, **kwargs)

    @property
    def needs_staff(self) -> bool:
        return self.approval == self.Approval.STAFF

    def most_at_once(self, *, of_group: bool) -> int | None:
        """A group that has no number of its own may hold as much as one person."""
        own = self.group_at_once if of_group else None
        return self.at_once if own is None else own

    def most_hours_a_week(self, *, of_group: bool) -> int | None:
        """As `most_at_once`."""
        own = self.group_hours_a_week if of_group else None
        return self.hours_a_week if own is None else own

    def open_on(self, day: date, zone: ZoneInfo) -> list[Period]:
        """The opening hours of a local day, as instants."""
        hours = self.opening[day.weekday()] if self.opening else [["00:00", "24:00"]]
        return [Period(_clock(day, start, zone), _clock(day, end, zone)) for start, end in hours]


def _clock(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time; opening hours take the later side of a clock change."""
    if clock == "24:00":
        return local_day(day + DAY, zone).start
    return datetime.combine(day, time.fromisoformat(clock), zone)
