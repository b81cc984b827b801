"""The API under /api/v1/: its doors, and one shape for everything that goes wrong."""

from __future__ import annotations

import json
import logging
from functools import cache
from http import HTTPStatus
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as Invalid
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import RawPostDataException
from django.shortcuts import redirect
from django.urls import Resolver404, path, re_path, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import (
    AuthenticationError,
    HttpError,
    Throttled,
    ValidationError,
    ValidationErrorContext,
)
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.params.models import ParamModel
from ninja.parser import Parser

from equipment.actions import Overtaken
from equipment.api import router as resources
from labbooking.bookings.api import ROUTERS
from labbooking.bookings.api.serializers.bookings import reasons
from labbooking.errors import DomainError
from labbooking.house.api import router as house
from labbooking.house.questions_api import router as questions
from labbooking.house.steps_api import router as steps
from labbooking.inductions.api import router as inductions
from labbooking.inductions.instead import appointments_instead
from labbooking.people.api import router as people
from labbooking.people.groups_api import router as groups
from labbooking.period import NaiveTime, UnclearLocalTime
from labbooking.research.api import router as research
from labbooking.residencies.applications.api import router as applications
from labbooking.residencies.calls.api import router as calls
from labbooking.residencies.jury.api import router as juries
from labbooking.residencies.offers.api import router as offers
from labbooking.residencies.seasons.api import router as seasons
from labbooking.residencies.stays.api import router as stays
from labbooking.residencies.works.api import router as works
from labbooking.site.unavailable import database_is_away, unavailable
from labbooking.wire.cursor import BadCursor
from labbooking.wire.docs import DocsPage
from labbooking.wire.mistakes import grouping, in_one_line, mistakes
from labbooking.wire.openapi import ScopedSchema, finished
from labbooking.wire.parameters import UnknownParameters, refuse_unknown
from labbooking.wire.problems import problem
from labbooking.wire.throttle import RateLimit
from residents.authentication import OPEN_TO_ALL, SIGNED_IN, CsrfFailed, OutOfScope
from residents.models import Scope, User
from residents.tokens.scopes import own_alone

logger = logging.getLogger("django.request")
LEFT_OUT = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})
"""What staff may do and a token without their rights may not is answered with one of these."""


class StrictJSON(Parser):
    """JSON as the standard has it: NaN and Infinity are none."""

    def parse_body(self, request: HttpRequest) -> Any:
        return json.loads(request.body, parse_constant=_no_number)


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


class LabAPI(NinjaAPI):
    """ninja's API with one description, made once, and mistakes in our own words."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        return _schema(self)

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Every request comes by here, once it is clear who asks and before it is read."""
        refuse_unknown(request, self.get_openapi_schema()["paths"])
        return super().create_temporal_response(request)

    def make_schema(self) -> OpenAPISchema:
        return finished(ScopedSchema(self, self.get_root_path({})))

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[ParamModel]]
    ) -> ValidationError:
        return ValidationError(
            [
                mistake
                for context in error_contexts
                for mistake in mistakes(
                    context.pydantic_validation_error,
                    str(context.model.__ninja_param_source__),
                    grouping(context.model),
                )
            ]
        )


@cache
def _schema(of_api: LabAPI) -> OpenAPISchema:
    return of_api.make_schema()


api = LabAPI(
    title="Daig",
    version="1",
    description=(
        "Booking and scheduling for the lab: what pages can do, programs can do too. Where no "
        "answer comes, ask again with the same `Idempotency-Key`: nothing is made twice. A "
        "parameter that an address does not know is refused, not left out. A token has a scope: "
        "`read` looks at all that its person may see, `book` also acts on their own bookings, "
        "`staff` does all that their role may do. What an operation needs stands in its "
        "`security`."
    ),
    urls_namespace="api",
    auth=SIGNED_IN,
    throttle=RateLimit(),
    parser=StrictJSON(),
    docs=DocsPage(),
)
api.add_router("", resources, auth=OPEN_TO_ALL)
for router in ROUTERS:
    api.add_router("", router)
api.add_router("", inductions)
api.add_router("", calls, auth=OPEN_TO_ALL)
for router in (works, applications, offers, stays, juries, seasons):
    api.add_router("", router)
api.add_router("", people)
api.add_router("", groups)
api.add_router("", house)
api.add_router("", questions)
api.add_router("", steps)
api.add_router("", research)


@api.exception_handler(DomainError)
def on_booking_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    if error.status in LEFT_OUT and getattr(request.auth, "acts_for_oneself", False):  # type: ignore[attr-defined]
        return on_out_of_scope(request, OutOfScope(Scope.STAFF, own_alone()))
    return problem(
        error.status, error.detail, code=error.code, **reasons(error), **_instead(request, error)
    )


