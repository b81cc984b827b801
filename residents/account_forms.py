"""allauth's forms without placeholders: the labels say what goes in, and do not vanish while
somebody types."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.core.exceptions import ValidationError

from residents.signin.later import ComeBackLater


class _Labelled:
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)


class _Patient(_Labelled):
    """A form that checks a password: where that has to wait, it says so and `later` tells how
    long."""

    later: ComeBackLater | None = None

    def wait(self, later: ComeBackLater) -> ValidationError:
        self.later = later
        return ValidationError(str(later), code="later")


class LoginForm(_Patient, forms.LoginForm):  # type: ignore[misc]
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except ComeBackLater as later:
            raise self.wait(later) from later
        return cleaned


class StillYouForm(_Patient, forms.ReauthenticateForm):  # type: ignore[misc]
    def clean_password(self) -> str:
        try:
            return str(super().clean_password())
        except ComeBackLater as later:
            raise self.wait(later) from later


class ResetPasswordForm(_Labelled, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPasswordForm(_Labelled, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(_Labelled, forms.ChangePasswordForm):  # type: ignore[misc]
    pass
