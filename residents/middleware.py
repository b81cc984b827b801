"""Pages speak the signed-in person's language and tell times in the lab's zone."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from residents.models import User


class PersonalSettingsMiddleware:
    """The person's own language, unless this browser has chosen another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = bool(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
        if not chosen and settings.SESSION_COOKIE_NAME in request.COOKIES:
            person = request.user
            if isinstance(person, User):
                translation.activate(person.language)
                request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
