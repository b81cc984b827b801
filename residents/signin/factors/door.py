"""Where a second factor is asked for: while signing in, and before something that matters."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.views import BaseReauthenticateView
from allauth.mfa.base.internal.flows import post_authentication
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from residents.signin.factors.forms import CodeForm
from residents.signin.factors.queries import PASSKEY, factors_of
from residents.signin.views import ShownAgain


@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage="mfa_authenticate", redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def second_factor(request: HttpRequest) -> HttpResponse:
    stage = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001 - allauth's
    if not stage.still_holds():
        begin_anew: HttpResponse = stage.abort()
        return begin_anew
    form = CodeForm(request.POST or None, user=stage.login.user)
    if request.method == "POST" and form.is_valid():
        post_authentication(request, form.factor)
        answer: HttpResponse = stage.exit()
        return answer
    has_passkey = factors_of(stage.login.user).filter(type=PASSKEY).exists()
    context = {"form": form, "has_passkey": has_passkey, "next": stage.login.redirect_url}
    response = render(request, "residents/signin/second_factor.html", context)
    if form.later:
        response.status_code, response["Retry-After"] = 429, str(form.later.seconds)
    return response


class CodeAgainView(ShownAgain, BaseReauthenticateView):  # type: ignore[misc]
    form_class = CodeForm
    template_name = "residents/signin/code_again.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        post_authentication(self.request, form.factor, reauthenticated=True)
        response: HttpResponse = super().form_valid(form)
        return response


code_again = login_required(CodeAgainView.as_view())
