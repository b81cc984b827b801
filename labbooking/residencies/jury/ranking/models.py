"""Orders of what was read."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import QuerySet

from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.jury.models import Jury

METHOD = "adjusted-1"


class Ranking(models.Model):
    """One order that was made; the newest counts. `numbers` say of what it was made."""

    jury = models.ForeignKey(Jury, on_delete=models.CASCADE, related_name="rankings")
    made_at = models.DateTimeField()
    method = models.CharField(max_length=20, default=METHOD)
    numbers = models.JSONField(default=dict)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.jury} {self.made_at:%Y-%m-%d}"


class RankLine(models.Model):
    """`computed` is the place by the numbers alone; where `place` is another, people moved it, for
    a `reason`."""

    ranking = models.ForeignKey(Ranking, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="rank_lines"
    )
    place = models.PositiveIntegerField()
    computed = models.PositiveIntegerField()
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    mean = models.FloatField()
    median = models.FloatField()
    spread = models.FloatField()
    count = models.PositiveSmallIntegerField()
    is_tied = models.BooleanField(default=False)
    reason = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_PARAGRAPH)])

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["ranking", "application"], name="rankline_once"),
        ]
        indexes = [models.Index(fields=["ranking", "place"], name="rankline_place")]

    def __str__(self) -> str:
        return f"{self.place}. {self.application.code}"

    @property
    def code(self) -> str:
        return self.application.code


def lines_in_order(ranking: Ranking) -> QuerySet[RankLine]:
    """Whoever has withdrawn since has no place any more."""
    still = ranking.lines.exclude(application__state=ApplicationState.WITHDRAWN)
    return still.select_related("application").order_by("place", "pk")
