"""allauth's forms without placeholders: the labels say what goes in, and do not vanish while
somebody types."""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from residents.models import User
from residents.signin.later import ComeBackLater
from residents.signin.models import Recovery
from residents.signin.passwords import change_password, reset_password
from residents.signin.recovery.actions import recover
from residents.signin.reset import ask_for_reset


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
    def clean_email(self) -> str:
        """Nobody is looked up while somebody waits for the answer."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **options: Any) -> str:
        email = str(self.cleaned_data["email"])
        ask_for_reset(email, at=timezone.now())
        return email


class LinkForm(forms.UserTokenForm):  # type: ignore[misc]
    """What stands in a link; it opens nothing for who may not sign in."""

    def _get_user(self, uidb36: str) -> User | None:
        person: User | None = super()._get_user(uidb36)
        return person if person and person.is_active else None


class NewPasswordForm(_Labelled, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    def save(self) -> None:
        reset_password(self.user, self.cleaned_data["password1"], at=timezone.now())


class RecoveredForm(NewPasswordForm):
    """After two of the house have agreed."""

    def recovers(self, recovery: Recovery) -> bool:
        return recover(recovery, self.cleaned_data["password1"], at=timezone.now())


class ChangePasswordForm(_Labelled, forms.ChangePasswordForm):  # type: ignore[misc]
    def save(self) -> None:
        change_password(self.user, self.cleaned_data["password1"], at=timezone.now())
