"""Pages of staff on which applications stand with names."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from labbooking.errors import NotAllowed
from labbooking.residencies.calls.models import Call
from labbooking.residencies.impartial import refuse_who_is_involved
from residents.access import PersonRequest, for_staff


def for_impartial_staff(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """For staff who neither apply for the call nor read it without names."""

    @wraps(view)
    def guarded(request: PersonRequest, slug: str, **more: str) -> HttpResponse:
        refused = refusal(request, get_object_or_404(Call, slug=slug))
        return refused or view(request, slug, **more)

    return for_staff(guarded)


def refusal(request: PersonRequest, call: Call) -> HttpResponse | None:
    """The page that says so to who is involved in it, none to everybody else."""
    try:
        refuse_who_is_involved(request.user, call)
    except NotAllowed as error:
        context = {"call": call, "sentence": error.detail}
        return render(request, "applications/not_for_you.html", context, status=403)
    return None
