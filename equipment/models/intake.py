"""What a booking of a type asks: questions, and terms to accept, each in versions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from equipment.models.things import ResourceType, in_language
from labbooking.lengths import LONGEST_LINE

LONGEST_TERMS = 20_000
MOST_CHOICES = 50
MOST_QUESTIONS = 30
"""Of one type."""


class QuestionKind(models.TextChoices):
    TEXT = "text", _("text")
    NUMBER = "number", _("number")
    CHOICE = "choice", _("choice")
    YES_NO = "yes-no", _("yes or no")


class ShownTo(models.TextChoices):
    STAFF = "staff", _("staff alone")
    FELLOWS = "fellows", _("staff and whoever takes part")


class Question(models.Model):
    """One wording of a question. It never changes but for its place and its end: a new version
    follows it, and what was answered stays readable beside what was asked.

    `key` names it for programs, once in the whole house. `choices` are triples of a key and its
    words in German and English. `smallest` and `largest` bound a number.
    """

    SAID = (
        "text_de", "text_en", "kind", "required", "shown_to", "choices", "smallest", "largest",
        "in_research",
    )  # fmt: skip

    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="questions")
    key = models.SlugField()
    version = models.PositiveIntegerField(default=1)
    order = models.PositiveSmallIntegerField(default=0)
    text_de = models.CharField(_("question (German)"), max_length=LONGEST_LINE)
    text_en = models.CharField(_("question (English)"), max_length=LONGEST_LINE)
    kind = models.CharField(max_length=8, choices=QuestionKind)
    required = models.BooleanField(default=False)
    shown_to = models.CharField(max_length=8, choices=ShownTo, default=ShownTo.STAFF)
    choices = models.JSONField(default=list, blank=True)
    smallest = models.IntegerField(null=True, blank=True)
    largest = models.IntegerField(null=True, blank=True)
    in_research = models.BooleanField(default=False)
    by_staff = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="question_one_version"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(ended_at=None), name="question_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(in_research=False) | ~Q(kind="text"),
                name="question_no_text_in_research",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)

    @property
    def said(self) -> dict[str, Any]:
        """All that a new version is made for."""
        return {name: getattr(self, name) for name in self.SAID}

    @property
    def labels(self) -> dict[str, str]:
        """The choices by their keys, in the language somebody reads."""
        return {key: in_language(german, english) for key, german, english in self.choices}

    @property
    def allowed(self) -> list[str]:
        """The answers there are to choose from; none where anything may be said."""
        if self.kind == QuestionKind.YES_NO:
            return ["yes", "no"]
        return list(self.labels) if self.kind == QuestionKind.CHOICE else []


class Terms(models.Model):
    """One version of what whoever books a type agrees to. It never changes; a new one follows it,
    and one without words ends them."""

    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveIntegerField()
    text_de = models.TextField(_("terms (German)"), max_length=LONGEST_TERMS, blank=True)
    text_en = models.TextField(_("terms (English)"), max_length=LONGEST_TERMS, blank=True)
    in_force_at = models.DateTimeField()
    by_staff = models.BooleanField(default=False, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "terms"
        ordering = ("version",)
        constraints = [
            models.UniqueConstraint(fields=["type", "version"], name="terms_one_version")
        ]

    def __str__(self) -> str:
        return f"v{self.version}: {self.text[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.get("force_insert"):
            raise ValidationError(_("Terms are versioned: make a new version instead."))
        super().save(*args, **kwargs)

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)
