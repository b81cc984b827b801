"""Pages travel compressed. Static files are compressed already when they are collected."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPagesMiddleware(GZipMiddleware):
    """Only HTML: pictures and exports gain nothing, and answers of the API are short.

    What a page holds back cannot be guessed from its length: Django masks the CSRF token anew each
    time and adds some random bytes to what it compresses (BREACH).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
