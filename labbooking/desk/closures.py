"""The desk's page that closes things for a time, and opens them again."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from equipment.models import Resource
from labbooking.bookings.actions.closures import close, reopen, still_ahead
from labbooking.bookings.closures.queries import closed_ahead, in_the_way
from labbooking.bookings.models import Booking, Closure
from labbooking.desk.closed_years import by_year
from labbooking.desk.closing_form import ClosingForm
from labbooking.errors import DomainError, NotThere
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_staff

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def closures(request: PersonRequest) -> HttpResponse:
    """The address says what is to be closed and shows what stands in the way; POST closes it."""
    things = list(Resource.objects.select_related("type").order_by("type__order", "order", "slug"))
    if request.method == "POST":
        return _close(request, ClosingForm(request.POST, things=things))
    said = request.GET
    if "what" in said and {"starts_at", "ends_at"} & said.keys():
        return _page(request, ClosingForm(said, things=things))
    # Who comes from elsewhere with a time has yet to say what.
    what, begun = said.get("what", ""), said.dict()
    return _page(request, ClosingForm(None, things=things, what=what, initial=begun))


def _close(request: PersonRequest, form: ClosingForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, status=422)
    by, at, cleaned = request.user, timezone.now(), form.cleaned_data
    if form.period.end <= at:
        form.add_error("ends_at", _("That is already over."))
        return _page(request, form, status=422)
    reasons = {"reason_de": cleaned["reason_de"], "reason_en": cleaned["reason_en"]}
    try:
        closure = close(form.resources, form.period, **reasons, by=by, at=at)
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, form, status=error.status)
    messages.success(request, _("It is closed, and the board shows it."))
    return redirect(f"{reverse('closures')}?{urlencode({'closed': closure.pk})}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def reopen_closure(request: PersonRequest, pk: int) -> HttpResponse:
    """GET asks whether to open again what is closed ahead, POST does; what has passed stays."""
    if request.method != "POST":
        closure = get_object_or_404(Closure, pk=pk)
        return render(request, "desk/closure_reopen.html", {"closure": closure})
    try:
        closure = reopen(pk, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.warning(request, error.detail)
    else:
        words = _("Open again: {reason}. The time can be booked.")
        messages.success(request, words.format(reason=closure.reason))
    return redirect("closures")


def _page(request: PersonRequest, form: ClosingForm, *, status: int = 200) -> HttpResponse:
    at = timezone.now()
    clear = form.is_bound and not {"what", "starts_at", "ends_at"} & form.errors.keys()
    context: dict[str, object] = {
        "form": form,
        "is_clear": clear,
        "bookings": _in_the_way(form, at) if clear else [],
        "here": _here(form),
    }
    if request.htmx and request.method == "GET":
        return render(request, "desk/_closing.html", context, status=status)
    ahead = closed_ahead(at)
    context |= {
        "years": list(by_year(ahead[:SHOWN], lab_zone())),
        "more": max(0, len(ahead) - SHOWN),
    }
    context["undo"] = _undo(request, [each.closure.pk for each in ahead])
    return render(request, "desk/closures.html", context, status=status)


def _in_the_way(form: ClosingForm, at: datetime) -> list[Booking]:
    over = form.period.end <= at
    return [] if over else in_the_way(form.resources, still_ahead(form.period, at))


def _here(form: ClosingForm) -> str:
    """This page with all that is typed, to come back to once a booking has been moved."""
    said = {name: form.data.get(name, "") for name in form.fields}
    return f"{reverse('closures')}?{urlencode({k: v for k, v in said.items() if v})}"


def _undo(request: PersonRequest, ahead: list[int]) -> dict[str, object] | None:
    """What has just been closed can be opened again beside the message that says so."""
    closed = request.GET.get("closed", "")
    if closed not in map(str, ahead):
        return None
    return {"url": reverse("reopen_closure", args=[closed]), "label": _("Undo")}
