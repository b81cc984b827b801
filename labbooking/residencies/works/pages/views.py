"""Who applies puts together what their application shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from equipment.forms.confirming import submit
from equipment.forms.saving import DONE, REFUSED, attempt
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import own_alive
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.works import actions
from labbooking.residencies.works.models import MOST_WORKS, Work, WorkKind
from labbooking.residencies.works.pages.forms import FORMS, WorkForm, empty_forms, form_of
from labbooking.residencies.works.queries import works_of
from residents.access import PersonRequest


def _own(request: HttpRequest, slug: str) -> Application:
    found = own_alive(cast("PersonRequest", request).user, slug).first()
    if found is None:
        raise Http404
    return found


@require_safe
@login_required
def works(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _own(request, slug))


@require_POST
@login_required
def add(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    application = _own(request, slug)
    if kind not in FORMS:
        raise Http404
    of_kind = WorkKind(kind)
    form = FORMS[of_kind](request.POST, request.FILES, auto_id=f"id_{kind}_%s")
    by, at = cast("PersonRequest", request).user, timezone.now()

    def act() -> None:
        actions.add_work(slug, form.work, by=by, at=at)

    status = submit(request, form, act, _("It is added."))
    if status != DONE:
        return _page(request, application, added={of_kind: form}, status=status)
    return redirect("application_works", slug)


@require_POST
@login_required
def change(request: HttpRequest, slug: str, work: str) -> HttpResponse:
    """`do` is `change`, `remove`, or where it goes."""
    application = _own(request, slug)
    row = application.works.filter(key=work).first()
    if row is None:
        raise Http404
    form = form_of(row, request.POST)
    act = _act(request, slug, row, form)
    if act is None:
        return _page(request, application, changed={row.key: form}, status=REFUSED)
    status = attempt(form, act)
    if status != DONE:
        return _page(request, application, changed={row.key: form}, status=status)
    messages.success(request, _("Done."))
    return redirect("application_works", slug)


def _act(request: HttpRequest, slug: str, row: Work, form: WorkForm) -> Callable[[], object] | None:
    """None where what was typed cannot be."""
    do, key = request.POST.get("do", ""), row.key
    by, at = cast("PersonRequest", request).user, timezone.now()
    valid = form.is_valid()
    if do == "change":
        if not valid:
            return None
        return lambda: actions.change_work(slug, key, form.said, by=by, at=at)
    form.errors.clear()  # it only moves or goes: what it says is not asked for
    if do == "remove":
        return lambda: actions.remove_work(slug, key, by=by, at=at)
    if do == "up":
        return lambda: actions.move_work(slug, key, "up", by=by, at=at)
    if do == "down":
        return lambda: actions.move_work(slug, key, "down", by=by, at=at)
    raise Http404


def _page(
    request: HttpRequest,
    application: Application,
    *,
    added: Mapping[WorkKind, WorkForm] | None = None,
    changed: Mapping[str, WorkForm] | None = None,
    status: int = DONE,
) -> HttpResponse:
    rows, typed = works_of(application), changed or {}
    context = {
        "call": application.call,
        "works": [(each, typed.get(each.key) or form_of(each)) for each in rows],
        "count": len(rows),
        "most": MOST_WORKS,
        "is_draft": application.state == ApplicationState.DRAFT,
        "may_add": application.state == ApplicationState.DRAFT and len(rows) < MOST_WORKS,
        "adds": (empty_forms() | dict(added or {})).values(),
    }
    return render(request, "works/works.html", context, status=status)
