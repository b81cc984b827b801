"""What changes about somebody's account: role, end and return."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from labbooking.bookings.models import Booking
from labbooking.errors import DomainError
from labbooking.people.actions import end_with_bookings, erase_person, join_with_bookings
from labbooking.people.ending_form import EndForm, UntilForm
from labbooking.people.forms import OtherAccountForm
from labbooking.people.queries import bookings_ahead
from labbooking.when import lab_zone, short_day
from residents.access import PersonRequest, for_role
from residents.membership.ending import change_role, let_stay
from residents.membership.roles import looks_after
from residents.models import OF_THE_TEAM, Role, User
from residents.signin.fresh import ask_again, wants_fresh_sign_in


@require_POST
@for_role(*OF_THE_TEAM)
@wants_fresh_sign_in
def role(request: PersonRequest, pk: int) -> HttpResponse:
    somebody, wanted = _somebody(request, pk), request.POST.get("role", "")
    try:
        if wanted not in Role.values:
            raise ValidationError(_("Choose one of the roles."))
        somebody = change_role(pk, wanted, by=request.user, at=timezone.now())
    except (DomainError, ValidationError) as error:
        messages.error(request, _said(error))
    else:
        words = _("{name} is from now on: {role}.")
        label = somebody.get_role_display()
        messages.success(request, words.format(name=somebody, role=label))
    return redirect("person", pk)


@require_POST
@for_role(*OF_THE_TEAM)
@wants_fresh_sign_in
def stay(request: PersonRequest, pk: int) -> HttpResponse:
    _somebody(request, pk)
    try:
        somebody = let_stay(pk, by=request.user, at=timezone.now())
    except (DomainError, ValidationError) as error:
        messages.error(request, _said(error))
    else:
        messages.success(request, _("{name} may sign in, and no end is set.").format(name=somebody))
    return redirect("person", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_role(*OF_THE_TEAM)
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """GET shows which bookings lie after the day that `?until=` names; POST ends the account."""
    somebody, at = _somebody(request, pk), timezone.now()
    asked = UntilForm(request.POST if request.method == "POST" else request.GET)
    after = _after(somebody, asked.moment, at)
    if request.method != "POST":
        start = {"until": asked.data.get("until", "") if asked.is_valid() else ""}
        return _page(request, somebody, asked, EndForm(somebody, after, initial=start))
    form = EndForm(somebody, after, request.POST.dict())
    if not form.is_valid():
        return _page(request, somebody, asked, form, status=422)
    ask_again(request)
    said = form.cleaned_data
    try:
        end_with_bookings(
            pk,
            form.becomes,
            by=request.user,
            at=at,
            until=form.moment,
            to=said["to"],
            reason=said["reason"],
        )
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, somebody, asked, form, status=error.status)
    messages.success(request, _done(somebody, form.moment, at))
    return redirect("person", pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_role(*OF_THE_TEAM)
def erase(request: PersonRequest, pk: int) -> HttpResponse:
    """GET says what would go and what stays; POST does it."""
    somebody = _somebody(request, pk)
    if request.method != "POST":
        return render(request, "people/erase.html", {"person": somebody})
    ask_again(request)
    try:
        erase_person(pk, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
        return redirect("person", pk)
    messages.success(request, _("The person is erased. The journal stays whole."))
    return redirect("people")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_role(*OF_THE_TEAM)
def join(request: PersonRequest, pk: int) -> HttpResponse:
    """`?email=` names the other account of this person, which goes; POST joins the two."""
    somebody = _somebody(request, pk)
    form = OtherAccountForm(request.POST or request.GET or None)
    other = form.other if form.is_valid() else None
    context = {"person": somebody, "form": form, "other": other}
    if request.method != "POST" or other is None:
        status = 422 if request.method == "POST" else 200
        return render(request, "people/join.html", context, status=status)
    ask_again(request)
    try:
        count = join_with_bookings(other.pk, somebody, by=request.user, at=timezone.now())
    except DomainError as error:
        form.add_error(None, error.detail)
        return render(request, "people/join.html", context, status=error.status)
    words = ngettext(
        "The two accounts are one now; {count} booking came along.",
        "The two accounts are one now; {count} bookings came along.",
        count,
    )
    messages.success(request, words.format(count=count))
    return redirect("person", pk)


def _done(somebody: User, until: datetime | None, at: datetime) -> str:
    if until is None:
        return _("The account of {name} has ended.").format(name=somebody)
    day = short_day(until, lab_zone(), at=at)
    return _("The account of {name} ends after {day}.").format(name=somebody, day=day)


def _somebody(request: PersonRequest, pk: int) -> User:
    """Whom this person looks after; of others there is no such page."""
    somebody = get_object_or_404(User, pk=pk, erased_at=None)
    if not looks_after(request.user, somebody):
        raise Http404(_("There is no such person."))
    return somebody


def _after(somebody: User, until: datetime | None, at: datetime) -> list[Booking]:
    end = until or at
    return [each for each in bookings_ahead(somebody, at) if each.ends_at > end]


def _page(
    request: PersonRequest, somebody: User, asked: UntilForm, form: EndForm, *, status: int = 200
) -> HttpResponse:
    context = {"person": somebody, "asked": asked, "form": form, "until": asked.moment}
    return render(request, "people/end.html", context, status=status)


def _said(error: DomainError | ValidationError) -> str:
    return error.detail if isinstance(error, DomainError) else " ".join(error.messages)
