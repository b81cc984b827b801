"""Where a form without its CSRF token ends: most of the time its page had been open too long."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403 with a way back to the page the form stood on; many forms go where no page is.

    `reason` is how Django calls it; it is for developers and not shown.
    """
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    back = urlsplit(came_from)._replace(scheme="", netloc="").geturl() if ours else ""
    context = {"back": back or reverse("front")}
    return render(request, "403_csrf.html", context, status=403)
