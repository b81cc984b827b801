"""The page of one's own application: written while it is a draft, read from then on."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from equipment.actions import Overtaken
from equipment.forms.saving import number_in, version_seen
from labbooking.errors import DomainError, NotAllowed
from labbooking.residencies.applications import actions, wording
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pages.door import ask_for_link
from labbooking.residencies.applications.pages.forms import DraftForm, words_of
from labbooking.residencies.applications.pages.saving import save
from labbooking.residencies.applications.pairs import partner_of
from labbooking.residencies.applications.queries import (
    alive_by_code,
    nowhere_to_be_had,
    own,
    says_needs,
    still_taken,
)
from labbooking.residencies.applications.states import BEFORE_THE_DECISION, ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.queries import public
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.calls.wording import standing
from labbooking.residencies.impartial import refuse_whom_it_cannot_be
from labbooking.residencies.retention.queries import moment_of
from residents.models import User

OVERTAKEN = 409


@never_cache
@require_http_methods(["GET", "HEAD", "POST", "PUT"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Where one applies. POST asks for a link, begins, or saves the whole draft; PUT saves some
    fields of it, as long as nobody has changed it since (`If-Match`)."""
    at = timezone.now()
    call = get_object_or_404(public().prefetch_related("terms"), slug=slug)
    person = request.user
    if not isinstance(person, User):
        return _stranger(request, call)
    application = own(person, slug)
    if application is None or _begins_anew(application, request):
        return _begin(request, call, person, at)
    acts = {"PUT": _keep, "POST": _save}
    act = acts.get(request.method or "")
    return act(request, application, person, at) if act else show(request, application, at)


def _stranger(request: HttpRequest, call: Call) -> HttpResponse:
    """Somebody whose session has ended while they wrote is told, and not sent a page."""
    if request.method == "PUT":
        return JsonResponse({"message": _("Please sign in again.")}, status=401)
    return ask_for_link(request, call)


def _begins_anew(application: Application, request: HttpRequest) -> bool:
    return application.state == ApplicationState.WITHDRAWN and request.method == "POST"


def _begin(request: HttpRequest, call: Call, person: User, at: datetime) -> HttpResponse:
    stage = call.stage(at)
    try:
        refuse_whom_it_cannot_be(person, call)
    except NotAllowed as error:
        context = {"call": call, "sentence": error.detail}
        return render(request, "applications/not_for_you.html", context, status=403)
    if request.method == "POST":
        try:
            actions.begin(call.slug, by=person, at=at)
            return redirect("apply", call.slug)
        except DomainError as error:
            messages.warning(request, error.detail)
    context = {
        "call": call,
        "is_open": stage == CallState.OPEN,
        "standing": standing(call, stage),
        "deadline": wording.deadline(call, person),
    }
    status = 200 if request.method in {"GET", "HEAD"} else OVERTAKEN
    return render(request, "applications/begin.html", context, status=status)


def _save(
    request: HttpRequest, application: Application, person: User, at: datetime
) -> HttpResponse:
    form = DraftForm(application.call, request.POST)
    based_on, now = version_seen(request.POST), None
    status = int(HTTPStatus.OK)
    try:
        saved = save(form, application, by=person, at=at, based_on=based_on)
        based_on = saved.revision
    except Overtaken as error:
        form.add_error(None, error.messages)
        status, now = OVERTAKEN, own(person, application.call.slug)
        based_on = now.revision if now else based_on
    except ValidationError as error:
        form.add_error(None, error.messages)
    except DomainError as error:
        messages.warning(request, error.detail)
        return show(request, application, at, status=error.status)
    if status == HTTPStatus.OK and not form.errors:
        if "check" in request.POST:
            return redirect("submit_application", application.call.slug)
        messages.success(request, _("Your draft is saved. Nobody else reads it yet."))
        return redirect("apply", application.call.slug)
    status = status if status == OVERTAKEN else int(HTTPStatus.UNPROCESSABLE_ENTITY)
    return show(request, application, at, form=form, based_on=based_on, now=now, status=status)


