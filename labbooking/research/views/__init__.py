"""Pages of the research: one's own consents, and the studies of a researcher."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from labbooking.errors import NotThere
from residents.models import User

View = Callable[..., HttpResponseBase]


def theirs(view: View) -> View:
    """For signed-in people; what is not theirs does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotThere as missing:
            raise Http404(missing.detail) from missing

    return login_required(guarded)


def person_of(request: HttpRequest) -> User:
    """Who is signed in; `theirs` has let nobody else through."""
    person = request.user
    if not isinstance(person, User):
        raise Http404
    return person
