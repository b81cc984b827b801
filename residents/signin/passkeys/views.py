"""The pages on which somebody adds a passkey, names it anew and removes it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from residents.access import PersonRequest
from residents.signin.devices.browsers import in_words
from residents.signin.factors.actions import remove_factor
from residents.signin.factors.middleware import forget_due
from residents.signin.factors.queries import PASSKEY, factors_of
from residents.signin.factors.views import shown_once
from residents.signin.fresh import wants_fresh_sign_in
from residents.signin.passkeys.actions import add_passkey, name_passkey
from residents.signin.passkeys.ceremony import creation_options
from residents.signin.passkeys.forms import NameForm, NewPasskeyForm


@login_required
@never_cache
@wants_fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        here = in_words(request.headers.get("User-Agent", ""))
        return _add_page(request, NewPasskeyForm(initial={"name": here}))
    form = NewPasskeyForm(request.POST)
    if not form.is_valid():
        return _add_page(request, form)
    said = form.cleaned_data
    try:
        codes = add_passkey(request.user, said["name"], said["credential"], at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return _add_page(request, form)
    forget_due(request)
    messages.success(request, _("The passkey is there. You can sign in with it from now on."))
    return shown_once(request, codes) if codes else redirect("mfa_index")


@login_required
@never_cache
@wants_fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: PersonRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(factors_of(request.user), type=PASSKEY, pk=pk)
    form = NameForm(request.POST or None, initial={"name": passkey.data["name"]})
    if request.method == "POST" and form.is_valid():
        name_passkey(request.user, pk, form.cleaned_data["name"])
        messages.success(request, _("The passkey has its new name."))
        return redirect("mfa_index")
    context = {"form": form, "passkey": passkey}
    status = 422 if form.errors else 200
    return render(request, "residents/signin/passkey_name.html", context, status=status)


@login_required
@never_cache
@wants_fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    passkey = get_object_or_404(factors_of(request.user), type=PASSKEY, pk=pk)
    if request.method != "POST":
        return render(request, "residents/signin/passkey_remove.html", {"passkey": passkey})
    try:
        remove_factor(request.user, passkey, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("mfa_index")
    forget_due(request)
    messages.success(request, _("The passkey is removed. It opens nothing here any more."))
    return redirect("mfa_index")


def _add_page(request: PersonRequest, form: NewPasskeyForm) -> HttpResponse:
    """The options are new each time: a challenge is answered once."""
    context = {"form": form, "options": creation_options(request.user)}
    status = 422 if form.errors else 200
    return render(request, "residents/signin/passkey_add.html", context, status=status)
