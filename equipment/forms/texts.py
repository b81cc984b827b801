"""Texts of the house and announcements as staff type them, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from equipment.models import AnnouncementKind
from labbooking.period import UnclearLocalTime, is_within_reach, local_instant
from labbooking.when import clock, lab_zone, why_unclear, years_that_can_be_named

_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_BODY = 120, 600, 20_000


def _title(label: Any, language: str) -> forms.CharField:
    line = forms.TextInput(attrs={"lang": language})
    return forms.CharField(label=label, max_length=_LONGEST_TITLE, widget=line)


def _text(label: Any, language: str, longest: int, rows: int) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows, "lang": language})
    return forms.CharField(label=label, max_length=longest, widget=area)


def refuse_out_of_reach(day: date) -> None:
    if not is_within_reach(day):
        raise ValidationError(years_that_can_be_named())


class MomentInput(forms.DateTimeInput):
    """A day and a time by the clocks of the house."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", attrs={"step": 300})


class MomentField(forms.DateTimeField):
    """A moment by the clocks of the house; one that a clock change leaves open is refused with
    the two it could be."""

    widget = MomentInput
    default_validators = [refuse_out_of_reach]

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(_why_not_clear(error)) from error


def _why_not_clear(error: ValidationError) -> str:
    """Django says which local time it was, and means skipped ones as well."""
    try:
        local_instant((error.params or {})["datetime"], lab_zone())
    except UnclearLocalTime as unclear:
        first, second = (clock(each, unclear.zone) for each in unclear.choices)
        ways = gettext("It could mean {first} or {second}; choose a time outside of that hour.")
        return f"{why_unclear(unclear)} {ways.format(first=first, second=second)}"
    raise error


class TextForm(forms.Form):
    """What `prose` (house/templatetags/texts.py) reads. `based_on` is when the text that is
    changed was written; nothing where it came with the house."""

    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    title_de = _title(_("Title in German"), "de")
    body_de = _text(_("Text in German"), "de", _LONGEST_BODY, 14)
    title_en = _title(_("Title in English"), "en")
    body_en = _text(_("Text in English"), "en", _LONGEST_BODY, 14)


class AnnouncementForm(forms.Form):
    """An event or a call; its moments are local time."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=AnnouncementKind.choices)
    title_de = _title(_("Title in German"), "de")
    text_de = _text(_("Text in German"), "de", _LONGEST_TEXT, 3)
    title_en = _title(_("Title in English"), "en")
    text_en = _text(_("Text in English"), "en", _LONGEST_TEXT, 3)
    starts_at = MomentField(label=_("Begins"))
    ends_at = MomentField(
        label=_("Ends"),
        help_text=_("A call needs it: until then people can apply."),
        required=False,
    )
    url = forms.URLField(
        label=_("Web address where people sign up or apply"),
        help_text=_("Give this or an e-mail address, so that people can answer."),
        required=False, max_length=200, assume_scheme="https",
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail address people can write to"), required=False, max_length=254
    )
