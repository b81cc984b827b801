"""The forms with which people are invited: one, or a paste of lines."""

from __future__ import annotations

from typing import cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.bookings.pages.inputs import DayField
from labbooking.people.pasted import MOST_LINES, decoded, end_of, rows
from residents.membership.roles import roles_of
from residents.membership.wanted import Wanted
from residents.models import User

LARGEST_PASTE = 60_000
"""Characters: two hundred lines are a tenth of it."""


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("They can change it when they accept."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the e-mail"),
        choices=[("de", "Deutsch"), ("en", "English")],
    )
    until = DayField(
        label=gettext_lazy("Until when?"),
        required=False,
        help_text=gettext_lazy("The last day on which they may sign in."),
    )

    def __init__(self, by: User, data: object = None) -> None:
        super().__init__(data, initial={"language": by.language})  # type: ignore[arg-type]
        roles = cast("forms.ChoiceField", self.fields["role"])
        roles.choices = [(each.value, each.label) for each in roles_of(by)]
        if len(roles.choices) == 1:
            roles.widget = forms.HiddenInput()
            roles.initial = roles_of(by)[0].value

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        until = end_of(said["until"])
        return Wanted(said["email"], said["name"], said["role"], said["language"], until)


class PasteForm(forms.Form):
    """Lines as text, or as a file, which takes the place of the text."""

    lines = forms.CharField(
        label=gettext_lazy("Lines"),
        required=False,
        max_length=LARGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One line for each person: address, name, role, language, last day. All but the address"
            " may be left out."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("CSV, as spreadsheets save it."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    was_latin = False

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Read in part, it would lose people and cut an address in two."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if upload and (upload.size or 0) > LARGEST_PASTE:
            message = _("This file is too large. A list of {count} people is much shorter.")
            raise forms.ValidationError(message.format(count=MOST_LINES), code="too_large")
        return upload

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        if upload := cleaned.get("file"):
            cleaned["lines"], self.was_latin = decoded(upload.read())
        lines = str(cleaned.get("lines", "")).replace("\0", "")
        cleaned["lines"] = lines
        if not lines.strip() and not self.errors:
            self.add_error("lines", _("Paste at least one line, or choose a file."))
        if sum(1 for _row in rows(lines)) > MOST_LINES:
            message = _("Please invite at most {count} people at once.").format(count=MOST_LINES)
            self.add_error("lines", message)
        return cleaned
