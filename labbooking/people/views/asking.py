"""Who asks for an account and waits for an answer: the team says yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from labbooking.errors import DomainError, NotThere
from residents.access import PersonRequest, for_role
from residents.models import OF_THE_TEAM
from residents.signin.asking.decisions import decline, grant
from residents.signin.asking.forms import DeclineForm
from residents.signin.asking.queries import rule, waiting


@never_cache
@require_safe
@for_role(*OF_THE_TEAM)
def requests(request: PersonRequest) -> HttpResponse:
    return _page(request)


@require_POST
@for_role(*OF_THE_TEAM)
def grant_one(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        asked = grant(pk, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.error(request, error.detail)
        return redirect("account_requests")
    if asked.invitation:
        words = _("{name} is invited: the e-mail is on its way.")
    else:
        words = _("{name} has an account with this address by now, so there was nobody to invite.")
    messages.success(request, words.format(name=asked))
    return redirect("account_requests")


@require_POST
@for_role(*OF_THE_TEAM)
def decline_one(request: PersonRequest, pk: int) -> HttpResponse:
    form = DeclineForm(request.POST, auto_id=f"decline-{pk}-%s")
    if not form.is_valid():
        return _page(request, {pk: form}, status=422)
    try:
        asked = decline(pk, by=request.user, at=timezone.now(), **form.cleaned_data)
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.error(request, error.detail)
        return redirect("account_requests")
    messages.success(request, _("{name} gets a kind e-mail with your answer.").format(name=asked))
    return redirect("account_requests")


def _page(
    request: PersonRequest, forms: dict[int, DeclineForm] | None = None, *, status: int = 200
) -> HttpResponse:
    known, kept = forms or {}, rule()
    rows = [
        {"asked": each, "form": known.get(each.pk) or DeclineForm(auto_id=f"decline-{each.pk}-%s")}
        for each in waiting()
    ]
    site = reverse("admin:signin_askingrule_changelist") if request.user.is_staff else ""
    context = {"rows": rows, "is_open": kept.is_open, "site": site}
    return render(request, "people/requests.html", context, status=status)
