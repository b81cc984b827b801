"""Reminds of a second factor that is still to be set up; when its time is over, there is nothing
but the pages to do so, and the way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from labbooking.period import MINUTE
from residents.models import User
from residents.signin.factors.required import due

_ASKED_AGAIN_AFTER = 5 * MINUTE
_KEPT = "factors.due"
_ALWAYS = frozenset(
    {
        *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
        *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
        *("university_sign_in", "openid_connect_callback", "sign_out_there"),
        *("account_login", "account_logout", "account_change_password", "account_reset_password"),
        *("account_reset_password_done", "account_reset_password_from_key", "recover"),
        *("page", "set_language", "healthz", "readyz"),
    }
)


class SecondFactorMiddleware:
    """Puts `second_factor_due` on the request of who has none: a moment, ahead or past."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_WANTED and settings.SESSION_COOKIE_NAME in request.COOKIES:
            person = request.user
            if isinstance(person, User):
                request.second_factor_due = _due(request, person)  # type: ignore[attr-defined]
                request.second_factor_overdue = second_factor_overdue(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """The API answers for itself, since a token goes on as before."""
        is_api = request.path.startswith("/api/")
        if is_api or not second_factor_overdue(request) or request.resolver_match is None:
            return None
        return None if request.resolver_match.view_name in _ALWAYS else redirect("mfa_index")


def second_factor_overdue(request: HttpRequest) -> bool:
    moment = getattr(request, "second_factor_due", None)
    return moment is not None and timezone.now() >= moment


def _due(request: HttpRequest, person: User) -> datetime | None:
    """Asked of the database every few minutes, and at once for another role or a new factor."""
    now = timezone.now()
    kept = request.session.get(_KEPT)
    if kept and kept["role"] == person.role and now.timestamp() < kept["until"]:
        return _moment(kept["due"])
    found = due(person, at=now)
    request.session[_KEPT] = {
        "role": person.role,
        "due": found.timestamp() if found else None,
        "until": (now + _ASKED_AGAIN_AFTER).timestamp(),
    }
    return found


def forget_due(request: HttpRequest) -> None:
    """After a factor was set up or removed."""
    request.session.pop(_KEPT, None)


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
