from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60
MOST_CHARACTERS = 20_000
"""What a browser says of one passkey is a tenth of it."""


class _SaidOnce(forms.HiddenInput):
    """What a browser made for one challenge is of no use for the next."""

    def format_value(self, value: Any) -> str:
        return ""


class CredentialField(forms.JSONField):
    """What the browser answers; the page's script puts it there."""

    widget = _SaidOnce

    def to_python(self, value: Any) -> Any:
        # Not every database keeps the character of number nought.
        if isinstance(value, str) and (len(value) > MOST_CHARACTERS or "\\u0000" in value):
            raise forms.ValidationError(_("This is not a passkey."))
        try:
            said = super().to_python(value)
        except RecursionError:
            raise forms.ValidationError(_("This is not a passkey.")) from None
        if said is None and value in self.empty_values:
            return None
        if not isinstance(said, dict) or not _can_be_kept(said):
            raise forms.ValidationError(_("This is not a passkey."))
        return said


def _can_be_kept(said: dict[str, Any]) -> bool:
    """PostgreSQL keeps neither half a character nor what is no number."""
    try:
        json.dumps(said, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


class NameForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)


class NewPasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("So that you know it again, such as “my laptop”."),
    )
    credential = CredentialField(
        error_messages={
            "required": _("The browser has made no passkey. It needs scripts to do so."),
        }
    )


class PasskeyForm(forms.Form):
    credential = CredentialField()
