"""`/consents/`: a person's own agreements to studies. Nobody else has this page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from labbooking.errors import WrongState
from labbooking.research import actions
from labbooking.research.exports.usage_log import COLUMNS
from labbooking.research.forms import ConsentForm
from labbooking.research.queries import participations
from labbooking.research.views import person_of, theirs
from labbooking.when import lab_zone


@theirs
@never_cache
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    return _page(request)


@theirs
@never_cache
@require_POST
def give(request: HttpRequest, slug: str) -> HttpResponse:
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say which text you agree to."))
        return _page(request, status=400)
    try:
        actions.give_consent(
            slug,
            by=person_of(request),
            version=form.cleaned_data["version"],
            at=timezone.now(),
            from_first_day=form.from_first_day,
        )
    except WrongState as changed:
        messages.warning(request, changed.detail)
        return _page(request, status=409)
    messages.success(request, _("Thank you, you take part. You can withdraw here at any time."))
    return redirect("consents")


@theirs
@never_cache
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    actions.withdraw_consent(slug, by=person_of(request), at=timezone.now())
    messages.success(
        request, _("You no longer take part. Nothing about you leaves the lab for this study.")
    )
    return redirect("consents")


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    shown = {
        "participations": participations(person_of(request)),
        "columns": COLUMNS,
        "today": timezone.now().astimezone(lab_zone()).date(),
    }
    return render(request, "research/consents.html", shown, status=status)
