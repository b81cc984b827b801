"""To the university and back. What speaks to it is loaded when somebody takes this way."""

from __future__ import annotations

from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from residents.access import PersonRequest
from residents.models import User
from residents.signin.fresh import wants_fresh_sign_in
from residents.signin.university.actions import unlink


@never_cache
@require_POST
def to_university(request: HttpRequest) -> HttpResponse:
    return _away(request, "login")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@wants_fresh_sign_in
def link_university(request: PersonRequest) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    if request.method != "POST":
        return render(request, "residents/signin/university_link.html")
    return _away(request, "connect")


@never_cache
@require_safe
def from_university(request: HttpRequest, provider_id: str) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    from allauth.socialaccount.providers.openid_connect.views import callback  # noqa: PLC0415

    try:
        answer: HttpResponse = callback(request, provider_id)
    except (KeyError, TypeError, ValueError):
        return _not_reached(request)
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@wants_fresh_sign_in
def unlink_university(request: PersonRequest, pk: int) -> HttpResponse:
    if not SocialAccount.objects.filter(user=request.user, pk=pk).exists():
        raise Http404
    if request.method != "POST":
        return render(request, "residents/signin/university_unlink.html", {"pk": pk})
    try:
        unlink(request.user, pk, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your university account is no longer linked."))
    return redirect("mfa_index")


def _away(request: HttpRequest, process: str) -> HttpResponse:
    if not settings.OIDC_ISSUER:
        raise Http404
    from allauth.socialaccount.adapter import get_adapter  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    provider = get_adapter().get_provider(request, settings.OIDC_PROVIDER)
    next_url = get_next_redirect_url(request)
    try:
        answer: HttpResponse = provider.redirect(request, process, next_url=next_url)
    except (RequestException, KeyError, ValueError):
        return _not_reached(request)
    except ImmediateHttpResponse as instead:
        response: HttpResponse = instead.response
        return response
    return answer


def _not_reached(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("The university cannot be reached. Sign in in another way."))
    return redirect("mfa_index" if isinstance(request.user, User) else "account_login")
