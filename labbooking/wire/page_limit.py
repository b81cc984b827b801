"""How many pages one network may ask for: whoever asks without end is told to wait, and a page that
is dear to make keeps nobody else waiting."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, reverse

from labbooking.wire.problems import API
from labbooking.wire.throttle import is_within, network, until_next


class PageLimitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # The API counts by itself, and a page brings its pictures along.
        self.not_counted = (
            API,
            settings.MEDIA_URL,
            settings.STATIC_URL,
            reverse("healthz"),
            reverse("readyz"),
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        counted = not request.path_info.startswith(self.not_counted)
        if not counted or is_within(settings.PAGE_RATE, f"pages:{network(request)}"):
            return self.get_response(request)
        answer: HttpResponse = get_resolver().resolve_error_handler(429)(request)
        answer["Retry-After"] = str(ceil(until_next(settings.PAGE_RATE)))
        return answer
