"""The queue of what waits for staff's yes, with what each yes would mean."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from labbooking.bookings.consequences import consequences, waiting_requests
from labbooking.bookings.questions import question
from residents.access import for_staff
from residents.models import User

AT_ONCE = 20


@for_staff
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    by = cast("User", request.user)
    requests = waiting_requests()
    items = [
        (
            each,
            question("approve", each.request.first, by=by, back=request.path),
            question("decline", each.request.first, by=by, back=request.path),
        )
        for each in consequences(requests[:AT_ONCE])
    ]
    context = {
        "items": items,
        "count": len(requests),
        "more": max(0, len(requests) - AT_ONCE),
        "now": timezone.now(),
    }
    return render(request, "bookings/approvals.html", context)
