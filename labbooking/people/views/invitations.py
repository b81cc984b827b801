"""The page on which people are invited, and on which one sees what became of it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from labbooking.errors import DomainError, NotThere
from labbooking.people import pasted
from labbooking.people.invitation_forms import InviteForm, PasteForm
from residents.access import PersonRequest, for_role
from residents.membership.invitations import invite, invite_all, send_again, take_back
from residents.membership.models import Invitation, Standing
from residents.membership.roles import roles_of
from residents.membership.wanted import Wanted
from residents.models import OF_THE_TEAM, Role
from residents.signin.fresh import ask_again

Act = Callable[..., Invitation]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_role(*OF_THE_TEAM)
def invitations(request: PersonRequest) -> HttpResponse:
    """Those that are open; POST makes one."""
    if request.method != "POST":
        return _page(request, InviteForm(request.user))
    form = InviteForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    _ask_before_a_role(request, form.wanted)
    try:
        made = invite(form.wanted, by=request.user, at=timezone.now())
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, form, status=error.status)
    messages.success(request, _("{name} is invited: the e-mail is on its way.").format(name=made))
    return redirect("invitations")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_role(*OF_THE_TEAM)
def paste(request: PersonRequest) -> HttpResponse:
    """First what would become of each line, then, with `sure`, the invitations."""
    if request.method != "POST":
        return render(request, "people/paste.html", {"form": PasteForm()})
    form = PasteForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "people/paste.html", {"form": form}, status=422)
    if "sure" not in request.POST or not (good := _good(_lines(request, form))):
        return _told(request, form)
    _ask_before_a_role(request, *good)
    try:
        count = len(invite_all(good, by=request.user, at=timezone.now()))
    except DomainError as error:
        form.add_error(None, error.detail)
        return _told(request, form, status=error.status)
    words = ngettext("{count} person is invited.", "{count} people are invited.", count)
    messages.success(request, words.format(count=count))
    return redirect("invitations")


def _told(request: PersonRequest, form: PasteForm, *, status: int = 200) -> HttpResponse:
    """What would become of each line."""
    lines = _lines(request, form)
    text, good = form.cleaned_data["lines"], len(_good(lines))
    context = {"form": form, "lines": lines, "good": good, "text": text}
    return render(request, "people/paste.html", context, status=status)


def _lines(request: PersonRequest, form: PasteForm) -> list[pasted.PastedLine]:
    by, text = request.user, form.cleaned_data["lines"]
    return pasted.read(text, by=by, at=timezone.now(), language=get_language() or by.language)


def _good(lines: list[pasted.PastedLine]) -> list[Wanted]:
    return [each.wanted for each in lines if each.is_good]


def _ask_before_a_role(request: PersonRequest, *wanted: Wanted) -> None:
    """An invitation gives a role as much as the page of a person does."""
    if any(each.role != Role.CREATIVE for each in wanted):
        ask_again(request)


@require_POST
@for_role(*OF_THE_TEAM)
def again(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, send_again, _("The invitation of {name} is on its way again."))


@require_POST
@for_role(*OF_THE_TEAM)
def back(request: PersonRequest, pk: int) -> HttpResponse:
    return _act(request, pk, take_back, _("The invitation of {name} is taken back."))


def _act(request: PersonRequest, pk: int, act: Act, done: str) -> HttpResponse:
    try:
        invitation = act(pk, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, done.format(name=invitation))
    return redirect("invitations")


def _page(request: HttpRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    at = timezone.now()
    still = Invitation.objects.filter(accepted_at=None, taken_back_at=None)
    rows = still.select_related("invited_by").order_by("-made_at", "-pk")
    by = request.user
    context = {
        "form": form,
        "rows": [
            {
                "invitation": each,
                "role": _label(each),
                "expired": each.standing(at) is Standing.EXPIRED,
                "mine": each.role in roles_of(by),  # type: ignore[arg-type]
            }
            for each in rows
        ],
    }
    return render(request, "people/invitations.html", context, status=status)


def _label(invitation: Invitation) -> str:
    return str(dict(Role.choices).get(invitation.role, invitation.role))
