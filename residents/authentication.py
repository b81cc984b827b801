"""Who is asking, for the API: a bearer token, or the browser's session with CSRF."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from residents.models import Scope, User
from residents.signin.factors.middleware import second_factor_overdue
from residents.signin.fresh import signed_in_just_now
from residents.tokens import note_use, person_for
from residents.tokens.scopes import (
    is_widest,
    narrowed,
    not_for_role,
    reaches,
    scopes_of,
    too_narrow,
)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SignedInRequest(HttpRequest):
    """A request behind `SIGNED_IN`: ninja puts the person there."""

    auth: User


class CsrfFailed(AuthorizationError):
    """A signed-in browser sent this, but perhaps not from one of our pages."""


class OutOfScope(AuthorizationError):
    """The token is good, and not for this; `scope` is what it would need."""

    def __init__(self, scope: Scope, message: str) -> None:
        super().__init__(message=message)
        self.scope = scope


class BearerToken(HttpBearer):
    """`Authorization: Bearer …`. A wrong token is an error even where a session would do: who
    sends one means to act as its person.

    To look, every token is enough. What changes something needs `scope`, and the widest one where
    nobody has said which. With `or_widest` one that is as wide as its person's role is enough, and
    the role gives the answer: what is not there for somebody is not there.
    """

    openapi_description = "A token made in your profile, or printed by `manage.py api_token EMAIL`."

    def __init__(self, scope: Scope = Scope.STAFF, *, or_widest: bool = False) -> None:
        super().__init__()
        self.scope, self.or_widest = scope, or_widest

    def needed(self, method: str) -> Scope:
        return Scope.READ if method.upper() in SAFE else self.scope

    def __call__(self, request: HttpRequest) -> User | None:
        scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, token.strip()) if scheme.lower() == "bearer" else None

    def authenticate(self, request: HttpRequest, token: str) -> User:
        person = person_for(token)
        if person is None or not person.is_active:
            raise AuthenticationError(message=_("This token is not known, or no longer valid."))
        note_use(person, at=timezone.now())
        needed = self.needed(request.method or "")
        if not (reaches(person, needed) or (self.or_widest and is_widest(person))):
            raise _out_of_scope(person, needed)
        return narrowed(person) if needed is not Scope.READ else person


def _out_of_scope(person: User, needed: Scope) -> AuthorizationError:
    """Which scope it takes helps only who can have it."""
    if needed in scopes_of(person.role):
        return OutOfScope(needed, too_narrow(needed))
    return AuthorizationError(message=not_for_role())


class BrowserSession(APIKeyCookie):
    """The session of a signed-in browser; what changes something needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> User | None:
        person = request.user
        if not isinstance(person, User):
            return None
        if request.method not in SAFE and check_csrf(request):
            raise CsrfFailed(message=_("Send the CSRF token of the page in X-CSRFToken."))
        if second_factor_overdue(request):
            raise AuthorizationError(message=_("Set up a second factor first, on your own page."))
        return person

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """Not used: the session middleware has read the cookie."""
        return None


def ask_again_in_a_browser(request: HttpRequest) -> None:
    """Before exports, roles and ends: who signed in a while ago shows first that it is still them.
    A token was made by somebody who had just done so."""
    person = getattr(request, "auth", None)
    if isinstance(person, User) and hasattr(person, "token_id"):
        return
    if not signed_in_just_now(request):
        raise AuthorizationError(message=_("Please sign in again first, or use a token."))


class Anybody:
    """The last way in, for what everybody may see."""

    openapi_security_schema: ClassVar[dict[str, str]] = {}

    def __call__(self, request: HttpRequest) -> AnonymousUser:
        return AnonymousUser()


SIGNED_IN = (BearerToken(), BrowserSession())
OWN_BOOKINGS = (BearerToken(Scope.BOOK), BrowserSession())
"""For what people do about their own bookings, so that a token may be made for that alone."""
OF_A_ROLE = (BearerToken(or_widest=True), BrowserSession())
"""For what staff or researchers do about something that others must not know of: they get 404."""
OPEN_TO_ALL = (*SIGNED_IN, Anybody())
