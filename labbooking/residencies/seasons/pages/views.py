"""The page of a season, for staff."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from equipment.forms.saving import number_in
from labbooking.residencies.calls.models import Call
from labbooking.residencies.seasons.pages.showing import context
from residents.access import PersonRequest, for_staff


@require_safe
@for_staff
def season(request: PersonRequest, slug: str) -> HttpResponse:
    """The last plan, or `plan`; beside it the one that `with` names."""
    call = get_object_or_404(Call, slug=slug)
    version, beside = (number_in(request.GET.get(name, "")) for name in ("plan", "with"))
    found = context(call, timezone.now(), version=version, beside=beside)
    return render(request, "seasons/season.html", found)
