"""What people do about their own account: read and take along what is held about them, leave, and
ask to be erased."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from labbooking.bookings.models import Booking
from labbooking.bookings.states import State
from labbooking.errors import DomainError
from labbooking.people.actions import leave
from labbooking.people.queries import bookings_ahead
from residents.access import PersonRequest
from residents.models import User
from residents.privacy.erase import ask_for_erasure, take_back_request
from residents.privacy.my_data import as_file, counted, entries_of
from residents.signin.fresh import ask_again, wants_fresh_sign_in


@login_required
@never_cache
@require_safe
def data(request: PersonRequest) -> HttpResponse:
    context = {
        "held": counted(request.user),
        "entries": entries_of(request.user).count(),
        "person": request.user,
    }
    return render(request, "people/my_data.html", context)


@login_required
@never_cache
@require_safe
@wants_fresh_sign_in
def data_file(request: PersonRequest) -> HttpResponse:
    answer = JsonResponse(as_file(request.user, at=timezone.now()), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@login_required
@require_POST
def erasure(request: PersonRequest) -> HttpResponse:
    """Asks staff for it; pressed again with `back`, takes that back."""
    if "back" in request.POST:
        take_back_request(request.user, at=timezone.now())
        messages.success(request, _("You no longer ask to be erased."))
    else:
        ask_again(request)
        ask_for_erasure(request.user, at=timezone.now())
        messages.success(request, _("Staff see that you ask to be erased, and confirm it."))
    return redirect("my_data")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave_house(request: PersonRequest) -> HttpResponse:
    """GET says what would be cancelled; POST ends the account."""
    at = timezone.now()
    if request.method == "POST":
        ask_again(request)
        try:
            leave(request.user, at=at)
        except DomainError as error:
            context = {**_leaving(request.user, at), "sentence": error.detail}
            return render(request, "people/leave.html", context, status=error.status)
        logout(request)
        messages.success(request, _("Your account has ended. Thank you for having been here."))
        return redirect("front")
    return render(request, "people/leave.html", _leaving(request.user, at))


def _leaving(person: User, at: datetime) -> dict[str, list[Booking]]:
    """What has to be brought back first, and what is cancelled."""
    ahead = bookings_ahead(person, at)
    in_hands = [each for each in ahead if each.state == State.IN_USE]
    return {"in_hands": in_hands, "cancelled": [each for each in ahead if each not in in_hands]}
