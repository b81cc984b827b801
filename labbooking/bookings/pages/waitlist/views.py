"""The waiting list: join it from the booking page, leave it, and for staff, who waits for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labbooking.bookings.actions.waitlist import join, leave
from labbooking.bookings.availability.catalogue import shelves
from labbooking.bookings.demand.url_query import query, typed
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.pages.back_link import way_back
from labbooking.bookings.pages.book.forms import BookForm
from labbooking.bookings.pages.book.views.book import show
from labbooking.bookings.pages.intake.on_page import is_about_intake, reply_on
from labbooking.bookings.queries import what_is_offered
from labbooking.bookings.waitlist.matching import OPEN
from labbooking.bookings.waitlist.positions import places
from labbooking.errors import DomainError, NotThere
from labbooking.when import lab_zone
from residents.access import for_staff
from residents.models import User


@for_staff
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Everybody on the list, what is soonest first."""
    at = timezone.now()
    waits = Waiting.objects.select_related("person", "group").prefetch_related(what_is_offered())
    open_ = waits.filter(state__in=OPEN, ends_at__gt=at)
    found = places(open_.order_by("starts_at", "joined_at", "pk"))
    return render(request, "bookings/waiting.html", {"places": found})


@require_POST
def waiting_join(request: HttpRequest) -> HttpResponse:
    """Takes the fields of the booking page; with `any_unit`, equal units will do as well."""
    at, zone = timezone.now(), lab_zone()
    fields = typed(request.POST, zone, at)
    by = request.user
    if not isinstance(by, User):
        return redirect_to_login(_book_page(fields.get("by") == "night", fields))
    if not by.may_book:
        return render(request, "bookings/book_not_for_you.html", status=403)
    form = BookForm(fields, stock=shelves(), by=by, zone=zone)
    page = _book_page(form.by_night, form.data)
    if not (form.is_valid() and form.names_something):
        messages.error(
            request, _("Say here what you need and when; then you can join the waiting list.")
        )
        return redirect(page)
    return _join(request, form, by, at)


def _join(request: HttpRequest, form: BookForm, by: User, at: datetime) -> HttpResponse:
    """Without an answer that is due, what is asked is shown with all that was typed."""
    person = form.cleaned_data.get("person") or by
    any_unit = bool(request.POST.get("any_unit"))
    spec = replace(form.spec, intake=reply_on(request, form, person, at))
    try:
        join(spec, by=by, at=at, person=person, any_unit=any_unit)
    except DomainError as error:
        if spec.intake.answers or is_about_intake(error):
            return show(request, form, by, at, status=error.status, error=error)
        messages.error(request, error.detail)
        return redirect(_book_page(form.by_night, form.data))
    messages.success(
        request,
        _("You are on the waiting list. If the time becomes free, you get an e-mail at once."),
    )
    return redirect("waiting" if by.is_lab_staff else "my_bookings")


def _book_page(by_night: bool, fields: QueryDict) -> str:
    return f"{reverse('book')}?{query(fields, by_night=by_night)}"


@require_POST
def waiting_leave(request: HttpRequest, pk: int) -> HttpResponse:
    by = request.user
    if not isinstance(by, User):
        return redirect_to_login(reverse("my_bookings"))
    try:
        leave(pk, by=by, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("Taken off the waiting list."))
    return redirect(way_back(request, reverse("my_bookings")))