def _keep(
    request: HttpRequest, application: Application, person: User, at: datetime
) -> HttpResponse:
    """The fields that were sent. Where another window was quicker, with what stands there."""
    tag = request.headers.get("If-Match", "").strip('"')
    form = DraftForm(application.call, QueryDict(request.body))
    try:
        saved = save(form, application, by=person, at=at, based_on=number_in(tag))
    except Overtaken as error:
        return _overtaken(application, form, error.messages[0])
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)}, status=422)
    except DomainError as error:
        answer = {"message": error.detail, "code": error.code}
        return JsonResponse(answer, status=error.status)
    errors = {name: " ".join(map(str, each)) for name, each in form.errors.items()}
    kept = JsonResponse({"errors": errors}, status=422 if errors else 200)
    kept["ETag"] = f'"{saved.revision}"'
    return kept


def _overtaken(application: Application, form: DraftForm, message: str) -> HttpResponse:
    now = own(application.person, application.call.slug) or application
    shown = DraftForm(now.call, initial=words_of(now))
    there = {name: _as_text(shown, name) for name in form.data if name in shown.fields}
    answer = JsonResponse({"message": message, "there": there}, status=OVERTAKEN)
    answer["ETag"] = f'"{now.revision}"'
    return answer


def _as_text(form: DraftForm, name: str) -> str:
    """As a person reads it: of a choice its name."""
    value = form[name].value()
    choices = dict(getattr(form.fields[name], "choices", ()))
    several = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(str(each), "" if each is None else each)) for each in several)


def show(
    request: HttpRequest,
    application: Application,
    at: datetime,
    *,
    form: DraftForm | None = None,
    based_on: int | None = None,
    now: Application | None = None,
    status: int = 200,
) -> HttpResponse:
    call, state = application.call, ApplicationState(application.state)
    can_change = state == ApplicationState.DRAFT and still_taken(call, at)
    context: dict[str, Any] = {
        "call": call,
        "application": application,
        "state": state,
        "can_change": can_change,
        "standing": standing(call, call.stage(at)),
        "deadline": wording.deadline(call, application.person),
        "in_short": wording.in_short(application),
        "texts": wording.texts(application),
        "receipt": wording.short_receipt(application),
        "can_take_back": state == ApplicationState.SUBMITTED and at < call.closes_at,
        "can_withdraw": state in BEFORE_THE_DECISION,
        "can_begin_anew": state == ApplicationState.WITHDRAWN and call.stage(at) == CallState.OPEN,
        "partner": _partner(application),
        "nowhere": wording.nowhere(nowhere_to_be_had(application)),
        "goes_on": wording.last_day_kept(moment_of(application)),
        "can_erase_needs": state != ApplicationState.DRAFT and says_needs(application),
    }
    if can_change:
        context["form"] = form or DraftForm(call, initial=words_of(application))
        context["based_on"] = application.revision if based_on is None else based_on
        context["now"] = _differences(now, form) if now and form else []
    answer = render(request, "applications/mine.html", context, status=status)
    answer["ETag"] = f'"{application.revision}"'
    return answer


def _differences(now: Application, form: DraftForm) -> list[tuple[str, str]]:
    """What stands there now, of the fields that say something else in this window."""
    shown = DraftForm(now.call, initial=words_of(now))
    pairs = [(str(shown[name].label), _as_text(shown, name), name) for name in shown.fields]
    return [
        (label, text) for label, text, name in pairs if _words(shown, name) != _words(form, name)
    ]


def _words(form: DraftForm, name: str) -> list[str]:
    """Not as a person reads it: whatever can be chosen by now, and however lines end."""
    value = form[name].value()
    if isinstance(value, list):
        return [str(each) for each in value]
    return [] if value is None else str(value).split()


def _partner(application: Application) -> str:
    if not application.partner_code:
        return ""
    found = partner_of(application, alive_by_code(application.call))
    return wording.partner(found, application.partner_code)
