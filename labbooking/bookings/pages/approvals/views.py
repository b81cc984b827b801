"""The queue of what waits for staff's yes, with what each yes would mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from equipment.models import ResourceType
from labbooking.bookings.approvals.approvers import NOBODY_NAMED, Deciders, deciders
from labbooking.bookings.approvals.impact import Consequences, consequences, waiting_requests
from labbooking.bookings.intake.shown import answers_of
from labbooking.bookings.models import Booking, IntakeAnswer
from labbooking.bookings.pages.act_form import ready_reasons
from labbooking.bookings.pages.approvals.acts import what_to_undo
from labbooking.bookings.pages.confirmations import Question, question
from labbooking.bookings.rules.permitted_acts import further_acts
from residents.access import PersonRequest, for_staff
from residents.models import User

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide: what a yes means, and the questions that are its buttons."""

    seen: Consequences
    questions: list[Question]
    answers: Sequence[IntakeAnswer] = ()


@for_staff
@require_safe
def approvals(request: PersonRequest) -> HttpResponse:
    by, at = request.user, timezone.now()
    requests, ready = waiting_requests(), ready_reasons()
    undo = what_to_undo(request, at, back=request.path)
    if undo and not len(messages.get_messages(request)):
        messages.info(request, _("You have just decided. For a moment you can undo it."))
    shown = consequences(requests[:AT_ONCE])
    said = answers_of(each.request.first for each in shown)
    context = {
        "items": [
            Item(
                each,
                _asked(each.request.dates, by, at, request.path, ready),
                said.get(each.request.first.pk, ()),
            )
            for each in shown
        ],
        "count": len(requests),
        "more": max(0, len(requests) - AT_ONCE),
        "undo": undo,
        "deciding": _who_decides(),
    }
    return render(request, "bookings/approvals.html", context)


def _asked(
    dates: Sequence[Booking], by: User, at: datetime, back: str, ready: Sequence[tuple[str, str]]
) -> list[Question]:
    acts = ["approve", "decline", *(act for act in further_acts(dates[0], by) if act != "answer")]
    return [
        question(act, dates[0], by=by, at=at, back=back, dates=dates, ready=ready) for act in acts
    ]


def _who_decides() -> list[tuple[ResourceType, Deciders]]:
    """For each type that needs a yes."""
    named: Mapping[int, Deciders] = deciders()
    types = ResourceType.objects.filter(rules__approval="staff")
    return [(each, named.get(each.pk, NOBODY_NAMED)) for each in types]
