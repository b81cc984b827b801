"""allauth's pages at the door, where their answer is ours."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, ReauthenticateView
from django.http import HttpResponse


class _ShownAgain:
    """A form that has to wait is shown again with what was typed, as 429."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if form.later:
            response.status_code = 429
            response["Retry-After"] = str(form.later.seconds)
        return response


class SignInView(_ShownAgain, LoginView):  # type: ignore[misc]
    pass


class StillYouView(_ShownAgain, ReauthenticateView):  # type: ignore[misc]
    pass


sign_in = SignInView.as_view()
still_you = StillYouView.as_view()
