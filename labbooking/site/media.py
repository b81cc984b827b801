"""Serves the pictures this house has encoded itself; nothing else is ever served from media."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labbooking import pictures


@require_safe
def picture(request: HttpRequest, key: str, size: str) -> FileResponse:  # noqa: ARG001
    """A picture never changes under its key, so browsers may keep it for a year."""
    try:
        file = default_storage.open(pictures.path(key, size))
    except FileNotFoundError:
        raise Http404(_("There is no such picture.")) from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
