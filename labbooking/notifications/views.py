"""The demo lab's mails, for staff to read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labbooking.notifications import outbox
from residents.models import User


@require_safe
@login_required
def lab_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails, newest first."""
    _only_staff_of_a_demo_lab(request)
    return render(request, "notifications/mails.html", {"mails": outbox.mails()})


@require_safe
@login_required
def one_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text part and its headers."""
    _only_staff_of_a_demo_lab(request)
    mail = outbox.mail(name)
    if mail is None:
        raise Http404
    return render(request, "notifications/mail.html", {"mail": mail})


def _only_staff_of_a_demo_lab(request: HttpRequest) -> None:
    if not (outbox.is_open() and isinstance(request.user, User) and request.user.is_lab_staff):
        raise Http404
