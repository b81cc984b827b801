"""The demo lab's mails, for staff to read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labbooking.notifications import mailbox
from residents.access import for_staff


@require_safe
@for_staff
def lab_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails, newest first."""
    if not mailbox.is_open():
        raise Http404
    return render(request, "notifications/mails.html", {"mails": mailbox.mails()})


@require_safe
@for_staff
def one_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text part and its headers."""
    mail = mailbox.mail(name) if mailbox.is_open() else None
    if mail is None:
        raise Http404
    return render(request, "notifications/mail.html", {"mail": mail})
