"""Serves the pictures this house has encoded itself, and manuals, which may do nothing there.

Nothing else is ever served from media.
"""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment import manuals
from labbooking import pictures


@require_safe
def picture(request: HttpRequest, key: str, size: str) -> FileResponse:  # noqa: ARG001
    """A picture never changes under its key, so browsers may keep it for a year."""
    response = _kept(pictures.path(key, size), "image/webp", _("There is no such picture."))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def manual(request: HttpRequest, key: str) -> FileResponse:  # noqa: ARG001
    """A PDF as it was sent. It has an origin of its own, so it reaches nothing of the house; the
    browser's viewer runs scripts there, without which some show an empty page."""
    response = _kept(manuals.path(key), "application/pdf", _("There is no such manual."))
    response["Content-Disposition"] = 'inline; filename="manual.pdf"'
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox allow-scripts"
    )
    return response


def _kept(path: str, content_type: str, missing: str) -> FileResponse:
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404(missing) from None
    response = FileResponse(file, content_type=content_type)
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
