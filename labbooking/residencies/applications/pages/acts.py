"""What somebody does with their application as a whole: each is asked on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from equipment.actions import Overtaken
from equipment.forms.confirming import READS_AND_ACTS, Act, press
from equipment.forms.saving import number_in, version_seen
from labbooking.errors import DomainError
from labbooking.residencies.applications import actions, wording
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pages.draft import show
from labbooking.residencies.applications.pages.forms import FIELD_OF, DraftForm, WithdrawForm
from labbooking.residencies.applications.queries import own, still_taken
from labbooking.residencies.applications.requirements import what_is_missing
from labbooking.residencies.applications.states import BEFORE_THE_DECISION, ApplicationState
from labbooking.residencies.calls.spec import newest_terms
from residents.access import PersonRequest


@never_cache
@READS_AND_ACTS
@login_required
def submit(request: PersonRequest, slug: str) -> HttpResponse:
    """What will be handed in, what is still missing, and what applies."""
    at = timezone.now()
    application = _own(request, slug)
    if request.method == "POST":
        return _submitted(request, application, at)
    if application.state != ApplicationState.DRAFT or not still_taken(application.call, at):
        return redirect("apply", slug)
    return _submit_page(request, application)


def _submitted(request: PersonRequest, application: Application, at: datetime) -> HttpResponse:
    slug = application.call.slug
    based_on, by = version_seen(request.POST), request.user
    agreed = number_in(request.POST.get("agreed", ""))
    try:
        actions.submit(slug, by=by, at=at, based_on=based_on, agreed=agreed)
    except Overtaken as error:
        return _submit_page(request, _own(request, slug), error.messages, status=409)
    except ValidationError as error:
        terms = error.message_dict.get("terms", [])
        return _submit_page(request, application, terms, status=422)
    except DomainError as error:
        messages.warning(request, error.detail)
        return show(request, _own(request, slug), at, status=error.status)
    messages.success(request, _("It is handed in. A copy is on its way to you by e-mail."))
    return redirect("apply", slug)


def _submit_page(
    request: PersonRequest,
    application: Application,
    sentences: Sequence[str] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    fields = DraftForm(application.call).fields
    context = {
        "call": application.call,
        "application": application,
        "sentences": sentences,
        "missing": [
            (_label(fields, each.field), each.message) for each in what_is_missing(application)
        ],
        "in_short": wording.in_short(application),
        "texts": wording.texts(application),
        "terms": newest_terms(application.call),
        "deadline": wording.deadline(application.call, request.user),
    }
    return render(request, "applications/submit.html", context, status=status)


def _label(fields: Mapping[str, forms.Field], name: str) -> str:
    field = fields.get(FIELD_OF.get(name, name))
    return str(field.label) if field else ""


@never_cache
@READS_AND_ACTS
@login_required
def take_back(request: PersonRequest, slug: str) -> HttpResponse:
    act = partial(actions.take_back, slug, by=request.user, at=timezone.now())
    told = _("It is a draft again, which nobody reads. Hand it in once more before the deadline.")
    return _act(request, slug, act, told, "take_back", {ApplicationState.SUBMITTED})


@never_cache
@READS_AND_ACTS
@login_required
def withdraw(request: PersonRequest, slug: str) -> HttpResponse:
    form = WithdrawForm(_own(request, slug).call, request.POST or None)
    erase = form.is_valid() and form.cleaned_data["erase"]
    act = partial(actions.withdraw, slug, by=request.user, at=timezone.now(), erase=erase)
    told = (
        _("Your application is withdrawn, and all of it is deleted.")
        if erase
        else _("Your application is withdrawn.")
    )
    return _act(request, slug, act, told, "withdraw", BEFORE_THE_DECISION, form)


@never_cache
@READS_AND_ACTS
@login_required
def discard(request: PersonRequest, slug: str) -> HttpResponse:
    act = partial(actions.discard, slug, by=request.user, at=timezone.now())
    return _act(request, slug, act, _("The draft is deleted."), "discard", {ApplicationState.DRAFT})


@never_cache
@READS_AND_ACTS
@login_required
def erase_needs(request: PersonRequest, slug: str) -> HttpResponse:
    act = partial(actions.erase_needs, slug, by=request.user, at=timezone.now())
    told = _("What you need is deleted. The rest of your application stays.")
    return _act(request, slug, act, told, "erase_needs", frozenset(ApplicationState))


def _act(
    request: PersonRequest,
    slug: str,
    act: Act,
    told: str,
    page: str,
    may: frozenset[ApplicationState] | set[ApplicationState],
    form: forms.Form | None = None,
) -> HttpResponse:
    application = _own(request, slug)
    if request.method != "POST":
        if application.state not in may:
            return redirect("apply", slug)
        context = {"call": application.call, "form": form or forms.Form()}
        return render(request, f"applications/{page}.html", context)
    press(request, act, told)
    return redirect("apply", slug)


def _own(request: PersonRequest, slug: str) -> Application:
    application = own(request.user, slug)
    if application is None:
        raise Http404
    return application
