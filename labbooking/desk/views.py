"""The desk: who comes today, what goes back, and handing it over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labbooking.bookings import actions
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.approvals.acts import remember_what_to_undo, what_to_undo
from labbooking.bookings.undecided import undecided
from labbooking.desk import day as at_the_desk
from labbooking.desk import queries
from labbooking.desk.forms import DayForm, HandoverForm
from labbooking.errors import DomainError, NotThere
from labbooking.period import DAY, Period, local_day
from labbooking.residencies.stays.keys.queries import keys_out
from labbooking.residencies.stays.queries import stays_of
from labbooking.when import lab_zone
from residents.access import for_staff
from residents.models import User
from residents.signin.asking.queries import waiting as asking_for_an_account

Act = Callable[[int, User, datetime, str], Sequence[Booking]]


@require_safe
@for_staff
def desk(request: HttpRequest) -> HttpResponse:
    """`?day=2027-01-12`; without it, today."""
    form = DayForm(request.GET)
    if form.is_valid():
        return _page(request, form.cleaned_data["day"])
    messages.error(request, _("There is no such day. Today is shown instead."))
    return _page(request, None, status=400)


@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_over(request, pk, "check-in", _("{person} has it now."))


@require_POST
def check_out(request: HttpRequest, pk: int) -> HttpResponse:
    return _hand_over(request, pk, "check-out", _("{person} has given it back."))


def _check_in(pk: int, by: User, at: datetime, reason: str) -> Sequence[Booking]:
    return actions.check_in(pk, by=by, at=at, reason=reason)


def _check_out(pk: int, by: User, at: datetime, reason: str) -> Sequence[Booking]:
    return actions.check_out(pk, by=by, at=at)


_ACTS: dict[str, Act] = {"check-in": _check_in, "check-out": _check_out}


def _hand_over(request: HttpRequest, pk: int, act: str, done: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("desk"))
    by, at = _staff(request), timezone.now()
    form = HandoverForm(request.POST)
    day = form.cleaned_data["day"] if form.is_valid() else None
    try:
        (booking,) = _ACTS[act](pk, by, at, form.cleaned_data.get("reason", ""))
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        return _refused(request, pk, day, error)
    remember_what_to_undo(request, act, booking)
    messages.success(request, done.format(person=booking.person))
    # With htmx too the whole day is made anew: the booking stands in another list by now.
    return _page(request, day) if request.headers.get("HX-Request") else redirect(_address(day))


def _refused(request: HttpRequest, pk: int, day: date | None, error: DomainError) -> HttpResponse:
    """The row says why not, and asks for a reason where a reason helps."""
    refused: dict[str, object] = {
        "refused": pk,
        "refusals": error.refusals or [{"message": error.detail}],
        "may_override": bool(error.refusals) and all(each.overridable for each in error.refusals),
    }
    return _page(request, day, refused, status=error.status)


def _page(
    request: HttpRequest,
    day: date | None,
    more: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    at = timezone.now()
    period = _period(day, at)
    shown = period.local(lab_zone())[0].date()
    bookings = queries.bookings_on(period, at)
    context = {
        "day": shown,
        "is_today": period.start <= at < period.end,
        "day_before": _address(shown - DAY),
        "day_after": _address(shown + DAY),
        "form": DayForm(initial={"day": shown}),
        "sections": at_the_desk.sections(bookings, period, at),
        "stays": stays_of(bookings),
        "keys_out": keys_out(),
        "next_arrival": None if bookings else queries.next_arrival(period.end),
        "waiting": queries.waiting(_staff(request), at),
        "unsettled": undecided(at).count(),
        "asking": asking_for_an_account().count(),
        "undo": what_to_undo(request, at, back=_address(day)),
        **(more or {}),
    }
    return render(request, "desk/desk.html", context, status=status)


def _period(day: date | None, at: datetime) -> Period:
    """The lab's own day, whatever zone the things at the desk are in."""
    zone = lab_zone()
    return local_day(day or at.astimezone(zone).date(), zone)


def _address(day: date | None) -> str:
    query = f"?{urlencode({'day': day.isoformat()})}" if day else ""
    return reverse("desk") + query


def _staff(request: HttpRequest) -> User:
    if not (isinstance(request.user, User) and request.user.is_lab_staff):
        raise Http404
    return request.user
