"""The link with which somebody chooses a new password: for a while, once, and only while the
account, its address and its password are what they were when it was made."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from residents.models import User


def link_works_for() -> timedelta:
    return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


class ResetLinks(PasswordResetTokenGenerator):
    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.access_key}"


def reset_path(person: User) -> str:
    """Where the link leads, without the house's address, which the mail adds."""
    key = {"uidb36": user_pk_to_url_str(person), "key": ResetLinks().make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=key)
