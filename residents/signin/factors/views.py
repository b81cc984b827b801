"""The pages on which somebody sets up a second factor, and does away with it."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from labbooking.when import duration
from residents.access import PersonRequest
from residents.signin.devices.limits import longest, longest_idle
from residents.signin.devices.queries import places
from residents.signin.factors.actions import new_recovery_codes, remove_factor, set_up_app
from residents.signin.factors.drawing import in_groups, qr_drawing, text_file
from residents.signin.factors.forms import AppForm
from residents.signin.factors.middleware import forget_due
from residents.signin.factors.queries import APP, CODES, PASSKEY, codes_left, factors_of
from residents.signin.factors.sealed import SealBroken, seal, unseal
from residents.signin.fresh import wants_fresh_sign_in

_SECRET = "factors.secret"  # noqa: S105 - where the session keeps it, sealed, while it is set up


@login_required
@never_cache
@require_safe
def overview(request: PersonRequest) -> HttpResponse:
    factors = list(factors_of(request.user))
    codes = next((each for each in factors if each.type == CODES), None)
    context = {
        "app": next((each for each in factors if each.type == APP), None),
        "passkeys": [each for each in factors if each.type == PASSKEY],
        "university": settings.OIDC_ISSUER and settings.OIDC_NAME,
        "links": SocialAccount.objects.filter(user=request.user).order_by("pk"),
        "codes": codes,
        "places": places(request.user, request.session, at=timezone.now()),
        "longest": duration(longest(request.user.role)),
        "idle": duration(longest_idle(request.user.role)),
        "codes_left": codes_left(codes) if codes else 0,
    }
    return render(request, "residents/signin/overview.html", context)


@login_required
@never_cache
@wants_fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: PersonRequest) -> HttpResponse:
    """Recovery codes are in the answer and nowhere else, so there is no redirect."""
    if factors_of(request.user).filter(type=APP).exists():
        return redirect("mfa_index")
    secret = _secret(request)
    form = AppForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _app_page(request, form, secret)
    try:
        codes = set_up_app(request.user, secret, form.cleaned_data["code"], at=timezone.now())
    except ValidationError as error:
        form.add_error("code", error)
        return _app_page(request, form, secret)
    request.session.pop(_SECRET)
    forget_due(request)
    messages.success(request, _("The app is set up. Signing in asks for its code from now on."))
    return shown_once(request, codes) if codes else redirect("mfa_index")


@login_required
@never_cache
@wants_fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_app(request: PersonRequest) -> HttpResponse:
    found = factors_of(request.user).filter(type=APP).first()
    if not found:
        raise Http404
    if request.method != "POST":
        return render(request, "residents/signin/remove_app.html")
    remove_factor(request.user, found, at=timezone.now())
    forget_due(request)
    messages.success(request, _("The app is removed. Signing in no longer asks for its code."))
    return redirect("mfa_index")


@login_required
@never_cache
@wants_fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "residents/signin/new_codes.html")
    try:
        made = new_recovery_codes(request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("mfa_index")
    return shown_once(request, made)


def shown_once(request: PersonRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": [in_groups(each) for each in codes], "file": text_file(codes)}
    return render(request, "residents/signin/codes.html", context, status=201)


def _app_page(request: PersonRequest, form: AppForm, secret: str) -> HttpResponse:
    address = get_adapter().build_totp_url(request.user, secret)
    context = {
        "form": form,
        "drawing": qr_drawing(address),
        "address": address,
        "secret": in_groups(secret),
    }
    status = 422 if form.errors else 200
    return render(request, "residents/signin/app.html", context, status=status)


def _secret(request: PersonRequest) -> str:
    """The same one until it is set up, so that a page read twice is still the same page."""
    try:
        return unseal(request.session.get(_SECRET, ""))
    except SealBroken:
        secret: str = generate_totp_secret()
        request.session[_SECRET] = seal(secret)
        return secret