def _instead(request: HttpRequest, error: DomainError) -> dict[str, object]:
    """Where an induction is missing, the next that are offered."""
    person = getattr(request, "auth", None)
    if not isinstance(person, User) or not person.may_book:
        return {}
    slots = appointments_instead(error.refusals, person, timezone.now())
    return {"induction_slots": [each.model_dump() for each in slots]} if slots else {}


@api.exception_handler(ValidationError)
def on_mistakes(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(400, in_one_line(error.errors), errors=error.errors)


@api.exception_handler(Invalid)
def on_invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    """What an action says of the fields it was given."""
    if isinstance(error, Overtaken):
        return problem(409, " ".join(error.messages))
    fields = getattr(error, "message_dict", {"__all__": error.messages})
    errors = [
        {"field": name.removeprefix("__all__"), "message": sentence}
        for name, sentences in fields.items()
        for sentence in sentences
    ]
    return problem(400, " ".join(error.messages), errors=errors)


@api.exception_handler(UnknownParameters)
def on_unknown_parameters(request: HttpRequest, error: UnknownParameters) -> HttpResponse:
    return problem(400, in_one_line(error.errors), errors=error.errors)


@api.exception_handler(BadCursor)
def on_bad_cursor(request: HttpRequest, error: BadCursor) -> HttpResponse:
    return problem(400, str(error), errors=[{"field": "cursor", "message": str(error)}])


@api.exception_handler(UnclearLocalTime)
def on_unclear_time(request: HttpRequest, error: UnclearLocalTime) -> HttpResponse:
    message = _("The clocks change then, so {time} could mean two moments. Choose one of them.")
    detail = message.format(time=f"{error.local:%Y-%m-%d %H:%M}")
    return problem(400, detail, code="unclear_time", choices=list(error.choices))


@api.exception_handler(NaiveTime)
def on_naive_time(request: HttpRequest, error: NaiveTime) -> HttpResponse:
    return problem(400, _("Add the offset to every time, such as 2026-11-24T10:00:00+01:00."))


@api.exception_handler(AuthenticationError)
def on_nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    wrong_token = request.headers.get("Authorization", "").lower().startswith("bearer")
    detail = str(error) if wrong_token else _("Send a bearer token, or sign in with the browser.")
    answer = problem(401, detail)
    answer["WWW-Authenticate"] = 'Bearer realm="Daig"' + ', error="invalid_token"' * wrong_token
    return answer


@api.exception_handler(OutOfScope)
def on_out_of_scope(request: HttpRequest, error: OutOfScope) -> HttpResponse:
    answer = problem(403, str(error))
    said = f'error="insufficient_scope", scope="{error.scope.value}"'
    answer["WWW-Authenticate"] = f'Bearer realm="Daig", {said}'
    return answer


@api.exception_handler(CsrfFailed)
def on_csrf(request: HttpRequest, error: CsrfFailed) -> HttpResponse:
    return problem(403, str(error), code="csrf_failed")


@api.exception_handler(Throttled)
def on_too_many(request: HttpRequest, error: Throttled) -> HttpResponse:
    return problem(429, _("That was more than {rate}. Please wait.").format(rate=settings.API_RATE))


@api.exception_handler(HttpError)
def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return problem(400, _("The request is not JSON that can be read."))
    return problem(error.status_code, str(error))


@api.exception_handler(Http404)
def on_not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, str(error) or _("There is nothing at this address."))


@api.exception_handler(PermissionDenied)
def on_denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error) or _("You are not allowed to do this."))


@api.exception_handler(RequestDataTooBig)
def on_too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, _("Send less at once."))


@api.exception_handler(SuspiciousOperation)
def on_suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return problem(400, _("The request cannot be understood."))


@api.exception_handler(RawPostDataException)
def on_form(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    return problem(415, _("Send JSON, with Content-Type: application/json."))


@api.exception_handler(Exception)
def on_crash(request: HttpRequest, error: Exception) -> HttpResponse:
    """Tells nothing of our insides, but us everything."""
    if database_is_away(error):
        return unavailable(request, error)
    got_request_exception.send(sender=LabAPI, request=request)
    logger.error("%s %s broke", request.method, request.path, exc_info=error)
    detail = _("It is not your fault. Please try again, and tell staff if it keeps happening.")
    return problem(500, detail, code="internal")


def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """Any other address; one that only lacks its last slash is shown the way."""
    try:
        known = resolve(f"{request.path_info}/").func is not nothing_here
    except Resolver404:
        known = False
    if known:
        answer = redirect(request.get_full_path(force_append_slash=True))
        answer.status_code = HTTPStatus.PERMANENT_REDIRECT
        return answer
    return problem(404, _("There is nothing at this address."))


nothing_here.csrf_exempt = True  # type: ignore[attr-defined]

urlpatterns = [path("", api.urls), re_path("", nothing_here)]
