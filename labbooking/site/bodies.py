"""How much a request may bring: what is too much is refused before it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.pictures import LARGEST_FILE
from labbooking.wire.problems import API, problem
from residents.membership.links import invitation_opened

BESIDE_A_FILE = 256 * 1024
LARGEST_BODY = LARGEST_FILE + BESIDE_A_FILE
"""A picture and the form it came with."""
LARGEST_OF_STRANGERS = 64 * 1024
"""Of who is not signed in, where it could hold files: a form, and no more."""
ACCEPTING = ("accept_invitation", "accept_with_passkey")


class NoFiles(FileUploadHandler):
    """Stops at the first file, unread: who is not signed in has nothing to send one to."""

    def new_file(self, *args: Any, **options: Any) -> None:
        raise StopUpload(connection_reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> None:
        return None


class BodiesMiddleware:
    """The last of all, where it is known who asks; nothing before it reads a body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"POST", "PUT", "PATCH"}:
            return self.get_response(request)
        length = _length(request)
        if _may_hold_files(request) and not _is_expected(request):
            if length > LARGEST_OF_STRANGERS:
                return _too_large(request)
            request.upload_handlers = [NoFiles(request)]
        if length > LARGEST_BODY:
            return _too_large(request)
        return self.get_response(request)


def _may_hold_files(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def _is_expected(request: HttpRequest) -> bool:
    """Whoever is signed in, or accepts an invitation, which takes a portrait."""
    if request.user.is_authenticated:
        return True
    accepts = request.path_info in map(reverse, ACCEPTING)
    invitation = invitation_opened(request) if accepts else None
    return invitation is not None and invitation.is_active


def _length(request: HttpRequest) -> int:
    """Without one Django reads nothing."""
    told = request.headers.get("Content-Length") or "0"
    return int(told) if told.isdecimal() and len(told) < 20 else LARGEST_BODY + 1


def _too_large(request: HttpRequest) -> HttpResponse:
    sentence = _("Send less at once.")
    if request.path.startswith(API):
        answer = problem(413, sentence)
    else:
        answer = HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
    # What was not read must not be taken for the next request.
    answer["Connection"] = "close"
    return answer
