"""Photos and manuals of kinds and of things, each in an order."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from equipment.models.things import Resource, ResourceType, in_language
from labbooking.lengths import LONGEST_LINE


class Belonging(models.Model):
    """Of one kind, or of one thing."""

    type = models.ForeignKey(
        ResourceType, on_delete=models.CASCADE, null=True, related_name="%(class)ss"
    )
    unit = models.ForeignKey(
        Resource, on_delete=models.CASCADE, null=True, related_name="%(class)ss"
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("order", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(type=None, unit__isnull=False) | Q(type__isnull=False, unit=None),
                name="%(class)s_of_one",
            )
        ]

    @property
    def owner(self) -> Resource | ResourceType:
        owner = self.unit or self.type
        if owner is None:
            raise ValueError("the database holds no such row")
        return owner


class Photo(Belonging):
    """The first of a thing is its `photo`, which lists show. `key` is that of `pictures`."""

    key = models.CharField(max_length=64, editable=False)
    alt_de = models.CharField(_("what it shows (German)"), max_length=LONGEST_LINE, blank=True)
    alt_en = models.CharField(_("what it shows (English)"), max_length=LONGEST_LINE, blank=True)

    def __str__(self) -> str:
        return self.alt

    @property
    def alt(self) -> str:
        return in_language(self.alt_de, self.alt_en)


class Manual(Belonging):
    """A PDF that is kept here (`key`, see `equipment.manuals`), or a web address."""

    title_de = models.CharField(_("title (German)"), max_length=LONGEST_LINE)
    title_en = models.CharField(_("title (English)"), max_length=LONGEST_LINE)
    key = models.CharField(max_length=64, blank=True, editable=False)
    url = models.URLField(_("web address"), blank=True)

    class Meta(Belonging.Meta):
        constraints = [
            *Belonging.Meta.constraints,
            models.CheckConstraint(
                condition=Q(key="", url__gt="") | Q(key__gt="", url=""), name="manual_is_somewhere"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_language(self.title_de, self.title_en)
