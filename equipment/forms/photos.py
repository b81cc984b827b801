"""Photos and manuals as staff send them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.manuals import PdfField
from labbooking.lengths import LONGEST_LINE
from labbooking.pictures import PictureField


class PhotoForm(forms.Form):
    """Another photo of a thing; with `remove` none at all."""

    photo = PictureField(label=gettext_lazy("Photo"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Remove the photo"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("photo") or cleaned.get("remove") or self.errors):
            self.add_error("photo", _("Choose a photo first."))
        return cleaned


def _line(label: Any, language: str, *, required: bool, **options: Any) -> forms.CharField:
    line = forms.TextInput(attrs={"lang": language})
    return forms.CharField(
        label=label, max_length=LONGEST_LINE, widget=line, required=required, **options
    )


class AltForm(forms.Form):
    """What a photo shows, for who cannot see it."""

    alt_de = _line(
        gettext_lazy("What it shows, in German"), "de", required=False,
        help_text=gettext_lazy("For people who cannot see it: Die Brille in ihrem Etui."),
    )  # fmt: skip
    alt_en = _line(gettext_lazy("What it shows, in English"), "en", required=False)


class NewPhotoForm(AltForm):
    """One more photo."""

    photo = PictureField(label=gettext_lazy("Photo"))
    field_order = ("photo",)

    @property
    def alts(self) -> dict[str, str]:
        """Only when the form is valid."""
        return {name: self.cleaned_data[name] for name in ("alt_de", "alt_en")}


class ManualForm(forms.Form):
    """A PDF, or a web address; the action says that it is one of the two."""

    title_de = _line(gettext_lazy("Title in German"), "de", required=True)
    title_en = _line(gettext_lazy("Title in English"), "en", required=True)
    pdf = PdfField(label=gettext_lazy("Manual as a PDF"), required=False)
    url = forms.URLField(
        label=gettext_lazy("Or its web address"),
        required=False, max_length=200, assume_scheme="https",
    )  # fmt: skip

    @property
    def said(self) -> dict[str, Any]:
        """Only when the form is valid."""
        return {name: self.cleaned_data[name] for name in ("title_de", "title_en", "url")}
