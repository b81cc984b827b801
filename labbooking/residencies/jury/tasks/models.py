"""Who reads what."""

from __future__ import annotations

from django.db import models

from labbooking.residencies.applications.models import Application
from labbooking.residencies.jury.models import Juror


class ReviewTask(models.Model):
    """`stopped_at` is when a conflict took it from the juror: it is not theirs any more."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="tasks")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="review_tasks"
    )
    given_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["juror", "application"], name="reviewtask_once")
        ]

    def __str__(self) -> str:
        return f"{self.juror.code}: {self.application.code}"
