"""How people come in to apply: by a link to their address, or signed in as they are."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from equipment.forms.confirming import READS_AND_ACTS
from labbooking.errors import DomainError, WrongState
from labbooking.period import MINUTE
from labbooking.residencies.applications.actions import begin
from labbooking.residencies.applications.pages.forms import ComeForm, DoorForm
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.queries import public
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.calls.wording import standing
from labbooking.when import duration
from labbooking.wire.throttle import is_within, network, until_next
from residents.signin.asking.actions import ask_for_account
from residents.signin.asking.applying import come_by_link, refuse_used
from residents.signin.asking.links import applying_of
from residents.signin.later import ComeBackLater
from residents.signin.models import AccountRequest

KEPT = "apply_link"
"""Where the session has the token once the link was opened: a program that looks at links in mails
opens them too, and uses none up."""


class AskedTooOften(ComeBackLater):
    def __str__(self) -> str:
        words = _("Many links were asked for from your network. Please try again in {duration}.")
        return words.format(duration=duration(-(-self.seconds // 60) * MINUTE))


def ask_for_link(request: HttpRequest, call: Call) -> HttpResponse:
    """The answer is the same whoever has the address. It is open after the deadline too: whoever
    has written something reads it and may withdraw it."""
    if request.method != "POST":
        return _door(request, call, DoorForm())
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _door(request, call, form, status=422)
    if not is_within(settings.APPLYING_RATE, f"applying:{network(request)}"):
        raise AskedTooOften(until_next(settings.APPLYING_RATE))
    language = translation.get_language() or settings.LANGUAGE_CODE
    ask_for_account(**form.cleaned_data, language=language, call=call.slug, at=timezone.now())
    return redirect("apply_link_sent", call.slug)


def _door(request: HttpRequest, call: Call, form: DoorForm, status: int = 200) -> HttpResponse:
    stage = call.stage(timezone.now())
    context = {
        "call": call,
        "form": form,
        "is_open": stage == CallState.OPEN,
        "standing": standing(call, stage),
        "login_next": reverse("apply", args=[call.slug]),
    }
    return render(request, "applications/door.html", context, status=status)


@never_cache
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    call = get_object_or_404(public(), slug=slug)
    return render(request, "applications/sent.html", {"call": call})


@never_cache
@require_safe
def open_link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    if applying_of(token, slug) is None:
        return _over(request, slug, _not_whole(), 404)
    request.session[KEPT] = token
    return redirect("come_to_apply", slug)


@never_cache
@READS_AND_ACTS
def come(request: HttpRequest, slug: str) -> HttpResponse:
    """POST signs in whose link it is; who has none gets an account by it."""
    if request.user.is_authenticated:
        return redirect("apply", slug)
    asked = applying_of(str(request.session.get(KEPT, "")), slug)
    if asked is None:
        return _over(request, slug, _not_whole(), 404)
    with translation.override(_language(request, asked)):
        try:
            refuse_used(asked, timezone.now())
            return _come(request, slug, asked)
        except WrongState as error:
            return _over(request, slug, error.detail, 410)


def _come(request: HttpRequest, slug: str, asked: AccountRequest) -> HttpResponse:
    is_new = asked.found == asked.Found.NEW
    if request.method != "POST":
        return _welcome(request, slug, asked, ComeForm(initial={"name": asked.name}))
    form = ComeForm(request.POST if is_new else {"name": asked.name})
    if is_new and not form.is_valid():
        return _welcome(request, slug, asked, form, status=422)
    try:
        name = form.cleaned_data["name"] if is_new else ""
        person = come_by_link(asked.pk, name=name, at=timezone.now())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _welcome(request, slug, asked, form, status=422)
    del request.session[KEPT]
    page = reverse("apply", args=[slug])
    try:
        begin(slug, by=person, at=timezone.now())
    except DomainError as error:  # the page says so too
        messages.warning(request, error.detail)
    answer: HttpResponse = perform_login(
        request, person, email_verification="none", redirect_url=page
    )
    return answer


def _welcome(
    request: HttpRequest, slug: str, asked: AccountRequest, form: ComeForm, status: int = 200
) -> HttpResponse:
    call = get_object_or_404(public(), slug=slug)
    is_new = asked.found == asked.Found.NEW
    context = {"call": call, "asked": asked, "form": form, "is_new": is_new}
    return render(request, "applications/come.html", context, status=status)


def _language(request: HttpRequest, asked: AccountRequest) -> str:
    """That of the request, unless this browser has chosen another."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return translation.get_language() or "de" if chosen else asked.language


def _not_whole() -> str:
    return _("This link is not whole, or too old. Open it from the e-mail once more, or ask again.")


def _over(request: HttpRequest, slug: str, sentence: str, status: int) -> HttpResponse:
    context = {"sentence": sentence, "slug": slug}
    return render(request, "applications/link_over.html", context, status=status)
