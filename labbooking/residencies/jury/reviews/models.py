"""What jurors think of what they read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from labbooking.residencies.jury.tasks.models import ReviewTask

LONGEST_REVIEW = 4000


class Recommendation(models.IntegerChoices):
    NO = 1, _("no")
    MAYBE = 2, _("perhaps")
    YES = 3, _("yes")


class Confidence(models.IntegerChoices):
    LITTLE = 1, _("I know little about it")
    SOME = 2, _("I know my way around")
    MUCH = 3, _("It is my own field")


def _graded(name: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            # Not as a list of digits: Django cannot read that back from SQLite (introspection.py).
            condition=Q(**{f"{field}__isnull": True})
            | Q(**{f"{field}__gte": min(values), f"{field}__lte": max(values)}),
            name=f"{name}_{field}",
        )
        for field, values in (
            ("recommendation", Recommendation.values),
            ("confidence", Confidence.values),
        )
    ]


class Judgement(models.Model):
    """`grades` are from 1 to 5, by the key of their criterion."""

    grades = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_REVIEW)])
    recommendation = models.PositiveSmallIntegerField(choices=Recommendation, null=True, blank=True)
    confidence = models.PositiveSmallIntegerField(choices=Confidence, null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def graded(self) -> dict[int, int]:
        return {int(key): grade for key, grade in self.grades.items()}


class Review(Judgement):
    """A draft until it is finished. `revision` counts what was saved, so that of two windows the
    second is told."""

    task = models.OneToOneField(ReviewTask, on_delete=models.CASCADE, related_name="review")
    revision = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_reason = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_REVIEW)])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [*_graded("review")]

    def __str__(self) -> str:
        return str(self.task)

    @property
    def code(self) -> str:
        return self.task.application.code

    @property
    def told(self) -> dict[str, Any]:
        """For whom it is about: what was given, and not by whom. Drafts are nobody's verdict."""
        if self.finished_at is None:
            return {}
        names = {each.pk: each.name_en for each in self.task.application.call.criteria.all()}
        graded = self.graded.items()
        return {"grades": {names.get(key, ""): grade for key, grade in graded}, "words": self.words}


class ReviewVersion(Judgement):
    """What a review said when the chair opened it again."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = [
            *_graded("reviewversion"),
            models.UniqueConstraint(fields=["review", "number"], name="reviewversion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.review} v{self.number}"

    @property
    def code(self) -> str:
        return self.review.code
