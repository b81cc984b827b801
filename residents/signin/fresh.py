"""Whether somebody has just shown that it is still them."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponseBase

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)


def signed_in_just_now(request: HttpRequest) -> bool:
    """By signing in or by showing it once more, within `ACCOUNT_REAUTHENTICATION_TIMEOUT`."""
    records = get_authentication_records(request, request.user)
    newest = max((float(each["at"]) for each in records), default=0.0)
    return bool(time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT)


def ask_again(request: HttpRequest) -> None:
    """Raises `ReauthenticationRequired` for who signed in a while ago: they are asked who they are,
    and come back to what they were doing, with what they had sent."""
    if not signed_in_just_now(request):
        raise ReauthenticationRequired


def wants_fresh_sign_in(
    view: Callable[Concatenate[R, P], HttpResponseBase],
) -> Callable[Concatenate[R, P], HttpResponseBase]:
    """Before roles, tokens, exports, erasure and what lets somebody in."""

    @wraps(view)
    def asked(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        ask_again(request)
        return view(request, *args, **kwargs)

    return asked
