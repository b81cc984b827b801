"""allauth's pages at the door, where their answer is ours."""

from __future__ import annotations

from typing import Any

from allauth.account.views import (
    LoginView,
    PasswordChangeView,
    PasswordResetFromKeyView,
    ReauthenticateView,
)
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.asking.queries import rule
from residents.signin.passwords import ChangedMeanwhile


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
    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "may_ask": rule().is_open}


class StillYouView(ShownAgain, _WithUniversity, ReauthenticateView):  # type: ignore[misc]
    pass


class ChoosePasswordView(PasswordResetFromKeyView):  # type: ignore[misc]
    """A link that opens twice in one moment sets one password."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ChangedMeanwhile:
            response = self.render_to_response(self.get_context_data(token_fail=True))
        return response


class ChangePasswordView(PasswordChangeView):  # type: ignore[misc]
    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Who came by a university alone has none to change, and chooses a first one by a link."""
        person = request.user
        if isinstance(person, User) and not person.has_usable_password():
            words = _("You have no password yet. With a link by e-mail you choose one.")
            messages.info(request, words)
            return redirect("account_reset_password")
        response: HttpResponse = super().dispatch(request, *args, **options)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ChangedMeanwhile:
            form.add_error("oldpassword", _("Your password has been changed meanwhile."))
            response = self.form_invalid(form)
        return response


sign_in = SignInView.as_view()
still_you = StillYouView.as_view()
choose_password = ChoosePasswordView.as_view()
change_password = ChangePasswordView.as_view()
