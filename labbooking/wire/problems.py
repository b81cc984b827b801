"""Every refusal of the API in one shape: `application/problem+json` (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"
API = "/api/"
DOCS = "api:openapi-view"

TITLES = {
    "malformed": gettext_lazy("The request makes no sense"),
    "unclear_time": gettext_lazy("This local time is ambiguous or does not exist"),
    "unauthenticated": gettext_lazy("Nobody is signed in"),
    "csrf_failed": gettext_lazy("The request may not come from our pages"),
    "not_allowed": gettext_lazy("You may not do this"),
    "not_found": gettext_lazy("There is no such thing"),
    "method_not_allowed": gettext_lazy("This cannot be done at this address"),
    "slot_taken": gettext_lazy("The time is taken"),
    "wrong_state": gettext_lazy("The booking has moved on"),
    "call_closed": gettext_lazy("The call takes no applications now"),
    "too_large": gettext_lazy("The request is too large"),
    "unsupported_media_type": gettext_lazy("The request is not JSON"),
    "refused": gettext_lazy("House rules say no"),
    "idempotency_mismatch": gettext_lazy("This key was used for another request"),
    "too_many_requests": gettext_lazy("Too many requests"),
    "unavailable": gettext_lazy("The house cannot be reached for a moment"),
    "internal": gettext_lazy("Something broke on our side"),
}
CODES = {
    400: "malformed",
    401: "unauthenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    409: "wrong_state",
    413: "too_large",
    415: "unsupported_media_type",
    422: "refused",
    429: "too_many_requests",
    503: "unavailable",
}


class RefusalOut(BaseModel):
    """One house rule that says no. `resource` is empty where it is about the person."""

    code: str
    message: str
    resource: str
    overridable: bool = Field(description="Staff may set it aside and give a reason.")
    question: str | None = Field(
        default=None, description="The key of the question that is not answered as it asks."
    )
    allowed: list[str] | None = Field(
        default=None, description="What it can be answered with; of terms, which version to accept."
    )


class SuggestionOut(BaseModel):
    """These resources are free together in this period."""

    starts_at: datetime
    ends_at: datetime
    resources: list[str]


class AppointmentOut(BaseModel):
    """An induction that is offered, where one is missing: take a place by its `id`."""

    id: int
    topic: str
    starts_at: datetime
    ends_at: datetime
    location: str
    free: int = Field(description="How many places are free.")


class Mistake(BaseModel):
    """What is wrong with one field of the request."""

    field: str
    message: str


class Problem(BaseModel):
    """Why a request was not done. `code` is for programs, `detail` for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    refusals: list[RefusalOut] = []
    suggestions: list[SuggestionOut] = []
    induction_slots: list[AppointmentOut] = []
    errors: list[Mistake] = []
    choices: list[datetime] = []


def problems(*statuses: int) -> dict[int, type[Problem]]:
    """For `response=`: these statuses are answered with a problem."""
    return dict.fromkeys(statuses, Problem)


def problem(status: int, detail: str, *, code: str = "", **more: Any) -> HttpResponse:
    """The answer to a request that was not done; `more` are fields of `Problem`."""
    response = HttpResponse(status=status)
    write_problem(response, detail, code=code, **more)
    return response


def write_problem(response: HttpResponse, detail: str, *, code: str = "", **more: Any) -> None:
    status = response.status_code
    code = code or CODES.get(status) or ("internal" if status >= 500 else "malformed")
    body = {
        "type": f"{settings.PUBLIC_URL}{reverse(DOCS)}#{code}",
        "title": str(TITLES[code]),
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    response.content = json.dumps(body, cls=DjangoJSONEncoder).encode()
    response["Content-Type"] = MEDIA_TYPE
    response["Content-Length"] = str(len(response.content))


class ProblemsMiddleware:
    """Makes a problem of every error under /api/ that no endpoint has answered itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API) and not _names_a_language(request):
            translation.activate("en")
            request.LANGUAGE_CODE = "en"
        response = self.get_response(request)
        answered = response.status_code < 400 or response.headers.get("Content-Type") == MEDIA_TYPE
        if not answered and request.path_info.startswith(API):
            write_problem(response, _sentence(request, response))
        return response


def _names_a_language(request: HttpRequest) -> bool:
    """Programs seldom do, and whoever reads what they write down reads English."""
    wanted = request.headers.get("Accept-Language", "").strip()
    return wanted not in {"", "*"} or settings.LANGUAGE_COOKIE_NAME in request.COOKIES


def _sentence(request: HttpRequest, response: HttpResponse) -> str:
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        message = _("{method} is not possible here, only {allowed}.")
        return message.format(method=request.method, allowed=response.headers["Allow"])
    if response.status_code == HTTPStatus.NOT_FOUND:
        return _("There is nothing at this address.")
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("It is not your fault. Please try again, and tell staff if it keeps happening.")
    return _("The request cannot be understood.")
