"""Pages travel compressed. Static files are compressed already when they are collected."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPagesMiddleware(GZipMiddleware):
    """Only HTML: pictures and exports gain nothing, and answers of the API are short.

    What a page holds back must not be guessed from its length (BREACH): every page repeats its
    address, and so a guess. Django masks the CSRF token anew each time; what holds other secrets,
    such as the key of one's calendar, is marked `no-store` and travels as it is.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_html = response.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_html or "no-store" in response.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)
