"""allauth's pages at the door, where their answer is ours."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, ReauthenticateView
from django.conf import settings
from django.http import HttpResponse


class ShownAgain:
    """A form that has to wait is shown again with what was typed, as 429."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if form.later:
            response.status_code = 429
            response["Retry-After"] = str(form.later.seconds)
        return response


class _WithUniversity:
    """The pages that lead to the university, too, where one is set up."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        university = settings.OIDC_ISSUER and settings.OIDC_NAME
        more: dict[str, Any] = super().get_context_data(**context)  # type: ignore[misc]
        return {**more, "university": university}


class SignInView(ShownAgain, _WithUniversity, LoginView):  # type: ignore[misc]
    pass


class StillYouView(ShownAgain, _WithUniversity, ReauthenticateView):  # type: ignore[misc]
    pass


sign_in = SignInView.as_view()
still_you = StillYouView.as_view()
