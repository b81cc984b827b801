"""Whether somebody has just shown that it is still them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.factors.queries import has_second_factor

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def signed_in_just_now(request: HttpRequest) -> bool:
    """By signing in or by showing it once more, within `ACCOUNT_REAUTHENTICATION_TIMEOUT`."""
    records = get_authentication_records(request, request.user)
    by_university = [each for each in records if each["method"] == "socialaccount"]
    if by_university and has_second_factor(cast("User", request.user)):
        # It stands in for the password, and the password alone is not enough.
        records = [each for each in records if each not in by_university]
    newest = max((float(each["at"]) for each in records), default=0.0)
    return bool(time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT)


def ask_again(request: HttpRequest) -> None:
    """Raises `ReauthenticationRequired` for who signed in a while ago: they are asked who they are,
    and come back to what they were doing, with what they had sent.

    It waits in the session, where a password must not stand: with one, they begin the page anew.
    """
    if signed_in_just_now(request):
        return
    # What somebody sent before and gave up when they were asked is not done now instead.
    request.session.pop(STATE_SESSION_KEY, None)
    if any("password" in name for name in request.POST):
        messages.info(request, _("Please fill in the form once more: passwords are not kept."))
        way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        raise ImmediateHttpResponse(redirect(f"{way}?{urlencode({'next': request.path})}"))
    raise ReauthenticationRequired


def wants_fresh_sign_in(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Before roles, tokens, exports, erasure, what lets somebody in and what ends an account."""

    @wraps(view)
    def asked(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        ask_again(request)
        return view(request, *args, **kwargs)

    return asked
