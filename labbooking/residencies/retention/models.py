"""What is left of applications and reviews once they have gone: numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call, Criterion

NO_DISCIPLINE = -1


class ApplicationCount(models.Model):
    """How many applications of a call that were deleted had come to this. `discipline` is a line of
    the call's list, counted from 0; `month` is the first day of the one in which it was decided."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="counts")
    discipline = models.SmallIntegerField(default=NO_DISCIPLINE)
    state = models.CharField(max_length=12, choices=ApplicationState)
    month = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("month", "state", "discipline")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "discipline", "state", "month"], name="applicationcount_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.state} {self.month:%Y-%m}: {self.count}"


class GradeCount(models.Model):
    """How often jurors gave a grade by a criterion, in reviews that were deleted."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="grade_counts")
    grade = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("criterion", "grade")
        constraints = [
            models.UniqueConstraint(fields=["criterion", "grade"], name="gradecount_once"),
            models.CheckConstraint(
                condition=Q(grade__gte=1, grade__lte=5), name="gradecount_grade"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id} {self.grade}: {self.count}"
