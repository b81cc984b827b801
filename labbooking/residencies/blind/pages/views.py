"""What a jury will see, for who applies; and what is hidden from it, for staff."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment.forms.confirming import READS_AND_ACTS, submit
from equipment.forms.saving import DONE
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pages.impartial import for_impartial_staff
from labbooking.residencies.applications.queries import own_alive
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.blind.actions import MASKABLE, mask_words
from labbooking.residencies.blind.copies import blind
from labbooking.residencies.blind.pages.forms import NamesForm
from labbooking.residencies.blind.places import Trace, found_in
from labbooking.residencies.works.queries import works_of
from residents.access import PersonRequest


@require_safe
@login_required
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The jury's own page of it, and above it what tells who wrote it."""
    application = own_alive(cast("PersonRequest", request).user, slug).first()
    if application is None:
        raise Http404
    call = application.call
    found = found_in(application, works_of(application)) if call.blind else []
    context = {"call": call, "copy": blind(application), "traces": found}
    return render(request, "blind/preview.html", context)


@READS_AND_ACTS
@for_impartial_staff
def names(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Staff decide about each of what was found."""
    rows = Application.objects.select_related("call", "person")
    application = rows.exclude(state=ApplicationState.DRAFT).filter(call__slug=slug, code=code)
    found = application.first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return _names(request, found, NamesForm(_traces(found)))
    form, by, at = NamesForm(_traces(found), request.POST), request.user, timezone.now()

    def act() -> None:
        mask_words(slug, code, form.decisions, by=by, at=at)

    status = submit(request, form, act, _("That is what the jury will see."))
    if status != DONE:
        return _names(request, found, form, status)
    return redirect("application_names", slug, code)


def _traces(application: Application) -> list[Trace]:
    return found_in(application, works_of(application), application.blind_notes.all())


def _names(
    request: PersonRequest, application: Application, form: NamesForm, status: int = DONE
) -> HttpResponse:
    call = application.call
    may = call.blind and application.state in MASKABLE and application.person_id != request.user.pk
    context = {
        "call": call,
        "copy": blind(application),
        "form": form,
        "may_hide": may,
    }
    return render(request, "blind/names.html", context, status=status)
