"""What: everything that can be booked, and the house rules it is booked by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from schedule.models import Calendar

from labbooking.period import DAY, Period, local_day


class Kind(models.TextChoices):
    STUDIO = "studio", _("studio")
    SEAT = "seat", _("seat")
    DEVICE = "device", _("device")
    SPACE = "space", _("space")


def in_language(german: str, english: str) -> str:
    """Whichever of two texts is in the language a person reads right now."""
    return german if (get_language() or "de").startswith("de") else english


class TwoLanguages(models.Model):
    """A name and a description in the two languages of the house."""

    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    description_de = models.TextField(_("description (German)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_de, self.name_en)

    @property
    def description(self) -> str:
        return in_language(self.description_de, self.description_en)


class ResourceType(TwoLanguages):
    """A pool of like resources: ten seats are ten resources of one type."""

    class Drawing(models.TextChoices):
        STUDIO = "studio"
        SEAT = "seat"
        HEADSET = "headset"
        SCREEN = "screen"
        BOARD = "board"
        WORKSPACE = "workspace"

    slug = models.SlugField(unique=True)
    plural_de = models.CharField(_("plural (German)"), max_length=120, blank=True)
    plural_en = models.CharField(_("plural (English)"), max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    drawing = models.CharField(max_length=16, choices=Drawing)
    photo = models.CharField(max_length=64, blank=True, editable=False)
    manual_url = models.URLField(_("manual"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    rules = models.ForeignKey(
        "HouseRules", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("order", "slug")

    @property
    def plural(self) -> str:
        """What several are called; the name where no plural was given."""
        return in_language(self.plural_de, self.plural_en) or self.name


class Resource(TwoLanguages):
    """One bookable thing or place. A whole names its parts; booking it takes them all.

    `plan_x` and `plan_y` place it on the floor plan, in metres from its upper left corner.
    """

    slug = models.SlugField(unique=True)
    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="resources")
    calendar = models.OneToOneField(Calendar, on_delete=models.PROTECT, related_name="resource")
    time_zone = models.CharField(max_length=64, default="Europe/Berlin")
    parts = models.ManyToManyField("self", symmetrical=False, related_name="wholes", blank=True)
    photo = models.CharField(max_length=64, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    is_bookable = models.BooleanField(_("can be booked"), default=True)
    manual_url = models.URLField(_("manual"), blank=True)
    plan_x = models.FloatField(null=True, blank=True)
    plan_y = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("type__order", "order", "slug")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class HouseRules(models.Model):
    """One version of the rules of one type. A version never changes; a new one follows it.

    `opening` holds seven lists, Monday first, of `["07:00", "23:00"]` pairs in local time;
    `24:00` is the end of the day. Where `by_night` is set, a stay runs from the `arrival` time
    of one day to the `departure` time of another and is measured in nights.
    """

    class Approval(models.TextChoices):
        AUTOMATIC = "automatic", _("confirmed at once")
        STAFF = "staff", _("needs staff's yes")

    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    made_at = models.DateTimeField()
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
    induction = models.SlugField(blank=True)

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

    def open_on(self, day: date, zone: ZoneInfo) -> list[Period]:
        """The opening hours of a local day, as instants."""
        hours = self.opening[day.weekday()] if self.opening else [["00:00", "24:00"]]
        return [Period(_clock(day, start, zone), _clock(day, end, zone)) for start, end in hours]


def _clock(day: date, clock: str, zone: ZoneInfo) -> datetime:
    """The instant of a wall-clock time; opening hours take the later side of a clock change."""
    if clock == "24:00":
        return local_day(day + DAY, zone).start
    return datetime.combine(day, time.fromisoformat(clock), zone)
