"""A call for applications, what it is decided by, and what applicants agree to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar, NamedTuple

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from equipment.models import Resource, TwoLanguages, in_language
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_LIST
from labbooking.period import DAY, Period
from labbooking.residencies.calls.grades import GRADES
from labbooking.residencies.calls.states import BY_THE_CLOCK, CallState

LONGEST_SUMMARY = 600
"""The front page shows it too."""
LONGEST_TEXT = 8000
LONGEST_TERMS_OF_CALL = 20_000
MOST_CRITERIA = 12
HEAVIEST = 5
MOST_WEEKS = 52
MOST_GRACE = 24 * 60
GRACE = 15
MOST_CENTS = 10_000_000
MOST_WEEKS_APART = 13
MOST_CUSHION = 28
MOST_OF_A_DISCIPLINE = 100
KEPT = (
    "keep_drafts_days", "keep_withdrawn_days", "keep_declined_days", "keep_accepted_days",
    "keep_reviews_days",
)  # fmt: skip
"""How many days what comes of a call is kept; residencies/retention says from when on."""
LEAST_KEPT = 14
"""A week before it goes whoever wrote it is told."""
MOST_KEPT = 3 * 365


def _days(count: int) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(default=count)


def _text(longest: int) -> models.TextField[str, str]:
    return models.TextField(blank=True, validators=[MaxLengthValidator(longest)])


class DisciplineLimit(NamedTuple):
    """So many of it are here at once at most, and so many in all at least."""

    name: str
    at_once_max: int | None
    floor: int


class Call(TwoLanguages):
    """Artists are asked to apply for stays in a season.

    `season_until` is the first day after the season. `disciplines` are lists, one a line, as many
    in each language; `disciplines_at_once_max` and `disciplines_floor` have a number for each of
    them, or none at all. People arrive on one of `arrival_weekdays`, `arrival_every_weeks`, and a
    studio stays empty for `cushion_days` more than its rules ask for. `stipend_cents` are a
    month's, none where there is no money. What comes in up to `grace_minutes` after `closes_at`
    still counts, which no page for applicants says.
    `revision` counts what staff have changed, so that of two who change it the second is told.
    """

    SAID: ClassVar[tuple[str, ...]] = (
        "name_de", "name_en", "summary_de", "summary_en", "description_de", "description_en",
        "disciplines_de", "disciplines_en", "disciplines_at_once_max", "disciplines_floor",
        "opens_at", "closes_at", "grace_minutes", "decision_on", "season_from", "season_until",
        "stay_weeks_min", "stay_weeks_max", "arrival_weekdays", "arrival_every_weeks",
        "cushion_days", "stipend_cents", "costs_de", "costs_en", "access_de", "access_en",
        "family_de", "family_en", "blind", "email", *KEPT,
    )  # fmt: skip

    slug = models.SlugField(
        unique=True,
        error_messages={"unique": _("This short name is in use already: choose another one.")},
    )
    state = models.CharField(max_length=10, choices=CallState, default=CallState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    reason_de = _text(LONGEST_SUMMARY)
    reason_en = _text(LONGEST_SUMMARY)
    announcement = models.OneToOneField(
        "equipment.Announcement",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="call",
    )

    summary_de = _text(LONGEST_SUMMARY)
    summary_en = _text(LONGEST_SUMMARY)
    disciplines_de = _text(LONGEST_LIST)
    disciplines_en = _text(LONGEST_LIST)
    disciplines_at_once_max = models.JSONField(default=list, blank=True)
    disciplines_floor = models.JSONField(default=list, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=GRACE)
    decision_on = models.DateField()
    season_from = models.DateField()
    season_until = models.DateField()
    studios = models.ManyToManyField(Resource, related_name="+", blank=True)
    stay_weeks_min = models.PositiveSmallIntegerField()
    stay_weeks_max = models.PositiveSmallIntegerField()
    arrival_weekdays = models.JSONField(default=list, blank=True)
    arrival_every_weeks = models.PositiveSmallIntegerField(default=2)
    cushion_days = models.PositiveSmallIntegerField(default=0)
    stipend_cents = models.PositiveIntegerField(null=True, blank=True)
    costs_de = _text(LONGEST_DESCRIPTION)
    costs_en = _text(LONGEST_DESCRIPTION)
    access_de = _text(LONGEST_DESCRIPTION)
    access_en = _text(LONGEST_DESCRIPTION)
    family_de = _text(LONGEST_DESCRIPTION)
    family_en = _text(LONGEST_DESCRIPTION)
    blind = models.BooleanField(default=True)
    email = models.EmailField(blank=True)
    keep_drafts_days = _days(30)
    keep_withdrawn_days = _days(30)
    keep_declined_days = _days(180)
    keep_accepted_days = _days(30)
    keep_reviews_days = _days(365)

    class Meta:
        indexes = [models.Index(fields=["state", "closes_at"], name="call_state_closes")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(season_until__gt=F("season_from")), name="call_season_has_days"
            ),
            models.CheckConstraint(
                condition=Q(stay_weeks_min__gte=1, stay_weeks_max__lte=MOST_WEEKS)
                & Q(stay_weeks_max__gte=F("stay_weeks_min")),
                name="call_stay_weeks",
            ),
            models.CheckConstraint(
                condition=Q(arrival_every_weeks__gte=1, arrival_every_weeks__lte=MOST_WEEKS_APART)
                & Q(cushion_days__lte=MOST_CUSHION),
                name="call_arrivals",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False) | Q(state="archived"),
                name="call_is_out_once_published",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__gte": LEAST_KEPT for name in KEPT})
                & Q(**{f"{name}__lte": MOST_KEPT for name in KEPT}),
                name="call_keeps_for_days",
            ),
        ]

    @property
    def summary(self) -> str:
        return in_language(self.summary_de, self.summary_en)

    @property
    def disciplines(self) -> list[str]:
        return in_language(self.disciplines_de, self.disciplines_en).splitlines()

    @property
    def discipline_limits(self) -> list[DisciplineLimit]:
        """Of each discipline, in their order."""
        names = self.disciplines
        most = self.disciplines_at_once_max or [None] * len(names)
        floors = self.disciplines_floor or [0] * len(names)
        return [DisciplineLimit(*each) for each in zip(names, most, floors, strict=False)]

    @property
    def costs(self) -> str:
        return in_language(self.costs_de, self.costs_en)

    @property
    def access(self) -> str:
        return in_language(self.access_de, self.access_en)

    @property
    def family(self) -> str:
        return in_language(self.family_de, self.family_en)

    @property
    def reason(self) -> str:
        return in_language(self.reason_de, self.reason_en)

    @property
    def period(self) -> Period:
        """In which it is open."""
        return Period(self.opens_at, self.closes_at)

    @property
    def season_last(self) -> date:
        return self.season_until - DAY

    @property
    def taken_until(self) -> datetime:
        """The end of the grace, which staff alone are told."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def stage(self, at: datetime) -> CallState:
        """What it is at a moment, to the second, whether or not the clock has been by."""
        if self.state not in BY_THE_CLOCK:
            return CallState(self.state)
        if at < self.opens_at:
            return CallState.ANNOUNCED
        return CallState.OPEN if at < self.closes_at else CallState.CLOSED


