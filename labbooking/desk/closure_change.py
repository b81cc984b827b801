"""The desk's page that changes what is closed, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from equipment.models import Resource
from labbooking.bookings.actions.change_closure import change_closure, version_of
from labbooking.bookings.closures.queries import closed_ahead
from labbooking.bookings.models import Closure
from labbooking.desk.closing_form import ClosingForm
from labbooking.errors import DomainError, NotThere
from residents.access import PersonRequest, for_staff

SAME = "same"


class ClosureForm(ClosingForm):
    """As closing; what is closed can stay what it is, whatever that is made of."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, closure: Closure, things: list[Resource], now: str
    ) -> None:
        names = ("starts_at", "ends_at", "reason_de", "reason_en")
        initial = {name: getattr(closure, name) for name in names}
        super().__init__(data, things=things, what=SAME, initial=initial)
        fields: dict[str, Any] = dict(self.fields)
        as_now = _("as it is: {things}").format(things=now)
        fields["what"].choices = [(SAME, as_now), *fields["what"].choices[1:]]
        rows = closure.allocations.filter(whole=None)
        self.closed = set(rows.values_list("resource", flat=True))

    @property
    def resources(self) -> list[Resource]:
        """Only when the form is valid."""
        if self.cleaned_data["what"] == SAME:
            return [each for each in self.things if each.pk in self.closed]
        return super().resources


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def change(request: PersonRequest, pk: int) -> HttpResponse:
    closure, at = get_object_or_404(Closure, pk=pk), timezone.now()
    now = next((each.things for each in closed_ahead(at) if each.closure.pk == pk), "")
    if not now:
        raise Http404(_("That closure is already over."))
    things = list(Resource.objects.select_related("type").order_by("type__order", "order", "slug"))
    posted = request.POST if request.method == "POST" else None
    form = ClosureForm(posted, closure=closure, things=things, now=now)
    status = 200
    if form.is_bound:
        status = _save(request, pk, form) if form.is_valid() else 422
        if status == 200:
            messages.success(request, _("The closure has been changed."))
            return redirect("closures")
    closure.refresh_from_db()
    seen = version_of(closure) if status in {200, 409} else request.POST.get("based_on", "")
    context = {"closure": closure, "form": form, "based_on": seen, "things": now}
    return render(request, "desk/closure_change.html", context, status=status)


def _save(request: PersonRequest, pk: int, form: ClosureForm) -> int:
    cleaned, at = form.cleaned_data, timezone.now()
    if form.period.end <= at:
        form.add_error("ends_at", _("That is already over."))
        return 422
    reasons = {"reason_de": cleaned["reason_de"], "reason_en": cleaned["reason_en"]}
    based_on = request.POST.get("based_on", "")
    try:
        change_closure(
            pk, form.resources, form.period, **reasons, by=request.user, at=at, based_on=based_on
        )
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        form.add_error(None, error.detail)
        return error.status
    return 200
