from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from residents.access import PersonRequest, for_role
from residents.account_forms import RecoveredForm
from residents.models import OF_THE_TEAM
from residents.signin.fresh import ask_again, wants_fresh_sign_in
from residents.signin.recovery.actions import agree, ask_for_recovery, drop, open_recoveries
from residents.signin.recovery.forms import RecoveryForm
from residents.signin.recovery.links import recovery_of


@for_role(*OF_THE_TEAM)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recoveries(request: PersonRequest) -> HttpResponse:
    form = RecoveryForm(request.POST or None)
    if request.method == "POST":
        return _asked(request, form)
    return _page(request, form)


def _asked(request: PersonRequest, form: RecoveryForm) -> HttpResponse:
    ask_again(request)
    if form.is_valid():
        try:
            ask_for_recovery(**form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Noted. As soon as a second one of you agrees, they get the link.")
            )
            return redirect("recoveries")
    return _page(request, form)


@for_role(*OF_THE_TEAM)
@require_POST
@wants_fresh_sign_in
def agree_to_recovery(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        found = agree(pk, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect("recoveries")
    if found is None:
        raise Http404(_("Nothing waits for an answer here."))
    messages.success(request, _("The link is on its way to them."))
    return redirect("recoveries")


@for_role(*OF_THE_TEAM)
@require_POST
def drop_recovery(request: PersonRequest, pk: int) -> HttpResponse:
    if not drop(pk, by=request.user, at=timezone.now()):
        raise Http404(_("Nothing waits for an answer here."))
    messages.success(request, _("Dropped: no link is sent."))
    return redirect("recoveries")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recover_page(request: HttpRequest, key: str) -> HttpResponse:
    """Where the link leads. It opens nothing until a new password is chosen."""
    found = recovery_of(key, at=timezone.now())
    if found is None:
        return render(request, "residents/signin/recover.html", {"fails": True})
    form = RecoveredForm(request.POST or None, user=found.person)
    if request.method == "POST" and form.is_valid():
        if form.recovers(found):
            return redirect("account_reset_password_from_key_done")
        return render(request, "residents/signin/recover.html", {"fails": True})
    status = 422 if form.errors else 200
    return render(request, "residents/signin/recover.html", {"form": form}, status=status)


def _page(request: PersonRequest, form: RecoveryForm) -> HttpResponse:
    context = {"form": form, "waiting": open_recoveries(timezone.now())}
    status = 422 if form.errors else 200
    return render(request, "residents/signin/recoveries.html", context, status=status)
