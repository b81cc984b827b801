"""The page that an invitation's link leads to. The token is in the address once and then in the
session, so that no later address, and nothing that reads addresses, has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from allauth.account.utils import perform_login
from allauth.mfa.base.internal.flows import post_authentication
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from labbooking.errors import DomainError, WrongState
from residents.access import PersonRequest
from residents.membership.by_passkey import accept_by_passkey
from residents.membership.forms import AcceptByPasskeyForm, AcceptForm
from residents.membership.invitations import accept, refuse_what_is_over
from residents.membership.links import KEPT, invitation_of, invitation_opened
from residents.membership.models import Invitation
from residents.models import User
from residents.signin.devices.browsers import in_words
from residents.signin.factors.queries import PASSKEY, factors_of
from residents.signin.factors.views import shown_once
from residents.signin.passkeys.ceremony import options_for_invited

Said = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Way:
    """Of coming in: by a password, or by a passkey."""

    form: type[forms.Form]
    template: str
    accept: Callable[[HttpRequest, Invitation, Said], HttpResponse]


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    if invitation_of(token) is None:
        return _not_found(request)
    request.session[KEPT] = token
    return redirect("accept_invitation")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest) -> HttpResponse:
    return _answer(request, WITH_PASSWORD)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_with_passkey(request: HttpRequest) -> HttpResponse:
    """For browsers that know passkeys; the page of the password leads there."""
    return _answer(request, WITH_PASSKEY)


def _answer(request: HttpRequest, way: _Way) -> HttpResponse:
    invitation = invitation_opened(request)
    if invitation is None:
        return _not_found(request)
    if request.user.is_authenticated:
        context = {"invitation": invitation}
        return render(request, "invitations/signed_in.html", context, status=409)
    with translation.override(_language(request, invitation)):
        try:
            refuse_what_is_over(invitation, timezone.now())
            return _asked(request, invitation, way)
        except WrongState as over:
            return _over(request, over)


def _language(request: HttpRequest, invitation: Invitation) -> str:
    """That of the invitation, unless this browser has chosen another."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return translation.get_language() or "de" if chosen else invitation.language


def _asked(request: HttpRequest, invitation: Invitation, way: _Way) -> HttpResponse:
    if request.method != "POST":
        asked = {"name": invitation.name, "language": translation.get_language()}
        return _page(request, invitation, way, way.form(initial=asked))
    form = way.form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, invitation, way, form, status=422)
    try:
        return way.accept(request, invitation, form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, invitation, way, form, status=422)


def _by_password(request: HttpRequest, invitation: Invitation, said: Said) -> HttpResponse:
    person = accept(invitation.pk, **said, at=timezone.now())
    _welcome(request, person)
    answer: HttpResponse = perform_login(request, person, email_verification="none")
    return answer


def _by_passkey(request: HttpRequest, invitation: Invitation, said: Said) -> HttpResponse:
    """Who has just unlocked it is in, as with the next sign-in; then the codes are shown once."""
    browser = in_words(request.headers.get("User-Agent", ""))
    person, codes = accept_by_passkey(invitation.pk, **said, browser=browser, at=timezone.now())
    _welcome(request, person)
    post_authentication(request, factors_of(person).get(type=PASSKEY), passwordless=True)
    perform_login(request, person, email_verification="none")
    with translation.override(person.language):
        return shown_once(cast("PersonRequest", request), codes)


def _welcome(request: HttpRequest, person: User) -> None:
    del request.session[KEPT]
    with translation.override(person.language):
        messages.success(request, _("Welcome, {name}. This is your account.").format(name=person))


def _page(
    request: HttpRequest, invitation: Invitation, way: _Way, form: forms.Form, *, status: int = 200
) -> HttpResponse:
    options = options_for_invited(invitation) if way is WITH_PASSKEY else None
    context = {"invitation": invitation, "form": form, "options": options}
    return render(request, way.template, context, status=status)


WITH_PASSWORD = _Way(AcceptForm, "invitations/accept.html", _by_password)
WITH_PASSKEY = _Way(AcceptByPasskeyForm, "invitations/accept_with_passkey.html", _by_passkey)


def _over(request: HttpRequest, error: DomainError) -> HttpResponse:
    return render(request, "invitations/over.html", {"sentence": error.detail}, status=410)


def _not_found(request: HttpRequest) -> HttpResponse:
    sentence = _("This link is not whole. Open it from the e-mail once more, or copy all of it.")
    return render(request, "invitations/over.html", {"sentence": sentence}, status=404)
