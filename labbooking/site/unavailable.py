"""What people and programs are told while the database cannot be reached."""

from __future__ import annotations

import logging
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.defaults import server_error

from labbooking.wire import once_a_minute
from labbooking.wire.problems import API, problem

log = logging.getLogger(__name__)
RETRY_AFTER = 10
"""Seconds: most restarts of a database take no longer."""
AWAY = ("08", "53", "57P", "57014")
"""Beginnings of SQLSTATE: no connection, no resources, shutting down or starting, called off."""
SQLITE_AWAY = ("locked", "busy", "unable to open", "disk I/O", "disk is full")


def database_is_away(error: BaseException | None) -> bool:
    """Whether trying again later is all there is to do: nothing is wrong with the question."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    if not hasattr(error.__cause__, "sqlstate"):
        return any(each in str(error) for each in SQLITE_AWAY)
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return not state or state.startswith(AWAY)


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503, by the caller's own way of speaking; asks neither database nor session."""
    once_a_minute.warn(log, "The database cannot be reached", error)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    if request.path_info.startswith(API):
        answer = problem(status, _("The house cannot be reached for a moment. Please try again."))
    else:
        answer = HttpResponse(render_to_string("503.html"), status=status)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    setattr(answer, "_has_been_logged", True)  # noqa: B010 - for Django: the line above is enough
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called while the error is being handled."""
    error = sys.exc_info()[1]
    if error is not None and database_is_away(error):
        return unavailable(request, error)
    return server_error(request)
