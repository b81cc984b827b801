"""A picture of a work, for whoever may see it, at an address that says nothing of whose it is."""

from __future__ import annotations

from typing import cast, get_args

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from labbooking.pictures import Size
from labbooking.residencies.blind.audience import page_for
from residents.access import PersonRequest


@require_safe
@login_required
def picture(request: HttpRequest, work: str, number: int, size: str) -> HttpResponse:
    """Asked for anew each time: who may see it today may not tomorrow. Neither the name of its
    file nor a tag or date of it is told."""
    page = page_for(cast("PersonRequest", request).user, work, number)
    if page is None or size not in get_args(Size):
        raise Http404
    try:
        with default_storage.open(page.path(cast("Size", size))) as file:
            webp = file.read()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(webp, content_type="image/webp")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
