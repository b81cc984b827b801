"""Staff write calls, and look at them as the public will."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment.forms.confirming import READS_AND_ACTS
from equipment.forms.saving import DONE, OVERTAKEN, REFUSED, attempt, version_seen
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.pages.forms import (
    CallForm,
    NewCallForm,
    by_its_fields,
    words_of,
)
from labbooking.residencies.calls.pages.showing import shown
from labbooking.residencies.calls.pages.whole import WholeCall, whole
from labbooking.residencies.calls.queries import with_parts
from labbooking.residencies.calls.rules import missing
from labbooking.residencies.calls.spec import said_of
from labbooking.residencies.calls.states import (
    CAN_BE_ARCHIVED,
    CAN_BE_CALLED_OFF,
    CAN_BE_CHANGED,
    RELIED_ON,
    CallState,
)
from labbooking.residencies.calls.wording import by_two_clocks, season
from residents.access import PersonRequest, for_staff

SHOWN = 200


@require_safe
@for_staff
def overview(request: PersonRequest) -> HttpResponse:
    at = timezone.now()
    found = Call.objects.exclude(state=CallState.ARCHIVED).order_by("-closes_at", "-pk")[:SHOWN]
    lines = [(each, each.stage(at), season(each)) for each in found]
    return render(request, "calls/manage.html", {"calls": lines})


@READS_AND_ACTS
@for_staff
def new(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _new(request, whole(NewCallForm(initial={"email": request.user.email})))
    typed = whole(NewCallForm(request.POST), typed=request.POST)
    made: list[Call] = []

    def act() -> None:
        said, slug = typed.said, typed.form.cleaned_data["slug"]
        made.append(actions.draft_call(said, slug=slug, by=request.user, at=timezone.now()))

    valid = typed.is_valid()
    status = attempt(typed.form, lambda: by_its_fields(act)) if valid else REFUSED
    if made:
        messages.success(request, _("The draft is saved. Nobody but staff sees it yet."))
        return redirect("change_call", made[0].slug)
    return _new(request, typed, status)


def _new(request: PersonRequest, typed: WholeCall, status: int = DONE) -> HttpResponse:
    return render(request, "calls/new.html", typed.context, status=status)


@READS_AND_ACTS
@for_staff
def change(request: PersonRequest, slug: str) -> HttpResponse:
    """What was typed stays where somebody was quicker; saving again puts it in its place."""
    call = get_object_or_404(with_parts(Call.objects.all()), slug=slug)
    if request.method != "POST":
        return _page(request, call, whole(CallForm(initial=words_of(call), call=call), call))
    typed = whole(CallForm(request.POST, call=call), call, request.POST)
    based_on = version_seen(request.POST)

    def act() -> None:
        said, by = typed.said, request.user
        actions.change_call(slug, said, by=by, at=timezone.now(), based_on=based_on)

    valid = typed.is_valid()
    status = attempt(typed.form, lambda: by_its_fields(act)) if valid else REFUSED
    if status == DONE:
        messages.success(request, _("The call is saved."))
        return redirect("change_call", slug)
    now = get_object_or_404(with_parts(Call.objects.all()), slug=slug)
    seen = now.revision if status == OVERTAKEN else based_on
    return _page(request, now, typed, based_on=seen, status=status)


def _page(
    request: PersonRequest,
    call: Call,
    typed: WholeCall,
    *,
    based_on: int | None = None,
    status: int = DONE,
) -> HttpResponse:
    at = timezone.now()
    stage = call.stage(at)
    context: dict[str, Any] = {
        "call": call,
        "stage": stage,
        **typed.context,
        "based_on": call.revision if based_on is None else based_on,
        "now": shown(call, at) if status == OVERTAKEN else None,
        "can_change": stage in CAN_BE_CHANGED,
        "can_publish": stage == CallState.DRAFT,
        "can_close": stage == CallState.OPEN,
        "can_call_off": stage in CAN_BE_CALLED_OFF,
        "can_archive": stage in CAN_BE_ARCHIVED,
        "is_relied_on": stage in RELIED_ON,
        "missing": _missing(call, typed.form, at) if stage == CallState.DRAFT else [],
        "closing": by_two_clocks(call.closes_at),
    }
    return render(request, "calls/change.html", context, status=status)


def _missing(call: Call, form: CallForm, at: datetime) -> list[tuple[str, str]]:
    """By the labels of the form."""
    found = missing(call, said_of(call), at)
    return [
        (str(form[name].label) if name in form.fields else _("Criteria"), sentence)
        for name, sentence in found
    ]


@require_safe
@for_staff
def preview(request: PersonRequest, slug: str) -> HttpResponse:
    """The page itself, in either language (`?language=de`), as it looks once it is open."""
    call = get_object_or_404(with_parts(Call.objects.all()), slug=slug)
    at = timezone.now()
    stage = call.stage(at)
    seen_as = CallState.OPEN if stage == CallState.DRAFT else stage
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        context = {**shown(call, at, seen_as), "preview": True, "language": language}
        answer = render(request, "calls/call.html", context)
    answer["Content-Language"] = language
    return answer
