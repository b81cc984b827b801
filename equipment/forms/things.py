"""Kinds of things and units as staff describe them, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, pgettext_lazy

from equipment.actions.naming import WELL_FORMED
from equipment.actions.units import MOST_AT_ONCE
from equipment.floor import HEIGHT, WIDTH
from equipment.models import Feature, Kind, Resource, ResourceType
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_LIST

_LONGEST_NAME, _LONGEST_SLUG = 120, 45
_WELL_FORMED = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    WELL_FORMED,
)


def _line(label: Any, language: str, *, required: bool = True, **options: Any) -> forms.CharField:
    line = forms.TextInput(attrs={"lang": language})
    return forms.CharField(
        label=label, max_length=_LONGEST_NAME, widget=line, required=required, **options
    )


def _area(label: Any, language: str, longest: int, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "lang": language})
    return forms.CharField(label=label, max_length=longest, widget=area, required=False, **options)


def slug_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Short name in addresses"),
        help_text=gettext_lazy("It stays for good. Left empty, it is made of the English name."),
        max_length=_LONGEST_SLUG, required=False, validators=[_WELL_FORMED],
    )  # fmt: skip


class ThingForm(forms.Form):
    """What a kind and a unit have in common."""

    name_de = _line(gettext_lazy("Name in German"), "de")
    name_en = _line(gettext_lazy("Name in English"), "en")
    description_de = _area(gettext_lazy("Description in German"), "de", LONGEST_DESCRIPTION)
    description_en = _area(gettext_lazy("Description in English"), "en", LONGEST_DESCRIPTION)
    features_de = _area(
        gettext_lazy("Features in German"), "de", LONGEST_LIST,
        help_text=gettext_lazy("One a line: Fenster zum Garten."),
    )  # fmt: skip
    features_en = _area(
        gettext_lazy("Features in English"), "en", LONGEST_LIST,
        help_text=gettext_lazy("The same in English: window to the garden."),
    )  # fmt: skip
    accessories_de = _area(
        gettext_lazy("Accessories in German"), "de", LONGEST_LIST,
        help_text=gettext_lazy("What is handed over with it, one a line: Ladekabel."),
    )  # fmt: skip
    accessories_en = _area(
        gettext_lazy("Accessories in English"), "en", LONGEST_LIST,
        help_text=gettext_lazy("The same in English: charging cable."),
    )  # fmt: skip
    manual_url = forms.URLField(
        label=gettext_lazy("Web address of the manual"),
        required=False, max_length=200, assume_scheme="https",
    )  # fmt: skip

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def names(self) -> list[forms.BoundField]:
        return self.part("name_de", "name_en", "plural_de", "plural_en", "slug")

    @property
    def words(self) -> list[forms.BoundField]:
        return self.part("description_de", "description_en")

    @property
    def lists(self) -> list[forms.BoundField]:
        return self.part("features_de", "features_en", "accessories_de", "accessories_en")


class TypeForm(ThingForm):
    """A kind of thing. `units` is how large its pool is."""

    plural_de = _line(gettext_lazy("What several are called in German"), "de", required=False)
    plural_en = _line(gettext_lazy("What several are called in English"), "en", required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of thing is it?"),
        choices=Kind.choices,
    )
    drawing = forms.ChoiceField(
        label=gettext_lazy("Drawn without a photo as"), choices=ResourceType.Drawing.choices
    )
    units = forms.IntegerField(
        label=pgettext_lazy("things of a kind", "How many are there?"), min_value=0, max_value=1000
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, use_required_attribute=False, **options)
        fields: dict[str, Any] = dict(self.fields)
        fields["kind"].choices = [(each.value, capfirst(each.label)) for each in Kind]

    @property
    def nature(self) -> list[forms.BoundField]:
        return self.part("kind", "drawing", "units", "like")

    @property
    def said(self) -> dict[str, Any]:
        """Only when the form is valid."""
        apart = {"units", "like"}
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class NewTypeForm(TypeForm):
    """A kind that there is not yet; `like` is whose house rules it begins with."""

    slug = slug_field()
    like = forms.ModelChoiceField(
        ResourceType.objects.exclude(rules=None).select_related("rules"),
        label=gettext_lazy("House rules to begin with"),
        help_text=gettext_lazy("You can change them right afterwards."),
        empty_label=gettext_lazy("the usual ones"), to_field_name="slug", required=False,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["units"] = forms.IntegerField(
            label=pgettext_lazy("things of a kind", "How many are there?"),
            min_value=0, max_value=MOST_AT_ONCE, initial=1,
        )  # fmt: skip


class UnitForm(ThingForm):
    """One thing: its kind, its number, its place on the plan and its parts."""

    type = forms.ModelChoiceField(
        ResourceType.objects.all(), label=gettext_lazy("Kind"), to_field_name="slug",
        empty_label=None,
    )  # fmt: skip
    inventory_number = forms.CharField(
        label=gettext_lazy("Inventory number"), max_length=64, required=False
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("How many people fit"),
        help_text=gettext_lazy("Left empty, nobody counts them."),
        min_value=1, max_value=32767, required=False,
    )  # fmt: skip
    plan_x = forms.FloatField(
        label=gettext_lazy("Metres from the left on the plan"),
        min_value=0, max_value=WIDTH, required=False,
    )  # fmt: skip
    plan_y = forms.FloatField(
        label=gettext_lazy("Metres from the top on the plan"),
        min_value=0, max_value=HEIGHT, required=False,
    )  # fmt: skip
    features = forms.MultipleChoiceField(
        label=gettext_lazy("What somebody may need"),
        help_text=gettext_lazy("Whoever applies for a stay can ask for it."),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    parts = forms.MultipleChoiceField(
        label=gettext_lazy("Booked together with it"),
        help_text=gettext_lazy("For a whole: who books it books all of these parts."),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        things: Iterable[Resource],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        fields: dict[str, Any] = dict(self.fields)
        fields["parts"].choices = by_kind(things)
        fields["features"].choices = [(each.slug, each.name) for each in Feature.objects.all()]

    @property
    def where(self) -> list[forms.BoundField]:
        return self.part("type", "inventory_number", "capacity", "plan_x", "plan_y")

    @property
    def said(self) -> dict[str, Any]:
        """Only when the form is valid. What is kept of a place is to the centimetre."""
        spots = ("plan_x", "plan_y")
        apart = {"parts", "features"}
        cleaned = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        return cleaned | {name: _rounded(cleaned[name]) for name in spots}


class NewUnitForm(UnitForm):
    slug = slug_field()


def _rounded(metres: float | None) -> float | None:
    return None if metres is None else round(metres, 2)


def by_kind(things: Iterable[Resource]) -> list[tuple[str, Any]]:
    """Choices by short name, in groups; each thing comes with its kind."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in things:
        groups.setdefault(each.type.plural, []).append((each.slug, each.name))
    return list(groups.items())


def words_of(thing: Resource | ResourceType) -> dict[str, Any]:
    """What a form begins with."""
    said = {name: getattr(thing, name) for name in thing.CHANGED_BY_STAFF if name != "type_id"}
    if isinstance(thing, Resource):
        pairs = Resource.objects.filter(pk=thing.pk).values_list("parts__slug", "features__slug")
        parts, features = (sorted(filter(None, set(column))) for column in zip(*pairs, strict=True))
        return said | {"parts": parts, "features": features, "type": thing.type.slug}
    return said
