"""The shapes of what people say about themselves."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from labbooking.pictures import PictureField
from residents.models import ApiToken, User


@cache
def time_zones() -> list[tuple[str, str]]:
    """The zones named after places, as choices: `Europe/Berlin` reads “Berlin (Europe)”."""
    names = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    return sorted(((name, _spoken(name)) for name in names), key=lambda choice: choice[1])


def _spoken(name: str) -> str:
    region, _slash, place = name.replace("_", " ").partition("/")
    return f"{place} ({region})"


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    portrait = PictureField(label=_("Portrait"), required=False)
    remove_portrait = forms.BooleanField(label=_("Take my portrait away"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Where you are when you are not here. The board keeps the time of the house."),
    )

    class Meta:
        model = User
        fields = ("name", "about", "language", "time_zone")
        help_texts = {"about": _("What you work on. People in the house can read it.")}
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    field_order = ("name", "about", "portrait", "remove_portrait", "language", "time_zone")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 - tells mypy what is above
        zone.choices = time_zones()
        self.fields["portrait"].widget.attrs["data-preview"] = "portrait-preview"
        if not self.instance.portrait:
            del self.fields["remove_portrait"]


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ApiToken
        fields = ("name",)
        labels = {"name": _("What is it for?")}

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["name"].required = True
