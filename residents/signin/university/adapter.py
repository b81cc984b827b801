"""What allauth asks the house when a university has answered."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.university.actions import link, move_in
from residents.signin.university.claims import Unbelievable, read


class HouseUniversity(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """What the university says is used here and kept nowhere."""
        account = sociallogin.account
        told, account.extra_data = account.extra_data, {}
        SocialAccount.objects.filter(pk=account.pk).update(extra_data={})
        try:
            claims = read(told, issuer=settings.OIDC_ISSUER)
        except Unbelievable:
            _refuse(request, _no_sense())
        at = timezone.now()
        try:
            if sociallogin.state.get("process") == "connect":
                if not isinstance(request.user, User):
                    raise ImmediateHttpResponse(redirect("account_login"))
                link(request.user, account.provider, claims.subject, at=at)
                messages.success(request, _("Your university account is linked."))
                raise ImmediateHttpResponse(redirect("mfa_index"))
            if not sociallogin.is_existing:
                sociallogin.account = move_in(claims, account.provider, at=at)
                sociallogin.user = sociallogin.account.user
        except ValidationError as error:
            _refuse(request, " ".join(error.messages))

    def on_authentication_error(self, request: HttpRequest, *_said: Any, **_more: Any) -> NoReturn:
        _refuse(request, _no_sense())


def _no_sense() -> str:
    return _("The university has not said who you are. Try again, or sign in in another way.")


def _refuse(request: HttpRequest, why: str) -> NoReturn:
    messages.error(request, why)
    signed_in = isinstance(request.user, User)
    raise ImmediateHttpResponse(redirect("mfa_index" if signed_in else "account_login"))
