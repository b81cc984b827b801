"""Whose eyes a page is for. What is not yours is not there: others get 404, strangers the login."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase

from residents.models import Role, User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def for_role(*roles: Role) -> Callable[[View[P]], View[P]]:
    """A page for people of some roles only."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User) or request.user.role not in roles:
                raise Http404
            return view(request, *args, **kwargs)

        return login_required(guarded)

    return guard


for_staff = for_role(Role.STAFF)
