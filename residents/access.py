"""Which roles may open a page: others get 404, as if it did not exist, strangers the login."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from residents.models import Role, User

P = ParamSpec("P")


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in, as it comes through the middleware."""

    user: User
    htmx: HtmxDetails


View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ViewOfPerson = Callable[Concatenate[PersonRequest, P], HttpResponseBase]


def for_role(*roles: Role) -> Callable[[ViewOfPerson[P]], View[P]]:
    """A page for people of some roles only."""

    def guard(view: ViewOfPerson[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User) or request.user.role not in roles:
                raise Http404
            return view(cast("PersonRequest", request), *args, **kwargs)

        return login_required(guarded)

    return guard


for_staff = for_role(Role.STAFF)
