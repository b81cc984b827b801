"""What is on the front page: staff announce events and calls, change them, take them down."""

from __future__ import annotations

from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from equipment.actions import Overtaken, announce
from equipment.forms.texts import AnnouncementForm
from equipment.models import Announcement
from equipment.queries import current
from labbooking.errors import DomainError
from labbooking.house.events import blocked_by, call_of, change_event, take_down_event
from residents.access import PersonRequest, ViewOfPerson, for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def announcements(request: PersonRequest) -> HttpResponse:
    """The list, and a form for one more."""
    if request.method != "POST":
        return _page(request, AnnouncementForm())
    form = AnnouncementForm(request.POST)
    if form.is_valid():
        try:
            announce(form.cleaned_data, by=request.user, at=timezone.now())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("It has been announced."))
            return redirect("announcements")
    return _page(request, form, status=422)


def at_its_call(view: ViewOfPerson[[int]]) -> ViewOfPerson[[int]]:
    """What belongs to a call is changed there."""

    @wraps(view)
    def led(request: PersonRequest, /, pk: int) -> HttpResponseBase:
        if of_call := call_of(pk):
            messages.info(
                request, _("This announcement belongs to a call: change the call itself.")
            )
            return redirect("change_call", of_call.slug)
        return view(request, pk)

    return led


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@at_its_call
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """The same form, filled in with what is announced."""
    announcement = get_object_or_404(Announcement, pk=pk)
    if request.method != "POST":
        form = AnnouncementForm(initial=model_to_dict(announcement))
        return _form(request, announcement, form, based_on=announcement.version)
    form, based_on = AnnouncementForm(request.POST), request.POST.get("based_on", "")
    if form.is_valid():
        by, at = request.user, timezone.now()
        try:
            change_event(pk, form.cleaned_data, by=by, at=at, based_on=based_on)
        except Announcement.DoesNotExist as gone:
            raise Http404 from gone
        except Overtaken as error:
            form.add_error(None, error)
            return _overtaken(request, pk, form)
        except ValidationError as error:
            form.add_error(None, error)
        except DomainError as error:
            form.add_error(None, error.detail)
        else:
            messages.success(request, _("The announcement has been changed."))
            return redirect("announcements")
    return _form(request, announcement, form, based_on=based_on, status=422)


def _overtaken(request: HttpRequest, pk: int, form: AnnouncementForm) -> HttpResponse:
    """What was typed stays, beside what is announced by now; saving again puts it in its place."""
    now = get_object_or_404(Announcement, pk=pk)
    return _form(request, now, form, based_on=now.version, now=now, status=409)


def _form(
    request: HttpRequest,
    announcement: Announcement,
    form: AnnouncementForm,
    *,
    based_on: str,
    now: Announcement | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"announcement": announcement, "form": form, "based_on": based_on, "now": now}
    context["blocked"] = blocked_by(announcement.pk)
    return render(request, "house/announcement_change.html", context, status=status)


def _page(request: HttpRequest, form: AnnouncementForm, *, status: int = 200) -> HttpResponse:
    context = {"announcements": current(timezone.now()), "form": form}
    return render(request, "house/announcements.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
@at_its_call
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    """GET asks whether it shall be; POST does it."""
    if request.method != "POST":
        announcement = get_object_or_404(Announcement, pk=pk)
        return render(request, "house/announcement_remove.html", {"announcement": announcement})
    try:
        take_down_event(pk, by=request.user, at=timezone.now())
    except Announcement.DoesNotExist as gone:
        raise Http404 from gone
    except DomainError as error:
        messages.warning(request, error.detail)
        return redirect("announcements")
    messages.success(request, _("It has been taken down."))
    return redirect("announcements")
