"""What staff decided about words that tell a jury who somebody is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from labbooking.residencies.applications.models import Application

LONGEST_WORDS_OF_NOTE = 300


class MaskChoice(models.TextChoices):
    LEAVE = "leave", pgettext_lazy("words in an application", "leave")
    MASK = "mask", pgettext_lazy("words in an application", "hide")


class BlindNote(models.Model):
    """`words` as they stand in a field of an application (`blind.places` names them; none is every
    field), and whether the jury's copy shows them. What is not decided is shown."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="blind_notes"
    )
    field = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=LONGEST_WORDS_OF_NOTE)
    choice = models.CharField(max_length=5, choices=MaskChoice)
    decided_by = models.ForeignKey("residents.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["application", "field", "words"], name="blindnote_decided_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.choice}"
