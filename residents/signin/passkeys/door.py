"""Signing in with a passkey, and showing with one that it is still you."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import BaseReauthenticateView
from allauth.core.internal import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from residents.signin.passkeys.ceremony import accept, request_options, whose
from residents.signin.passkeys.forms import PasskeyForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@ratelimit.decorator(app="allauth.mfa", action="webauthn_login")  # type: ignore[untyped-decorator]
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """GET hands the page's script what to ask the browser; POST brings what it answered."""
    if request.method != "POST":
        wanted = "application/json" in request.headers.get("Accept", "")
        return JsonResponse(request_options()) if wanted else redirect("account_login")
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return _back(request, _("This is not a passkey."))
    credential = form.cleaned_data["credential"]
    try:
        passkey = accept(person := whose(credential), credential)
    except ValidationError as error:
        return _back(request, str(error.message))
    post_authentication(request, passkey, passwordless=True)
    login = Login(user=person, redirect_url=get_next_redirect_url(request))
    answer: HttpResponse = perform_login(request, login)
    return answer


def _back(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("account_login")


class PasskeyAgainView(BaseReauthenticateView):  # type: ignore[misc]
    form_class = PasskeyForm
    template_name = "residents/signin/passkey_again.html"

    def form_valid(self, form: PasskeyForm) -> HttpResponse:
        try:
            passkey = accept(self.request.user, form.cleaned_data["credential"])
        except ValidationError as error:
            form.add_error(None, error)
            again: HttpResponse = self.form_invalid(form)
            return again
        post_authentication(self.request, passkey, reauthenticated=True)
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        options = request_options(self.request.user)
        return {**super().get_context_data(**context), "options": options}


passkey_again = never_cache(login_required(PasskeyAgainView.as_view()))
