"""A sign-in that has lasted long enough, or that nobody has used, ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.devices.actions import KEPT, forget, seen
from residents.signin.devices.limits import NOTED_AFTER, is_over

BY_ITSELF = "X-Asked-By-Itself"
"""The header of what an open page asks time and again: nobody need be sitting before it."""


class DevicesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = settings.SESSION_COOKIE_NAME in request.COOKIES and request.session.get(KEPT)
        if kept and isinstance(request.user, User):
            self._look(request, request.user, kept)
        return self.get_response(request)

    def _look(self, request: HttpRequest, person: User, kept: dict[str, float]) -> None:
        at = timezone.now()
        began, last = (datetime.fromtimestamp(kept[each], UTC) for each in ("began", "seen"))
        if is_over(person.role, began=began, seen=last, at=at):
            forget(request.session.session_key)
            logout(request)
            messages.info(request, _("Some time has passed, so please sign in again."))
        elif BY_ITSELF in request.headers:
            return
        elif at >= last + NOTED_AFTER or kept["proof"] != request.session[HASH_SESSION_KEY]:
            seen(request.session, began=began, at=at)
