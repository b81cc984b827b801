"""What an application shows: pictures, pages of a PDF, links, texts."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from labbooking import pictures
from labbooking.papers import reading
from labbooking.residencies.applications.models import Application

MOST_WORKS = 10
LONGEST_CAPTION = 300
LONGEST_LINK = 500
LONGEST_TEXT_OF_WORK = 6000
FIRST_YEAR = 1900
LAST_YEAR = 2200


class WorkKind(models.TextChoices):
    IMAGE = "image", pgettext_lazy("a work", "picture")
    PAGES = "pages", pgettext_lazy("a work", "PDF")
    LINK = "link", pgettext_lazy("a work", "link")
    TEXT = "text", pgettext_lazy("a work", "text")


def _key() -> str:
    return secrets.token_hex(16)


class Work(models.Model):
    """One of what somebody shows. `key` is its name in addresses and says nothing of whose it is;
    what its file was called is not kept."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="works")
    key = models.CharField(max_length=32, unique=True, default=_key, editable=False)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=WorkKind)
    caption = models.CharField(max_length=LONGEST_CAPTION, blank=True)
    year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    url = models.CharField(max_length=LONGEST_LINK, blank=True)
    text = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_TEXT_OF_WORK)])
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=WorkKind.LINK, text="") & ~Q(url="")
                | Q(kind=WorkKind.TEXT, url="") & ~Q(text="")
                | Q(kind__in=[WorkKind.IMAGE, WorkKind.PAGES], url="", text=""),
                name="work_is_of_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.caption[:60]}"


def with_its_files(collector: Any, field: Any, rows: Any, using: str) -> None:
    """Rows go with what they are part of, whoever deletes that, and their files once that is
    committed; one that cannot be deleted is logged."""
    keys = list(rows.values_list("key", flat=True))
    transaction.on_commit(lambda: reading.delete(keys), using=using, robust=True)
    models.CASCADE(collector, field, rows, using)


class WorkPage(models.Model):
    """A picture, or a page of a PDF and the words on it, as far as a program finds them. `key` is
    that of its files, which nobody is told: they are served by the key of the work."""

    work = models.ForeignKey(Work, on_delete=with_its_files, related_name="pages")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=32)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["work", "number"], name="workpage_one_number")
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def path(self, size: pictures.Size) -> str:
        return pictures.path(self.key, size)
