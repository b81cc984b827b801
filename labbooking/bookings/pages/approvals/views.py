"""The queue of what waits for staff's yes, with what each yes would mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment.models import ResourceType
from labbooking.bookings.approvals.approvers import (
    NOBODY_NAMED,
    Deciders,
    deciders,
    deciders_at,
)
from labbooking.bookings.approvals.impact import (
    Consequences,
    Request,
    consequences,
    waiting_requests,
)
from labbooking.bookings.intake.shown import answers_of
from labbooking.bookings.models import ApprovalStep, Booking, BookingStep, IntakeAnswer
from labbooking.bookings.pages.act_form import ready_reasons
from labbooking.bookings.pages.approvals.acts import what_to_undo
from labbooking.bookings.pages.approvals.wording import waits_for
from labbooking.bookings.pages.confirmations import Question, question
from labbooking.bookings.queries import answered_steps
from labbooking.bookings.rules.permitted_acts import further_acts
from labbooking.bookings.rules.who_decides import may_answer, reach_at
from labbooking.bookings.transaction.step_rows import steps_for
from residents.access import PersonRequest, for_staff
from residents.models import User

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide: what a yes means, and the questions that are its buttons. `earlier` is
    what the steps before said."""

    seen: Consequences
    questions: list[Question]
    answers: Sequence[IntakeAnswer] = ()
    earlier: Sequence[BookingStep] = ()


@dataclass(frozen=True, slots=True)
class AtAnother:
    """What waits at a step that is for others to answer: with whom, and until when alone."""

    request: Request
    who: str
    question: Question


@for_staff
@require_safe
def approvals(request: PersonRequest) -> HttpResponse:
    by, at = request.user, timezone.now()
    requests: list[Request] = []
    others: list[Request] = []
    for each in waiting_requests():
        (requests if may_answer(each.first, by, at) else others).append(each)
    ready = ready_reasons()
    undo = what_to_undo(request, at, back=request.path)
    if undo and not len(messages.get_messages(request)):
        messages.info(request, _("You have just decided. For a moment you can undo it."))
    shown = consequences(requests[:AT_ONCE])
    said = answers_of(each.request.first for each in shown)
    earlier = answered_steps(each.request.first for each in shown)
    context = {
        "items": [
            Item(
                each,
                _asked(each.request.dates, by, at, request.path, ready),
                said.get(each.request.first.pk, ()),
                earlier.get(each.request.first.pk, ()),
            )
            for each in shown
        ],
        "count": len(requests),
        "more": max(0, len(requests) - AT_ONCE),
        "others": [_at_another(each, by, at, request.path) for each in others[:AT_ONCE]],
        "more_others": max(0, len(others) - AT_ONCE),
        "undo": undo,
        "deciding": _who_decides(),
    }
    return render(request, "bookings/approvals.html", context)


def _at_another(each: Request, by: User, at: datetime, back: str) -> AtAnother:
    """One may still ask the person something."""
    who = waits_for(each.first, reach_at(each.first, at))
    return AtAnother(each, who, question("ask", each.first, by=by, at=at, back=back))


def _asked(
    dates: Sequence[Booking], by: User, at: datetime, back: str, ready: Sequence[tuple[str, str]]
) -> list[Question]:
    acts = [
        "approve",
        "decline",
        *(act for act in further_acts(dates[0], by, at) if act != "answer"),
    ]
    return [
        question(act, dates[0], by=by, at=at, back=back, dates=dates, ready=ready) for act in acts
    ]


def _who_decides() -> list[tuple[ResourceType, Deciders, list[tuple[ApprovalStep, Deciders]]]]:
    """For each type that needs a yes, or has steps for exceptions; who decides at each of them."""
    named: Mapping[int, Deciders] = deciders()
    types = list(ResourceType.objects.filter(Q(rules__approval="staff") | Q(approval_steps__gt=0)))
    steps: dict[int, list[tuple[ApprovalStep, Deciders]]] = {}
    for step in steps_for(types):
        steps.setdefault(step.type_id, []).append((step, deciders_at(step)))
    return [(each, named.get(each.pk, NOBODY_NAMED), steps.get(each.pk, [])) for each in types]
