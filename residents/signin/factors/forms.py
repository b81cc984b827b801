from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from residents.models import User
from residents.signin.factors.codes import use_code
from residents.signin.later import ComeBackLater

LONGEST = 20
"""Characters: codes have six or eight digits, which some write in groups."""


def code_field() -> forms.CharField:
    return forms.CharField(
        label=_("Code"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class CodeForm(forms.Form):
    """Asks for a code of the app or a recovery code; `factor` is what it came from."""

    code = code_field()
    later: ComeBackLater | None = None
    factor: Authenticator

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        try:
            self.factor = use_code(self.user, code, at=timezone.now())
        except ComeBackLater as later:
            self.later = later
            raise forms.ValidationError(str(later), code="later") from later
        return code


class AppForm(forms.Form):
    """The first code of an app that has just been told its secret."""

    code = code_field()
