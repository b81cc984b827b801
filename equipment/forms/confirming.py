"""Pages that ask before something is done, and buttons that do it at once: what is said then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from equipment.forms.saving import DONE, REFUSED, attempt, sentences

Act = Callable[[], object]
READS_AND_ACTS = require_http_methods(["GET", "HEAD", "POST"])


def submit(request: HttpRequest, form: forms.Form, act: Act, told: str) -> int:
    """The status of the answer; `told` is said on the next page once it is done. `act` may rely on
    a valid form."""
    status = attempt(form, act) if form.is_valid() else REFUSED
    if status == DONE:
        messages.success(request, told)
    return status


def confirm(
    request: HttpRequest,
    page: str,
    context: Mapping[str, Any],
    form: forms.Form,
    act: Act,
    told: str,
    *,
    then: HttpResponse,
) -> HttpResponse:
    """The question on its page. Answered by POST it is done and goes on to `then`."""
    status = DONE
    if request.method == "POST":
        status = submit(request, form, act, told)
        if status == DONE:
            return then
    return render(request, page, {**context, "form": form}, status=status)


def press(request: HttpRequest, act: Act, told: str) -> bool:
    """Whether it is done. What stands against it is told on the next page."""
    form = forms.Form({})
    is_done = submit(request, form, act, told) == DONE
    if not is_done:
        warn(request, form)
    return is_done


def warn(request: HttpRequest, form: forms.Form) -> None:
    for each in sentences(form):
        messages.warning(request, each)
