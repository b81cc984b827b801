"""What: everything that can be booked."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from schedule.models import Calendar

from labbooking.when import lab_zone, lab_zone_name


class Kind(models.TextChoices):
    STUDIO = "studio", _("studio")
    SEAT = "seat", _("seat")
    DEVICE = "device", _("device")
    SPACE = "space", _("space")


def in_language(german: str, english: str) -> str:
    """Whichever of two texts is in the language a person reads right now."""
    return german if (get_language() or "de").startswith("de") else english


class TwoLanguages(models.Model):
    """A name and a description in the two languages of the house."""

    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    description_de = models.TextField(_("description (German)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_de, self.name_en)

    @property
    def description(self) -> str:
        return in_language(self.description_de, self.description_en)


class ResourceType(TwoLanguages):
    """A pool of like resources: ten seats are ten resources of one type."""

    class Drawing(models.TextChoices):
        STUDIO = "studio"
        SEAT = "seat"
        HEADSET = "headset"
        SCREEN = "screen"
        BOARD = "board"
        WORKSPACE = "workspace"

    slug = models.SlugField(unique=True)
    plural_de = models.CharField(_("plural (German)"), max_length=120, blank=True)
    plural_en = models.CharField(_("plural (English)"), max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    drawing = models.CharField(max_length=16, choices=Drawing)
    photo = models.CharField(max_length=64, blank=True, editable=False)
    manual_url = models.URLField(_("manual"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    rules = models.ForeignKey(
        "HouseRules", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("order", "slug")

    @property
    def plural(self) -> str:
        """What several are called; the name where no plural was given."""
        return in_language(self.plural_de, self.plural_en) or self.name


class Resource(TwoLanguages):
    """One bookable thing or place. A whole names its parts; booking it takes them all.

    `plan_x` and `plan_y` place it on the floor plan, in metres from its upper left corner.
    `time_zone` is the house's when it was last described; `zone_check` compares it with today's.
    """

    slug = models.SlugField(unique=True)
    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="resources")
    calendar = models.OneToOneField(Calendar, on_delete=models.PROTECT, related_name="resource")
    time_zone = models.CharField(max_length=64, default=lab_zone_name)
    parts = models.ManyToManyField("self", symmetrical=False, related_name="wholes", blank=True)
    photo = models.CharField(max_length=64, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    is_bookable = models.BooleanField(_("can be booked"), default=True)
    manual_url = models.URLField(_("manual"), blank=True)
    plan_x = models.FloatField(null=True, blank=True)
    plan_y = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("type__order", "order", "slug")

    @property
    def zone(self) -> ZoneInfo:
        return lab_zone()
