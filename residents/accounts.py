"""Accounts are given by the house, so nobody signs up alone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labbooking.wire.throttle import network_of
from residents.models import User
from residents.signin.devices.actions import begin, forget
from residents.signin.entries import tell
from residents.signin.factors.queries import APP, CODES, PASSKEY, factors_of
from residents.signin.factors.required import ask_from
from residents.signin.later import ComeBackLater
from residents.signin.tries import begin_try, forgive, take_back

PRIVATE = "X-Daig-Private"
"""The header of mails that the demo lab's mail page leaves out."""


class HouseAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """The adapter that allauth asks about accounts, passwords and their mails."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: `authenticate` counts, by address and network."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose address and password these are, also where they may no longer sign in.

        Raises `ComeBackLater` after too many wrong tries from this network, or while as many
        passwords as may be are being checked.
        """
        email = str(credentials.get("email", ""))
        network = network_of(self.get_client_ip(request))
        at = timezone.now()
        before = begin_try(email, network, at=at)
        try:
            person: User | None = super().authenticate(request, **credentials)
        except ComeBackLater:
            take_back(email, network, at=at, before=before)
            raise
        if person:
            forgive(email, network, at=timezone.now())
        return person

    def get_login_stages(self) -> list[str]:
        return ["residents.signin.factors.stage.SecondFactorStage"]

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, str]]:
        """Who has a second factor is asked for it, everybody else for the password."""
        if not isinstance(user, User):
            return []
        has = set(factors_of(user).values_list("type", flat=True))
        ways = {}
        if PASSKEY in has:
            ways["mfa_reauthenticate_webauthn"] = _("Use a passkey instead")
        if has & {APP, CODES}:
            ways["mfa_reauthenticate"] = _("Write a code instead")
        ways = ways or {"account_reauthenticate": ""}
        return [{"id": name, "description": ways[name], "url": reverse(name)} for name in ways]

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def logout(self, request: HttpRequest) -> None:
        forget(request.session.session_key)
        super().logout(request)

    def login(self, request: HttpRequest, user: User) -> None:
        before = request.session.session_key
        super().login(request, user)
        at = timezone.now()
        with transaction.atomic():
            # A passkey and a university let somebody in where another one is signed in.
            forget(before)
            tell("signin.succeeded", user, by=user, at=at)
            ask_from(user, at=at)
            begin(request, user, at=at)
