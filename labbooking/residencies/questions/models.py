"""What a call asks besides, in its own words, and what an application answers."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from equipment.models import in_language
from labbooking.lengths import LONGEST_LINE, LONGEST_PARAGRAPH
from labbooking.residencies.applications.models import LONGEST_WORDS, Application
from labbooking.residencies.calls.models import Call

MOST_ASKED_WORDS = 1500
LONGEST = {"short": LONGEST_LINE, "long": LONGEST_WORDS}
"""Characters of an answer in words."""


class CallQuestionKind(models.TextChoices):
    SHORT = "short", pgettext_lazy("an answer", "a line")
    LONG = "long", pgettext_lazy("an answer", "a longer text")
    CHOICE = "choice", pgettext_lazy("an answer", "one of a list")
    CHOICES = "choices", pgettext_lazy("an answer", "several of a list")
    NUMBER = "number", gettext_lazy("number")
    LINK = "link", pgettext_lazy("a work", "link")
    YES_NO = "yes_no", gettext_lazy("yes or no")


IN_WORDS = frozenset({CallQuestionKind.SHORT, CallQuestionKind.LONG})
FROM_A_LIST = frozenset({CallQuestionKind.CHOICE, CallQuestionKind.CHOICES})


class AnswerShownTo(models.TextChoices):
    STAFF = "staff", gettext_lazy("staff alone")
    JURY = "jury", gettext_lazy("staff and the jury")


class CallQuestion(models.Model):
    """One of what whoever applies is asked. `key` names it for programs, once in a call. `options`
    are triples of a key and its words in German and English. Nobody but staff reads the answer
    unless `shown_to` says so. From the opening of the call on it does not change."""

    SAID: ClassVar[tuple[str, ...]] = (
        "label_de", "label_en", "kind", "key", "help_de", "help_en", "required", "limit_words",
        "options", "shown_to",
    )  # fmt: skip

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField()
    label_de = models.CharField(max_length=LONGEST_LINE)
    label_en = models.CharField(max_length=LONGEST_LINE)
    help_de = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_PARAGRAPH)])
    help_en = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_PARAGRAPH)])
    kind = models.CharField(max_length=7, choices=CallQuestionKind)
    required = models.BooleanField(default=False)
    limit_words = models.PositiveSmallIntegerField(null=True, blank=True)
    options = models.JSONField(default=list, blank=True)
    shown_to = models.CharField(max_length=5, choices=AnswerShownTo, default=AnswerShownTo.STAFF)

    class Meta:
        ordering = ("order",)
        constraints = [
            models.UniqueConstraint(fields=["call", "order"], name="callquestion_one_place"),
            models.UniqueConstraint(fields=["call", "key"], name="callquestion_one_key"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_language(self.label_de, self.label_en)

    @property
    def help(self) -> str:
        return in_language(self.help_de, self.help_en)

    @property
    def labels(self) -> dict[str, str]:
        """What there is to choose from by its keys, in the language somebody reads; nothing where
        anything may be said."""
        if self.kind == CallQuestionKind.YES_NO:
            return {"yes": _("Yes"), "no": _("No")}
        return {key: in_language(german, english) for key, german, english in self.options}

    def words_of(self, value: str | list[str]) -> str:
        """An answer as somebody reads it, in their language."""
        labels = self.labels
        keys = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(key, key) for key in keys)

    @property
    def field(self) -> str:
        """What its answer is called where something is wrong with it, and where words of it are
        hidden from a jury."""
        return f"answers.{self.key}"


class ApplicationAnswer(models.Model):
    """What an application says to one question; where it says nothing there is none. `value` is a
    text, of what is chosen its key, of several a list of keys."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="answers_given"
    )
    question = models.ForeignKey(CallQuestion, on_delete=models.PROTECT, related_name="+")
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="applicationanswer_one_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def in_words(self) -> str:
        return self.question.words_of(self.value)
