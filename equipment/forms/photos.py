"""Photos as staff send them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.pictures import PictureField


class PhotoForm(forms.Form):
    """Another photo of a thing; with `remove` none at all."""

    photo = PictureField(label=gettext_lazy("Photo"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Take the photo away"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("photo") or cleaned.get("remove") or self.errors):
            self.add_error("photo", _("Choose a photo first."))
        return cleaned