class Criterion(models.Model):
    """One of what a call is decided by. `weight` is from 1 to 5.

    `anchors` say what each grade means, one a line from the lowest to the highest; without them the
    scale that all criteria share holds.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    name_de = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    help_de = _text(LONGEST_SUMMARY)
    help_en = _text(LONGEST_SUMMARY)
    weight = models.PositiveSmallIntegerField(default=1)
    anchors_de = _text(LONGEST_LIST)
    anchors_en = _text(LONGEST_LIST)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["call", "order"], name="criterion_one_place"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=HEAVIEST), name="criterion_weight"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_de, self.name_en)

    @property
    def help(self) -> str:
        return in_language(self.help_de, self.help_en)

    @property
    def anchors(self) -> dict[int, str]:
        """What a grade means, by the grade; empty where the general scale holds."""
        lines = in_language(self.anchors_de, self.anchors_en).splitlines()
        return dict(zip(GRADES, lines, strict=False))


class CallTerms(models.Model):
    """One version of what whoever applies agrees to. Once the call is published it never changes;
    a new one follows it, until the call opens."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="terms")
    version = models.PositiveIntegerField()
    text_de = _text(LONGEST_TERMS_OF_CALL)
    text_en = _text(LONGEST_TERMS_OF_CALL)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "terms of calls"
        ordering = ("version",)
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="callterms_one_version")
        ]

    def __str__(self) -> str:
        return f"v{self.version}: {self.text[:60]}"

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)
