"""What we learn: studies, who agreed to take part in them, exports and weekly summaries.

Nothing here is for staff: consents and keys have no permissions, no admin and no page but the
person's own.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from equipment.models import TwoLanguages, in_language
from labbooking.period import DAY, HOUR, Period, day_start

FETCHED_WITHIN = HOUR
"""So long the file of an export can be fetched once it was asked for."""


class Study(TwoLanguages):
    """A study looks at the entries of those who agreed to it, between two local days."""

    slug = models.SlugField(unique=True)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    researchers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="studies")
    is_open = models.BooleanField(_("takes people in"), default=True)
    house_figures = models.BooleanField(default=False)
    """Whether it is the one whose people are counted in the weekly figures of the house."""
    people_counted = models.PositiveIntegerField(null=True, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    """How many took part, as counted on the latest Monday: a live count would tell who came."""
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    """When its key was deleted. Nothing opens it again."""

    class Meta:
        verbose_name_plural = "studies"
        ordering = ("slug",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="study_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(is_open=False), name="study_ended_takes_nobody_in"
            ),
            # For good: the same weeks counted with other people tell on those who differ.
            models.UniqueConstraint(
                fields=["house_figures"],
                condition=Q(house_figures=True),
                name="study_one_of_the_house",
            ),
        ]

    def during(self, period: Period, zone: ZoneInfo) -> Period | None:
        """What of `period` lies between the study's first and last day in `zone`."""
        start = max(period.start, day_start(self.starts, zone))
        end = min(period.end, day_start(self.ends + DAY, zone)) if self.ends else period.end
        return Period(start, end) if start < end else None


def new_secret() -> bytes:
    return secrets.token_bytes(32)


class StudyKey(models.Model):
    """The secret that makes a study's pseudonyms, apart from the study.

    Without it nobody can tell any more which person a pseudonym stands for.
    """

    study = models.OneToOneField(Study, on_delete=models.PROTECT, related_name="key")
    secret = models.BinaryField(default=new_secret)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"key of {self.study_id}"


class ConsentText(models.Model):
    """One version of what people agree to. It never changes; a new version follows it."""

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="texts")
    version = models.PositiveIntegerField()
    text_de = models.TextField()
    text_en = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("study", "-version")
        constraints = [
            models.UniqueConstraint(fields=["study", "version"], name="consenttext_one_version")
        ]

    def __str__(self) -> str:
        return f"{self.study_id} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("Consent texts are versioned: make a new version instead."))
        super().save(*args, **kwargs)

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)


class Consent(models.Model):
    """A person agreed to one version of a study's text, until they withdrew. Rows are kept.

    What happened before `covers_from` is not part of it.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    covers_from = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-given_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["study", "person"],
                condition=Q(withdrawn_at=None),
                name="consent_one_active",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Export(models.Model):
    """A period of a study's usage log up to `last_entry_id`, so that it can be had again.

    It holds no rows: who consents is asked anew at every download, which is within an hour of
    `asked_at`, when somebody last asked for it.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="exports")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    format = models.CharField(max_length=8, choices=Format, default=Format.CSV)
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    last_entry_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ("-made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="export_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def period(self) -> Period:
        return Period(self.starts_at, self.ends_at)

    def can_be_fetched(self, at: datetime) -> bool:
        return at < self.asked_at + FETCHED_WITHIN


class UsageSummary(models.Model):
    """The figures of the house in one week, counted once; `figures` is empty where `suppressed`.

    `made_under`: 2 for those with no number of fewer than five people. Earlier ones (1) were made
    for each study and stay as they were told.

    Later consents and withdrawals change no summary, because the difference would tell on
    whoever came or went.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="summaries")
    week_start = models.DateField()
    figures = models.JSONField(default=dict)
    suppressed = models.BooleanField()
    made_under = models.PositiveSmallIntegerField(default=2)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "usage summaries"
        default_permissions = ()
        ordering = ("-week_start",)
        constraints = [
            models.UniqueConstraint(fields=["study", "week_start"], name="usagesummary_once")
        ]

    def __str__(self) -> str:
        return f"{self.study_id} {self.week_start}"

    @property
    def last_day(self) -> date:
        return self.week_start + 6 * DAY
