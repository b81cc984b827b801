"""What has to wait: an answer that says how long, instead of a thread that waits."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

A_MINUTE = 60


class ComeBackLater(Exception):
    """This is not done now; in `seconds` it may be."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, ceil(seconds))

    def __str__(self) -> str:
        words = ngettext(
            "There were too many tries. Please wait {count} second, then try again.",
            "There were too many tries. Please wait {count} seconds, then try again.",
            self.seconds,
        )
        return words.format(count=self.seconds)


class DoorIsBusy(ComeBackLater):
    """As many passwords as may be are being checked at this moment."""

    def __init__(self) -> None:
        super().__init__(1)

    def __str__(self) -> str:
        return _("Several people are signing in at this moment. Please try again in a second.")


def too_many(request: HttpRequest, later: ComeBackLater | None = None) -> HttpResponse:
    """The page that says how long to wait; allauth's own limits look at a minute."""
    later = later or ComeBackLater(A_MINUTE)
    response = render(request, "429.html", {"sentence": str(later)}, status=429)
    response["Retry-After"] = str(later.seconds)
    return response


class ComeBackLaterMiddleware:
    """Answers what no form has answered itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many(request, exception) if isinstance(exception, ComeBackLater) else None
