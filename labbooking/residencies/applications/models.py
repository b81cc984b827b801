"""An application for a stay, from its draft on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q

from equipment.models import Feature
from labbooking.period import DAY
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import MOST_WEEKS, Call, CallTerms

LONGEST_TITLE = 120
LONGEST_WORDS = 8000
LONGEST_REASON = 300
MOST_WORDS = {"project": 600, "about": 300}
"""What of an application may have so many words at most."""
MOST_HEADSETS = 4
MOST_COMPANIONS = 6


def _words() -> models.TextField[str, str]:
    return models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_WORDS)])


class Application(models.Model):
    """What somebody answers to a call.

    `code` stands for the person wherever a jury reads, and is one's partner's to name. `project`
    is for the jury; `about` and all that follows it, for staff alone. `discipline` is a line of the
    call's list, counted from 0. `earliest` and `latest` are the first day of a stay and the first
    day after it. `features_needed` are what a studio must have for them. `revision` counts what
    was saved, so that of two windows the second is told. `receipt` is a hash of what was handed
    in, and `late` says why it came after the deadline. `reminded_at` is when the person was last
    told that the draft lies there, `closing_told` of how many hours before the deadline they were
    told last, and `going_told` of which moment they were told that all of it goes then.
    """

    SAID: ClassVar[tuple[str, ...]] = (
        "title", "discipline", "language", "project", "about", "earliest", "latest", "weeks_min",
        "weeks_wished", "weeks_max", "arrival_wished", "headsets", "partner_code", "companions",
        "needs", "lives_in_germany",
    )  # fmt: skip

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(
        "residents.User", on_delete=models.PROTECT, related_name="applications"
    )
    code = models.CharField(max_length=12)
    state = models.CharField(
        max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=64, blank=True)
    late = models.CharField(max_length=LONGEST_REASON, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    closing_told = models.PositiveSmallIntegerField(default=0)
    going_told = models.DateTimeField(null=True, blank=True)
    terms = models.ForeignKey(CallTerms, on_delete=models.PROTECT, null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    discipline = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=2, blank=True)
    project = _words()
    about = _words()
    earliest = models.DateField(null=True, blank=True)
    latest = models.DateField(null=True, blank=True)
    weeks_min = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks_wished = models.PositiveSmallIntegerField(null=True, blank=True)
    weeks_max = models.PositiveSmallIntegerField(null=True, blank=True)
    arrival_wished = models.DateField(null=True, blank=True)
    headsets = models.PositiveSmallIntegerField(default=0)
    features_needed = models.ManyToManyField(Feature, related_name="+", blank=True)
    partner_code = models.CharField(max_length=12, blank=True)
    companions = models.PositiveSmallIntegerField(default=0)
    needs = _words()
    lives_in_germany = models.BooleanField(null=True, blank=True)

    checked_by = models.ForeignKey(
        "residents.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    check_reason = _words()

    class Meta:
        indexes = [models.Index(fields=["call", "state"], name="application_call_state")]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="application_one_code"),
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=~Q(state=ApplicationState.WITHDRAWN),
                name="application_one_alive",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN])
                | Q(submitted_at__isnull=False, terms__isnull=False),
                name="application_handed_in_with_terms",
            ),
            models.CheckConstraint(
                condition=Q(weeks_min__isnull=True)
                | Q(weeks_max__isnull=True)
                | Q(weeks_min__gte=1, weeks_max__gte=F("weeks_min"), weeks_max__lte=MOST_WEEKS),
                name="application_weeks",
            ),
            models.CheckConstraint(
                condition=Q(earliest__isnull=True)
                | Q(latest__isnull=True)
                | Q(latest__gt=F("earliest")),
                name="application_window_has_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.slug}: {self.code}"

    @property
    def discipline_name(self) -> str:
        names = self.call.disciplines
        known = self.discipline is not None and self.discipline < len(names)
        return names[self.discipline or 0] if known else ""

    @property
    def features_in_words(self) -> str:
        return ", ".join(each.name for each in self.features_needed.all())

    @property
    def last_day(self) -> date | None:
        return self.latest and self.latest - DAY
