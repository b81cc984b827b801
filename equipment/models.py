"""What: everything that can be booked, and the house rules it is booked by."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from schedule.models import Calendar

from labbooking.period import DAY, Period, local_day
from labbooking.when import lab_zone, lab_zone_name


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
    `time_zone` is the house's when it was last described; `zone_check` compares it with today's.
    """

    slug = models.SlugField(unique=True)
    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="resources")
    calendar = models.OneToOneField(Calendar, on_delete=models.PROTECT, related_name="resource")
    time_zone = models.CharField(max_length=64, default=lab_zone_name)
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
        return lab_zone()


class HouseRules(models.Model):
    """One version of the rules of one type. A version never changes; a new one follows it.

    `opening` holds seven lists, Monday first, of `["07:00", "23:00"]` pairs in local time;
    `24:00` is the end of the day. Where `by_night` is set, a stay runs from the `arrival` time
    of one day to the `departure` time of another and is measured in nights.
    """

    class Approval(models.TextChoices):
        AUTOMATIC = "automatic", _("confirmed at once")
        STAFF = "staff", _("needs staff approval")

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


class HouseText(models.Model):
    """A text of the house that its staff write. Where there is no row, a page shows its own."""

    class Slug(models.TextChoices):
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        ARRIVAL = "arrival", _("Getting in")

    slug = models.CharField(max_length=16, choices=Slug, unique=True)
    title_de = models.CharField(_("title (German)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    body_de = models.TextField(_("text (German)"), max_length=20_000)
    body_en = models.TextField(_("text (English)"), max_length=20_000)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        return in_language(self.title_de, self.title_en)

    @property
    def body(self) -> str:
        return in_language(self.body_de, self.body_en)


class AnnouncementKind(models.TextChoices):
    EVENT = "event", _("Event")
    CALL = "call", _("Call")


class Announcement(models.Model):
    """An event, or a call for applications, on the front page until it is over.

    Applications to a call are taken from `starts_at` to `ends_at`, so it has both. An event
    without an end is over when its day is.
    """

    kind = models.CharField(max_length=8, choices=AnnouncementKind)
    title_de = models.CharField(_("title (German)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    text_de = models.TextField(_("text (German)"), max_length=600)
    text_en = models.TextField(_("text (English)"), max_length=600)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    url = models.URLField(_("address where people answer"), blank=True)
    email = models.EmailField(_("e-mail address people answer to"), blank=True)

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(email=""), name="announcement_can_be_answered"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="announcement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="event") | Q(kind="call", ends_at__isnull=False),
                name="announcement_call_has_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_de, self.title_en)

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)

    @property
    def is_call(self) -> bool:
        return self.kind == AnnouncementKind.CALL

    @property
    def period(self) -> Period | None:
        return Period(self.starts_at, self.ends_at) if self.ends_at else None

    @property
    def version(self) -> str:
        """Another one as soon as anything it says is another, as read from the database."""
        said = [getattr(self, each.attname) for each in self._meta.concrete_fields]
        return hashlib.sha256(repr(list(map(str, said))).encode()).hexdigest()[:16]

    def clean(self) -> None:
        if self.is_call and not self.ends_at:
            raise ValidationError({"ends_at": _("A call says until when people can apply.")})
        if not (self.url or self.email):
            message = _("Say how people answer: a web address, an e-mail address, or both.")
            raise ValidationError({"url": message})
        # Django asks even where a field that must be there is not.
        starts_at = cast("datetime | None", self.starts_at)
        if starts_at and self.ends_at and self.ends_at <= starts_at:
            raise ValidationError({"ends_at": _("The end must be later than the beginning.")})
