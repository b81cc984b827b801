"""The forms with which somebody accepts an invitation."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from labbooking.pictures import PictureField
from residents.signin.passkeys.forms import CredentialField

_rules = lazy(password_validators_help_text_html, str)


class _ComingForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("As the others in the house will read it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("de", "Deutsch"), ("en", "English")]
    )
    portrait = PictureField(
        label=_("Portrait"), required=False, help_text=_("You can add or change it later, too.")
    )


class AcceptForm(_ComingForm):
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=_rules(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    field_order = ("name", "password", "language", "portrait")


class AcceptByPasskeyForm(_ComingForm):
    credential = CredentialField(
        error_messages={
            "required": _("The browser has made no passkey. It needs scripts to do so."),
        }
    )
