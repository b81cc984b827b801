"""Staff read what was handed in for a call, and say who is admitted to the jury."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from equipment.forms.confirming import READS_AND_ACTS
from equipment.forms.saving import DONE, attempt
from labbooking.residencies.applications import actions, wording
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pages.forms import JudgeForm, LateForm
from labbooking.residencies.applications.pages.impartial import for_impartial_staff
from labbooking.residencies.applications.pairs import Partner, pairs, partner_of
from labbooking.residencies.applications.queries import (
    alive_by_code,
    handed_in,
    in_full,
    nowhere_to_be_had,
)
from labbooking.residencies.applications.schemas import staff_out
from labbooking.residencies.applications.states import CAN_BE_JUDGED, ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.questions.queries import answered
from labbooking.residencies.retention.queries import FEWEST, left_of
from labbooking.wire.spreadsheet import as_text
from residents.access import PersonRequest

COLUMNS = (
    "code", "state", "name", "email", "title", "discipline", "language", "earliest", "latest",
    "weeks_min", "weeks_wished", "weeks_max", "arrival_wished", "partner_code", "companions",
    "headsets", "lives_in_germany", "submitted_at", "late", "receipt", "project", "about", "needs",
    "check_reason", "features_needed",
)  # fmt: skip


@require_safe
@for_impartial_staff
def applications(request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call, slug=slug)
    found = list(handed_in(call))
    paired = {code for pair in pairs(found) for code in pair}
    drafts = Application.objects.filter(call=call, state=ApplicationState.DRAFT)
    context = {
        "call": call,
        "lines": [_line(each, paired) for each in found],
        "drafts": _drafts(call, drafts.order_by("code")),
        "draft_count": drafts.count(),
        "is_closed": timezone.now() >= call.closes_at,
        "left": left_of(call),
        "fewest": FEWEST,
    }
    return render(request, "applications/list.html", context)


def _line(application: Application, paired: set[str]) -> dict[str, Any]:
    return {
        "application": application,
        "state": ApplicationState(application.state),
        "weeks": wording.weeks(application),
        "is_pair": application.code in paired,
    }


def _drafts(call: Call, drafts: Any) -> list[str]:
    """The codes of those that can be taken in late; before the end nobody needs to know them."""
    return [each.code for each in drafts] if timezone.now() >= call.closes_at else []


@require_safe
@for_impartial_staff
def application(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    return _one(request, _found(slug, code), JudgeForm())


@require_http_methods(["POST"])
@for_impartial_staff
def judge(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    form, by, at = JudgeForm(request.POST), request.user, timezone.now()
    found = _found(slug, code)
    form.is_valid()
    reason, eligible = form.cleaned_data.get("reason", ""), "eligible" in request.POST
    status = attempt(
        form,
        lambda: actions.judge_eligibility(
            slug, code, eligible=eligible, reason=reason, by=by, at=at
        ),
    )
    if status == DONE:
        told = _("{code} is admitted to the jury.") if eligible else _("{code} is not admitted.")
        messages.success(request, told.format(code=code))
        return redirect("call_applications", slug)
    return _one(request, found, form, status)


@READS_AND_ACTS
@for_impartial_staff
def late(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Of a draft staff see the code alone, until it is handed in."""
    draft = get_object_or_404(Application, call__slug=slug, code=code, state=ApplicationState.DRAFT)
    form, status = LateForm(request.POST or None), DONE
    if request.method == "POST":
        form.is_valid()
        reason, by, at = form.cleaned_data.get("reason", ""), request.user, timezone.now()
        status = attempt(form, lambda: actions.hand_in_late(slug, code, reason, by=by, at=at))
        if status == DONE:
            messages.success(request, _("{code} is handed in.").format(code=code))
            return redirect("call_application", slug, code)
    context = {"call": draft.call, "code": code, "form": form}
    return render(request, "applications/late.html", context, status=status)


def _found(slug: str, code: str) -> Application:
    call = get_object_or_404(Call, slug=slug)
    return get_object_or_404(handed_in(call), code=code)


def _one(
    request: PersonRequest, application: Application, form: forms.Form, status: int = DONE
) -> HttpResponse:
    call, state = application.call, ApplicationState(application.state)
    partner = partner_of(application, alive_by_code(call))
    can_judge = (
        state in CAN_BE_JUDGED
        and timezone.now() >= call.closes_at
        and application.person_id != request.user.pk
    )
    context = {
        "call": call,
        "application": application,
        "state": state,
        "in_short": wording.in_short(application),
        "texts": wording.texts(application),
        "receipt": wording.short_receipt(application),
        "partner": partner is not Partner.NOBODY
        and wording.partner(partner, application.partner_code),
        "nowhere": wording.nowhere(nowhere_to_be_had(application)),
        "can_admit": can_judge and state != ApplicationState.ELIGIBLE,
        "can_refuse": can_judge and state != ApplicationState.INELIGIBLE,
        "form": form,
    }
    return render(request, "applications/one.html", context, status=status)


@require_safe
@for_impartial_staff
def as_csv(_request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call, slug=slug)
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    questions = list(call.questions.all())
    lines.writerow([*COLUMNS, *(each.field for each in questions)])
    for each in in_full(handed_in(call)):
        told = staff_out(each).model_dump(mode="json")
        answers = {question.pk: question.words_of(value) for question, value in answered(each)}
        cells = [*(told[name] for name in COLUMNS), *(answers.get(one.pk) for one in questions)]
        lines.writerow([_cell(value) for value in cells])
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{call.slug}.csv"'
    return answer


def _cell(value: object) -> str:
    value = ", ".join(value) if isinstance(value, list) else value
    return as_text("" if value is None else str(value))


@require_safe
@for_impartial_staff
def as_json(_request: PersonRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(Call, slug=slug)
    items = [staff_out(each).model_dump(mode="json") for each in in_full(handed_in(call))]
    told = {"call": call.slug, "applications": items}
    written = json.dumps(told, ensure_ascii=False, indent=1)
    answer = HttpResponse(written, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{call.slug}.json"'
    return answer
