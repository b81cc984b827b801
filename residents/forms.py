"""The shapes of what people say about themselves."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel.dates import get_timezone_location
from django import forms
from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from labbooking.pictures import PictureField
from residents.models import ApiToken, User

# The regions of the IANA database; the places are named by the CLDR, which Babel brings along.
_REGIONS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic"),
    "Australia": _("Australia"),
    "Brazil": _("Brazil"),
    "Canada": _("Canada"),
    "Europe": _("Europe"),
    "Indian": _("Indian Ocean"),
    "Mexico": _("Mexico"),
    "Pacific": _("Pacific"),
}


@cache
def time_zones(language: str) -> list[tuple[str, str]]:
    """The zones named after places, as choices: `Europe/Vienna` reads “Wien (Europa)” in German.

    Of a zone's old and new names, which read the same, one is enough.
    """
    names = {name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}
    with override(language):
        spoken = {_spoken(name, language): name for name in sorted(names)}
    return sorted(((name, words) for words, name in spoken.items()), key=lambda choice: choice[1])


def _spoken(name: str, language: str) -> str:
    region = name.partition("/")[0]
    place = get_timezone_location(name, locale=language, return_city=True)
    return f"{place} ({_REGIONS.get(region, region)})"


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    portrait = PictureField(label=_("Portrait"), required=False)
    remove_portrait = forms.BooleanField(label=_("Take my portrait away"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Where you are when you are not here. The board keeps the time of the house."),
    )

    class Meta:
        model = User
        fields = ("name", "about", "language", "time_zone", "shown_in_house")
        help_texts = {
            "about": _("What you work on. People in the house can read it."),
            "shown_in_house": _("Your first name and portrait, in weeks in which you are here."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    field_order = (
        "name",
        "about",
        "portrait",
        "remove_portrait",
        "shown_in_house",
        "language",
        "time_zone",
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 - tells mypy what is above
        zone.choices = time_zones(get_language() or settings.LANGUAGE_CODE)
        if self.instance.time_zone not in dict(zone.choices):
            zone.choices = [(self.instance.time_zone, self.instance.time_zone), *zone.choices]
        self.fields["portrait"].widget.attrs["data-preview"] = "portrait-preview"
        if not self.instance.portrait:
            del self.fields["remove_portrait"]
        if not self.instance.is_creative:
            del self.fields["shown_in_house"]


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ApiToken
        fields = ("name",)
        labels = {"name": _("What is it for?")}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["name"].required = True
