"""A calendar that somebody gives, and how it is carried from the plan to the yes.

It is kept nowhere meanwhile: a calendar may hold more than is meant for this house.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.models import Resource
from labbooking.bookings.closures.calendar_file.blocks import LARGEST_FILE

MOST_CARRIED = 1_500_000
"""So many letters, packed, a form of the house takes along."""


class CalendarForm(forms.Form):
    what = forms.ModelChoiceField(
        label=gettext_lazy("What is closed?"),
        queryset=Resource.objects.select_related("type").order_by("type__order", "order", "slug"),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose something"),
        help_text=gettext_lazy("Closing a whole closes its parts as well."),
    )
    file = forms.FileField(
        label=gettext_lazy("Calendar file"),
        help_text=gettext_lazy("As other programs export it; its name ends in .ics."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_file(self) -> tuple[str, bytes]:
        given = self.cleaned_data["file"]
        data = given.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE or len(packed(data)) > MOST_CARRIED:
            raise ValidationError(_("The calendar is too large."))
        return str(given.name), data


class FollowForm(forms.Form):
    """What was planned and for what; `seen` is the plan that is agreed to."""

    what = forms.ModelChoiceField(queryset=Resource.objects.all(), to_field_name="slug")
    name = forms.CharField(max_length=255)
    carried = forms.CharField(max_length=MOST_CARRIED)
    seen = forms.CharField(max_length=64)
    only_what_fits = forms.BooleanField(required=False)

    def clean_carried(self) -> bytes:
        try:
            return _unpacked(self.cleaned_data["carried"])
        except (zlib.error, ValueError):
            raise ValidationError(not_whole()) from None


def not_whole() -> str:
    return _("The calendar did not arrive whole. Choose it again.")


def packed(data: bytes) -> str:
    return b64encode(zlib.compress(data)).decode()


def _unpacked(text: str) -> bytes:
    opened = zlib.decompressobj()
    data = opened.decompress(b64decode(text, validate=True), LARGEST_FILE)
    if opened.unconsumed_tail or not opened.eof:
        raise ValueError("packed otherwise than here")
    return data
