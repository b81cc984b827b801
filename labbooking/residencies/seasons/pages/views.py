"""The page of a season, for whoever plans it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from equipment.forms.saving import number_in
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.rules import MAY_SIT
from labbooking.residencies.seasons.pages.showing import context
from labbooking.residencies.seasons.rules import plans
from residents.access import PersonRequest, for_role
from residents.models import User

for_planners = for_role(*MAY_SIT)


def call_to_plan(slug: str, by: User) -> Call:
    """Raises `Http404` for everybody who does not plan it: it is not there for them."""
    call = get_object_or_404(Call, slug=slug)
    if not plans(by, call):
        raise Http404
    return call


@require_safe
@for_planners
def season(request: PersonRequest, slug: str) -> HttpResponse:
    """The last plan, or `plan`; beside it the one that `with` names."""
    call = call_to_plan(slug, request.user)
    version, beside = (number_in(request.GET.get(name, "")) for name in ("plan", "with"))
    found = context(call, timezone.now(), by=request.user, version=version, beside=beside)
    return render(request, "seasons/season.html", found)
