"""What a page says is for who asked for it: nothing on the way and no browser keeps it.

A page that may be kept says so itself: by a `Cache-Control` of its own, or in PUBLIC for visitors
who are not signed in.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

PUBLIC = frozenset(
    {"front", "board", "plan", "house", "resource", "resource_type", "page", "calls", "call"}
)
# Nothing of the house uses any of these, so nothing that gets into a page may either.
POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class PrivatePagesMiddleware:
    """Stands outside compression, which leaves alone what is marked `no-store` for its secrets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        if "Cache-Control" not in response.headers and not _is_public(request):
            response.headers["Cache-Control"] = "no-store"
        return response


def _is_public(request: HttpRequest) -> bool:
    found = request.resolver_match
    stranger = settings.SESSION_COOKIE_NAME not in request.COOKIES
    reads = request.method in {"GET", "HEAD"}
    return bool(stranger and reads and found and found.view_name in PUBLIC)
