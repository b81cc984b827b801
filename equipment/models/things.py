"""What: everything that can be booked."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from schedule.models import Calendar

from labbooking.lengths import LONGEST_LIST
from labbooking.when import lab_zone, lab_zone_name

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


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


_IN_USE = {"unique": _("This short name is in use already: choose another one.")}


def _lines(label: _StrPromise) -> models.TextField[str, str]:
    return models.TextField(label, blank=True, validators=[MaxLengthValidator(LONGEST_LIST)])


class Thing(TwoLanguages):
    """What a type and a unit are both described by, in the lab's file or by staff in a browser.

    Features and accessories are lists, one a line. `edited_at` is when staff described it last:
    from then on the lab's file does not change it by itself.
    """

    CHANGED_BY_STAFF: ClassVar[tuple[str, ...]] = (
        "name_de", "name_en", "description_de", "description_en", "features_de", "features_en",
        "accessories_de", "accessories_en", "manual_url",
    )  # fmt: skip

    features_de = _lines(_("features (German)"))
    features_en = _lines(_("features (English)"))
    accessories_de = _lines(_("accessories (German)"))
    accessories_en = _lines(_("accessories (English)"))
    manual_url = models.URLField(_("manual"), blank=True)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def feature_lines(self) -> list[str]:
        return in_language(self.features_de, self.features_en).splitlines()

    @property
    def accessories(self) -> list[str]:
        return in_language(self.accessories_de, self.accessories_en).splitlines()

    @property
    def version(self) -> str:
        """Another one as soon as anything that staff change in its form is another."""
        said = [str(getattr(self, name)) for name in self.CHANGED_BY_STAFF]
        return hashlib.sha256(repr(said + self._belongings()).encode()).hexdigest()[:16]

    def _belongings(self) -> list[str]:
        return []


class ResourceType(Thing):
    """A pool of like resources: ten seats are ten resources of one type.

    `asks` as soon as it ever had a question or terms: no other is looked up for any.
    `approval_steps` is how many steps a request for one goes through; with 0 it is one yes.
    """

    class Drawing(models.TextChoices):
        STUDIO = "studio", _("a studio")
        SEAT = "seat", _("a seat")
        HEADSET = "headset", _("a headset")
        SCREEN = "screen", _("a screen")
        BOARD = "board", _("a board")
        WORKSPACE = "workspace", _("a room")

    CHANGED_BY_STAFF = (*Thing.CHANGED_BY_STAFF, "plural_de", "plural_en", "kind", "drawing")

    slug = models.SlugField(unique=True, error_messages=_IN_USE)
    plural_de = models.CharField(_("plural (German)"), max_length=120, blank=True)
    plural_en = models.CharField(_("plural (English)"), max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=Kind)
    drawing = models.CharField(max_length=16, choices=Drawing)
    photo = models.CharField(max_length=64, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    approval_steps = models.PositiveSmallIntegerField(default=0, editable=False)
    rules = models.ForeignKey(
        "HouseRules", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    asks = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("order", "slug")

    @property
    def plural(self) -> str:
        """What several are called; the name where no plural was given."""
        return in_language(self.plural_de, self.plural_en) or self.name


class Feature(models.Model):
    """What a thing has that somebody may need: asked for by a word, not read out of a text."""

    slug = models.SlugField(unique=True)
    name_de = models.CharField(_("name (German)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "slug")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_de, self.name_en)


class Resource(Thing):
    """One bookable thing or place. A whole names its parts; booking it takes them all.

    `plan_x` and `plan_y` place it on the floor plan, in metres from its upper left corner.
    `features` are what somebody may ask for; what is only read stands in `features_de` and `_en`.
    `capacity` is how many people it holds; where it is not said, nobody counts them.
    `time_zone` is the house's when it was last described; `zone_check` compares it with today's.
    """

    CHANGED_BY_STAFF = (
        *Thing.CHANGED_BY_STAFF,
        "type_id",
        "inventory_number",
        "capacity",
        "plan_x",
        "plan_y",
    )

    slug = models.SlugField(unique=True, error_messages=_IN_USE)
    inventory_number = models.CharField(_("inventory number"), max_length=64, blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("how many people fit"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    type = models.ForeignKey(ResourceType, on_delete=models.PROTECT, related_name="resources")
    calendar = models.OneToOneField(Calendar, on_delete=models.PROTECT, related_name="resource")
    time_zone = models.CharField(max_length=64, default=lab_zone_name)
    parts = models.ManyToManyField("self", symmetrical=False, related_name="wholes", blank=True)
    features = models.ManyToManyField(Feature, related_name="things", blank=True)
    photo = models.CharField(max_length=64, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    is_bookable = models.BooleanField(_("can be booked"), default=True)
    plan_x = models.FloatField(null=True, blank=True)
    plan_y = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ("type__order", "order", "slug")
        constraints = [
            models.UniqueConstraint(
                fields=["inventory_number"],
                condition=~Q(inventory_number=""),
                name="resource_one_inventory_number",
            )
        ]

    def _belongings(self) -> list[str]:
        parts = sorted(self.parts.values_list("slug", flat=True))
        return [*parts, *sorted(self.features.values_list("slug", flat=True))]

    @property
    def zone(self) -> ZoneInfo:
        return lab_zone()
