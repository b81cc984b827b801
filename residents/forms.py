"""The shapes of what people say about themselves."""

from __future__ import annotations

from typing import cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from labbooking.period import DAY
from labbooking.pictures import PictureField
from labbooking.when import duration
from residents.models import ApiToken, User
from residents.profile.time_zones import same_zone, time_zones
from residents.tokens.scopes import scopes_of, told


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    portrait = PictureField(label=_("Portrait"), required=False)
    remove_portrait = forms.BooleanField(label=_("Take my portrait away"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Where you are when you are not here. The board keeps the time of the house."),
    )

    class Meta:
        model = User
        fields = (
            "name",
            "about",
            "seeks",
            "offers",
            "shown_to_people",
            "language",
            "time_zone",
            "shown_in_house",
        )
        help_texts = {
            "about": _("What you work on."),
            "seeks": _("For example: somebody who solders, a pair of ears on Thursdays."),
            "offers": _("For example: I can show you how to scan a room."),
            "shown_to_people": _(
                "On the page “People of the house”, after signing in. Researchers never see it."
            ),
            "shown_in_house": _("Your first name and portrait, in weeks in which you are here."),
        }
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    field_order = (
        "name",
        "about",
        "seeks",
        "offers",
        "portrait",
        "remove_portrait",
        "shown_to_people",
        "shown_in_house",
        "language",
        "time_zone",
    )

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 - tells mypy what is above
        zone.choices = time_zones(get_language() or settings.LANGUAGE_CODE)
        # Kept under another of its names, it is still the same place.
        self.initial["time_zone"] = same_zone(self.instance.time_zone)
        if self.initial["time_zone"] not in dict(zone.choices):
            zone.choices = [(self.instance.time_zone, self.instance.time_zone), *zone.choices]
        self.fields["portrait"].widget.attrs["data-preview"] = "portrait-preview"
        if not self.instance.portrait:
            del self.fields["remove_portrait"]
        if not self.instance.is_creative:
            del self.fields["shown_in_house"]
        if not self.instance.may_book:
            for name in ("seeks", "offers", "shown_to_people"):
                del self.fields[name]


LIFETIMES = (30, 90, 365)
"""In days."""
USUAL_DAYS = 90


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    scope = forms.ChoiceField(
        label=_("How far does it reach?"), required=False, widget=forms.RadioSelect
    )
    days = forms.TypedChoiceField(
        label=_("How long does it last?"),
        coerce=int,
        initial=USUAL_DAYS,
        required=False,
    )

    class Meta:
        model = ApiToken
        fields = ("name",)
        labels = {"name": _("What is it for?")}

    def clean_scope(self) -> str:
        """The narrowest where nobody says anything."""
        said: str = self.cleaned_data["scope"]
        return said or str(self.initial["scope"])

    field_order = ("name", "scope", "days")

    def __init__(self, role: str, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.fields["name"].required = True
        reaches = cast("forms.ChoiceField", self.fields["scope"])
        reaches.choices = [(each.value, told(each, role)) for each in scopes_of(role)]
        self.initial["scope"] = scopes_of(role)[0].value
        lasts = cast("forms.ChoiceField", self.fields["days"])
        lasts.choices = [(days, duration(days * DAY)) for days in LIFETIMES]
