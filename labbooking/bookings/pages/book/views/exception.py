"""Asking for an exception, with the spec in the address as on the page that books."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from labbooking.bookings.actions.request_exception import ask_exception
from labbooking.bookings.availability.catalogue import shelves
from labbooking.bookings.demand.spec import Idempotency
from labbooking.bookings.demand.url_query import typed
from labbooking.bookings.pages.book.forms import BookForm
from labbooking.bookings.pages.book.outcome import Outcome
from labbooking.bookings.pages.book.thinking import think
from labbooking.bookings.pages.intake.on_page import intake_on, reply_on
from labbooking.errors import DomainError
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_role
from residents.models import Role, User


class ReasonForm(forms.Form):
    """`key` is the same however often one page's button is pressed."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label=gettext_lazy("Why should staff make an exception?"),
        help_text=gettext_lazy("Staff read it beside your request. Two sentences are plenty."),
        max_length=LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what; `url` is the page that books, with the same spec."""

    by: User
    at: datetime
    book_form: BookForm
    url: str

    def outcome(self, error: DomainError | None = None) -> Outcome:
        return think(self.book_form, by=self.by, person=self.by, at=self.at, error=error)


@require_http_methods(["GET", "HEAD", "POST"])
@for_role(Role.CREATIVE)
def exception(request: PersonRequest) -> HttpResponse:
    """The address says what is wanted; POST asks for it, and with `look` brings along what was
    answered on the page that books. What needs no exception is booked."""
    asking = _asking(request)
    if not (
        asking.book_form.is_valid() and asking.book_form.names_something and asking.book_form.period
    ):
        return redirect(asking.url)
    if request.method == "POST" and not request.GET.get("look"):
        return _ask(request, asking)
    outcome = asking.outcome()
    if not outcome.exception_url:
        return redirect(asking.url)
    return _page(request, asking, outcome, ReasonForm(initial={"key": uuid.uuid4().hex}))


def _asking(request: PersonRequest) -> Asking:
    by, at, zone = request.user, timezone.now(), lab_zone()
    spec = BookForm(typed(request.GET, zone, at), stock=shelves(), by=by, zone=zone)
    return Asking(by, at, spec, spec.page(at).url())


def _ask(request: HttpRequest, asking: Asking) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, asking, asking.outcome(), form, status=422)
    reply = reply_on(request, asking.book_form, asking.by, asking.at)
    reason, key = form.cleaned_data["reason"], form.cleaned_data["key"]
    also = f" {reply}" if reply.answers or reply.accepted else ""
    said = hashlib.sha256(f"{asking.url} {reason}{also}".encode()).hexdigest()
    once = Idempotency(f"exception-{key}", said)
    try:
        spec = replace(asking.book_form.spec, intake=reply)
        bookings = ask_exception(spec, reason=reason, by=asking.by, at=asking.at, idempotency=once)
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, asking, asking.outcome(error), form, status=error.status, error=error)
    messages.success(
        request, _("Staff have your request. The time is yours until they have answered.")
    )
    return redirect("booking", bookings[0].pk)


def _page(
    request: HttpRequest,
    asking: Asking,
    outcome: Outcome,
    form: ReasonForm,
    *,
    status: int = 200,
    error: DomainError | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "book_form": asking.book_form,
        "outcome": outcome,
        "intake": intake_on(request, asking.book_form, asking.by, asking.at, error=error),
        "book_url": asking.url,
    }
    return render(request, "bookings/exception.html", context, status=status)
