"""The link with which somebody chooses a new password: for an hour, once, and only while the
account, its address and its password are what they were when it was made."""

from __future__ import annotations

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from residents.models import User


class ResetLinks(PasswordResetTokenGenerator):
    """`PASSWORD_RESET_TIMEOUT` is how long one holds."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.access_key}"


def reset_path(person: User) -> str:
    """Where the link leads, without the house's address, which the mail adds."""
    key = {"uidb36": user_pk_to_url_str(person), "key": ResetLinks().make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=key)
