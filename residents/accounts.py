"""Accounts are given by the house, so nobody signs up alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from labbooking.wire.throttle import network_of
from residents.models import Role, User
from residents.signin.entries import tell
from residents.signin.later import ComeBackLater
from residents.signin.tries import begin_try, forgive, take_back

PRIVATE = "X-Daig-Private"
"""The header of mails that the demo lab's mail page leaves out."""

_FIRST_PAGE: dict[str, str] = {
    Role.STAFF: "desk",
    Role.RESEARCHER: "research",
    Role.ADMIN: "admin:index",
}


class HouseAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """The adapter that allauth asks about accounts, passwords and their mails."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody's work is, unless they were on their way to another page."""
        role = request.user.role if isinstance(request.user, User) else ""
        return reverse(_FIRST_PAGE.get(role, settings.LOGIN_REDIRECT_URL))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: `authenticate` counts, by address and network."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose address and password these are, also where they may no longer sign in.

        Raises `ComeBackLater` after too many wrong tries from this network, or while as many
        passwords as may be are being checked.
        """
        email = str(credentials.get("email", ""))
        network = network_of(self.get_client_ip(request))
        begin_try(email, network, at=timezone.now())
        try:
            person: User | None = super().authenticate(request, **credentials)
        except ComeBackLater:
            take_back(email, network)
            raise
        if person:
            forgive(email, network, at=timezone.now())
        return person

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        with transaction.atomic():
            tell("signin.succeeded", user, by=user, at=timezone.now())
