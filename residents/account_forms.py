"""allauth's forms without placeholders: the labels say what goes in, and do not vanish while
somebody types."""

from __future__ import annotations

from typing import Any

from allauth.account import forms


class _Labelled:
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_Labelled, forms.LoginForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(_Labelled, forms.ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPasswordForm(_Labelled, forms.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(_Labelled, forms.ChangePasswordForm):  # type: ignore[misc]
    pass
