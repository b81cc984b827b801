"""The queue of what waits for staff's yes, with what each yes would mean."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labbooking.bookings.consequences import consequences, waiting_requests
from labbooking.bookings.questions import question
from residents.models import User

AT_ONCE = 20


@login_required
@require_safe
def approvals(request: HttpRequest) -> HttpResponse:
    by = request.user
    if not isinstance(by, User) or not by.is_lab_staff:
        raise PermissionDenied(_("Only lab staff decide about requests."))
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
