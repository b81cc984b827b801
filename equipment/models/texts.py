"""What the house says: its texts, and what it announces."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from equipment.models.things import in_language
from labbooking.period import Period


class HouseText(models.Model):
    """A text of the house that its staff write. Where there is no row, a page shows its own."""

    class Slug(models.TextChoices):
        IMPRINT = "imprint", _("Imprint")
        PRIVACY = "privacy", _("Privacy")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        ARRIVAL = "arrival", _("Getting in")

    slug = models.CharField(max_length=16, choices=Slug, unique=True)
    title_de = models.CharField(_("title (German)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    body_de = models.TextField(_("text (German)"), max_length=20_000)
    body_en = models.TextField(_("text (English)"), max_length=20_000)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        return in_language(self.title_de, self.title_en)

    @property
    def body(self) -> str:
        return in_language(self.body_de, self.body_en)


class AnnouncementKind(models.TextChoices):
    EVENT = "event", _("Event")
    CALL = "call", _("Call")


class Announcement(models.Model):
    """An event, or a call for applications, on the front page until it is over.

    Applications to a call are taken from `starts_at` to `ends_at`, so it has both. An event
    without an end is over when its day is.
    """

    kind = models.CharField(max_length=8, choices=AnnouncementKind)
    title_de = models.CharField(_("title (German)"), max_length=120)
    title_en = models.CharField(_("title (English)"), max_length=120)
    text_de = models.TextField(_("text (German)"), max_length=600)
    text_en = models.TextField(_("text (English)"), max_length=600)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    url = models.URLField(_("address where people answer"), blank=True)
    email = models.EmailField(_("e-mail address people answer to"), blank=True)

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | ~Q(email=""), name="announcement_can_be_answered"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="announcement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(kind="event") | Q(kind="call", ends_at__isnull=False),
                name="announcement_call_has_end",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_de, self.title_en)

    @property
    def text(self) -> str:
        return in_language(self.text_de, self.text_en)

    @property
    def is_call(self) -> bool:
        return self.kind == AnnouncementKind.CALL

    @property
    def period(self) -> Period | None:
        return Period(self.starts_at, self.ends_at) if self.ends_at else None

    @property
    def version(self) -> str:
        """Another one as soon as anything it says is another, as read from the database."""
        said = [getattr(self, each.attname) for each in self._meta.concrete_fields]
        return hashlib.sha256(repr(list(map(str, said))).encode()).hexdigest()[:16]

    def clean(self) -> None:
        if self.is_call and not self.ends_at:
            raise ValidationError({"ends_at": _("A call says until when people can apply.")})
        if not (self.url or self.email):
            message = _("Say how people answer: a web address, an e-mail address, or both.")
            raise ValidationError({"url": message})
        # Django asks even where a field that must be there is not.
        starts_at = cast("datetime | None", self.starts_at)
        if starts_at and self.ends_at and self.ends_at <= starts_at:
            raise ValidationError({"ends_at": _("The end must be later than the beginning.")})
