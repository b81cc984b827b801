"""The one authentication back end: an address, one person, one check of a password."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from residents.models import User
from residents.queries import person_with


class HouseBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which asks its own table of addresses first. Here the person's row alone counts,
    so an address somebody no longer has opens nothing."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        checked: User | None = self._check_password(person_with(email), password)
        return checked
