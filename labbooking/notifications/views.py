"""Mails at the desk: what could not be delivered, and in a demo lab all that were written."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labbooking.errors import NotThere
from labbooking.notifications import mailbox
from labbooking.notifications.actions.laid_aside import drop, send_again, send_all_again
from labbooking.notifications.undelivered import undelivered
from residents.access import PersonRequest, for_staff


@require_safe
@for_staff
def lab_mail(request: HttpRequest) -> HttpResponse:
    """What lies aside; in a demo lab the newest mails as well, newest first."""
    context = {
        "lines": undelivered(timezone.now()),
        "has_mails": mailbox.is_open(),
        "mails": mailbox.mails() if mailbox.is_open() else [],
    }
    return render(request, "notifications/mails.html", context)


@require_POST
@for_staff
def send_one_again(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        send_again(pk, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    messages.success(request, _("It is on its way again."))
    return redirect("lab_mail")


@require_POST
@for_staff
def send_everything_again(request: PersonRequest) -> HttpResponse:
    send_all_again(by=request.user, at=timezone.now())
    messages.success(request, _("All of them are on their way again."))
    return redirect("lab_mail")


@require_POST
@for_staff
def drop_one(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        drop(pk, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    messages.success(request, _("Dropped. Nobody will get it."))
    return redirect("lab_mail")


@require_safe
@for_staff
def one_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text part and its headers."""
    mail = mailbox.mail(name) if mailbox.is_open() else None
    if mail is None:
        raise Http404
    return render(request, "notifications/mail.html", {"mail": mail})
