"""The pages of who asks for an account. While the house takes no requests there is none of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from labbooking.errors import WrongState
from labbooking.period import MINUTE
from labbooking.when import duration
from labbooking.wire.throttle import is_within, network, until_next
from residents.signin.asking.actions import ask_for_account, prove, take_back
from residents.signin.asking.forms import AskForm
from residents.signin.asking.links import KEPT, request_of, request_opened
from residents.signin.asking.queries import rule
from residents.signin.later import ComeBackLater
from residents.signin.models import AccountRequest

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class AskedTooOften(ComeBackLater):
    def __str__(self) -> str:
        words = _("Several requests have come from your network. Please try again in {duration}.")
        minutes = -(-self.seconds // 60) * MINUTE
        return words.format(duration=duration(minutes))


def _while_open(view: View[P]) -> View[P]:
    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not rule().is_open:
            raise Http404
        return view(request, *args, **kwargs)

    return shown


@_while_open
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The answer is the same whoever has the address."""
    if request.user.is_authenticated:
        return redirect("profile")
    if request.method != "POST":
        return _form(request, AskForm(initial={"language": translation.get_language()}))
    form = AskForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    if not is_within(settings.ASKING_RATE, f"asking:{network(request)}"):
        raise AskedTooOften(until_next(settings.ASKING_RATE))
    ask_for_account(**form.cleaned_data, at=timezone.now())
    return redirect("asked_for_account")


def _form(request: HttpRequest, form: AskForm, *, status: int = 200) -> HttpResponse:
    return render(request, "asking/ask.html", {"form": form}, status=status)


@_while_open
@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "asking/sent.html")


@_while_open
@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    if request_of(token) is None:
        return _over(request, _gone(), 404)
    request.session[KEPT] = token
    return redirect("my_account_request")


@_while_open
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """POST confirms the address, or takes the request back; the page tells how it stands."""
    found = request_opened(request)
    if found is None:
        return _over(request, _gone(), 404)
    with translation.override(_language(request, found)):
        if request.method == "POST":
            return _done(request, found, take_back if "take_back" in request.POST else prove)
        if found.is_too_old(rule(), timezone.now()):
            return _over(request, _("This link is too old. Please ask once more."), 410)
        return render(request, "asking/mine.html", {"asked": found})


def _done(
    request: HttpRequest, found: AccountRequest, act: Callable[..., AccountRequest]
) -> HttpResponse:
    try:
        act(found.pk, at=timezone.now())
    except WrongState as error:
        return _over(request, error.detail, 409)
    return redirect("my_account_request")


def _language(request: HttpRequest, found: AccountRequest) -> str:
    """That of the request, unless this browser has chosen another."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return translation.get_language() or "de" if chosen else found.language


def _gone() -> str:
    return _("This link is not whole, or too old. Open it from the e-mail once more, or ask again.")


def _over(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "asking/over.html", {"sentence": sentence}, status=status)
