"""What there is in a studio, and how it was on arrival and on departure."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from equipment.models import Resource, in_language
from labbooking import pictures
from labbooking.lengths import LONGEST_LINE, LONGEST_PARAGRAPH
from labbooking.residencies.stays.models import Stay


class InventoryItem(models.Model):
    """One line of what belongs to a studio. What is no longer there is `retired_at`: lists that
    were made with it keep it."""

    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="inventory")
    order = models.PositiveSmallIntegerField()
    label_de = models.CharField(max_length=LONGEST_LINE)
    label_en = models.CharField(max_length=LONGEST_LINE)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_language(self.label_de, self.label_en)


class CheckKind(models.TextChoices):
    ARRIVAL = "arrival", pgettext_lazy("a list of what is in a studio", "On arrival")
    DEPARTURE = "departure", pgettext_lazy("a list of what is in a studio", "On departure")


class Answer(models.TextChoices):
    OK = "ok", pgettext_lazy("how a thing is found", "all right")
    DAMAGED = "damaged", pgettext_lazy("how a thing is found", "damaged")
    MISSING = "missing", pgettext_lazy("how a thing is found", "missing")
    NOT_THERE = "not_there", pgettext_lazy("how a thing is found", "was never there")


class CheckList(models.Model):
    """How the studio was found. Both confirm the same thing: whatever is changed after one of them
    has, neither has. `revision` counts the changes, so that nobody confirms what they never saw."""

    stay = models.ForeignKey(Stay, on_delete=models.CASCADE, related_name="checklists")
    kind = models.CharField(max_length=12, choices=CheckKind)
    begun_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    seen_by_resident_at = models.DateTimeField(null=True, blank=True)
    seen_by_staff_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stay", "kind"], name="checklist_one_of_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stay_id}"

    @property
    def is_confirmed(self) -> bool:
        return bool(self.seen_by_resident_at and self.seen_by_staff_at)


class CheckItem(models.Model):
    """One line of a list, as it was called when the list was made."""

    checklist = models.ForeignKey(CheckList, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(InventoryItem, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    label_de = models.CharField(max_length=LONGEST_LINE)
    label_en = models.CharField(max_length=LONGEST_LINE)
    answer = models.CharField(max_length=12, choices=Answer, blank=True)
    words = models.CharField(max_length=LONGEST_PARAGRAPH, blank=True)
    photo = models.CharField(max_length=64, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "pk")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "item"], name="checkitem_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_language(self.label_de, self.label_en)

    @property
    def photo_url(self) -> str:
        return pictures.url(self.photo)
