"""The page that an invitation's link leads to. The token is in the address once and then in the
session, so that no later address, and nothing that reads addresses, has it."""

from __future__ import annotations

from allauth.account.utils import perform_login
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
from residents.membership.forms import AcceptForm
from residents.membership.invitations import accept, refuse_what_is_over
from residents.membership.links import KEPT, invitation_of, invitation_opened
from residents.membership.models import Invitation


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
    invitation = invitation_opened(request)
    if invitation is None:
        return _not_found(request)
    if request.user.is_authenticated:
        context = {"invitation": invitation}
        return render(request, "invitations/signed_in.html", context, status=409)
    with translation.override(_language(request, invitation)):
        return _answer(request, invitation)


def _language(request: HttpRequest, invitation: Invitation) -> str:
    """That of the invitation, unless this browser has chosen another."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return translation.get_language() or "de" if chosen else invitation.language


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    try:
        refuse_what_is_over(invitation, timezone.now())
    except WrongState as over:
        return _over(request, over)
    if request.method != "POST":
        asked = {"name": invitation.name, "language": translation.get_language()}
        return _page(request, invitation, AcceptForm(initial=asked))
    return _accept(request, invitation)


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AcceptForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, invitation, form, status=422)
    try:
        person = accept(invitation.pk, **form.cleaned_data, at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, invitation, form, status=422)
    except WrongState as over:
        return _over(request, over)
    del request.session[KEPT]
    with translation.override(person.language):
        messages.success(request, _("Welcome, {name}. This is your account.").format(name=person))
    answer: HttpResponse = perform_login(request, person, email_verification="none")
    return answer


def _page(
    request: HttpRequest, invitation: Invitation, form: AcceptForm, *, status: int = 200
) -> HttpResponse:
    context = {"invitation": invitation, "form": form}
    return render(request, "invitations/accept.html", context, status=status)


def _over(request: HttpRequest, error: DomainError) -> HttpResponse:
    return render(request, "invitations/over.html", {"sentence": error.detail}, status=410)


def _not_found(request: HttpRequest) -> HttpResponse:
    sentence = _("This link is not whole. Open it from the e-mail once more, or copy all of it.")
    return render(request, "invitations/over.html", {"sentence": sentence}, status=404)
