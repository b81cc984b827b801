"""Plans of a season, the places in them, why somebody has none, and what people fixed."""

from __future__ import annotations

from datetime import timedelta

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import MOST_WEEKS, Call
from labbooking.residencies.seasons.states import PlanState

LONGEST_REASON = 1000


class AimOfPlan(models.TextChoices):
    ORDER = "order", _("The jury’s order: nobody is displaced by people ranked below")
    POINTS = "points", _("As many points as possible")
    WEEKS = "weeks", _("As many points times weeks as possible")


class SeasonPlan(models.Model):
    """A question and its answer, in JSON that is the same for the same question.

    `fingerprint` is the question's SHA-256; it holds codes and no names. `others` is what the other
    aims would give. `season_from` is the first day of arrival, from which weeks are counted.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.WAITING)
    aim = models.CharField(max_length=6, choices=AimOfPlan)
    season_from = models.DateField()
    question = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(null=True, blank=True)
    others = models.JSONField(null=True, blank=True)
    solver = models.CharField(max_length=40)
    made_by = models.ForeignKey("residents.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "residents.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_REASON)])

    class Meta:
        indexes = [
            models.Index(fields=["fingerprint"], name="seasonplan_fingerprint"),
            models.Index(fields=["state", "made_at"], name="seasonplan_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="seasonplan_one_version"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state=PlanState.SETTLED), name="seasonplan_one_settled"
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.SETTLED)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="seasonplan_settled_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.slug} v{self.version}"


class ChosenAim(models.Model):
    """What the plan of a season is to count, and since when that is said. Without it, it is the
    jury's order."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="chosen_aim")
    aim = models.CharField(max_length=6, choices=AimOfPlan)
    chosen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.call.slug}: {self.aim}"


class Place(models.Model):
    """`ends_on` is the day of leaving."""

    plan = models.ForeignKey(SeasonPlan, on_delete=models.CASCADE, related_name="places")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="places")
    resource = models.ForeignKey(
        "equipment.Resource", on_delete=models.PROTECT, related_name="places"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    fit = models.PositiveSmallIntegerField()
    fixed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "application"], name="place_one_of_each"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="place_has_days"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.starts_on}"

    @property
    def nights(self) -> int:
        return (self.ends_on - self.starts_on) // timedelta(days=1)


class Why(models.Model):
    """Why an application has no place in a plan: what it would cost, and what would change it."""

    plan = models.ForeignKey(SeasonPlan, on_delete=models.CASCADE, related_name="whys")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="whys")
    data = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "application"], name="why_one_of_each")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"


class FixedPlace(models.Model):
    """What people have decided for all plans that follow. The last three are said with `at`."""

    class How(models.TextChoices):
        IN = "in", _("is placed, anywhere")
        OUT = "out", _("is not placed")
        AT = "at", _("is exactly there:")

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="fixed_place"
    )
    how = models.CharField(max_length=3, choices=How)
    resource = models.ForeignKey(
        "equipment.Resource", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField(null=True, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(how="at")
                | Q(
                    resource__isnull=False,
                    starts_on__isnull=False,
                    weeks__gte=1,
                    weeks__lte=MOST_WEEKS,
                ),
                name="fixedplace_says_where",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.how}"
