"""Groups: staff make them and say who is in them; who is in some sees those."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from labbooking.bookings.actions.groups import change
from labbooking.bookings.groups import groups_seen_by
from labbooking.errors import DomainError, NotThere
from residents.access import PersonRequest, for_role, for_staff
from residents.models import Role


class GroupForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What is the group called?"), max_length=change.LONGEST_NAME
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_role(Role.CREATIVE, Role.STAFF)
def groups(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, GroupForm())
    if not request.user.is_lab_staff:
        raise Http404
    form = GroupForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        change.make_group(form.cleaned_data["name"], by=request.user, at=timezone.now())
    except DomainError as error:
        form.add_error("name", error.detail)
        return _page(request, form, status=422)
    messages.success(request, _("The group is there. Now say who is in it."))
    return redirect("groups")


def _page(request: PersonRequest, form: GroupForm, *, status: int = 200) -> HttpResponse:
    context = {"groups": list(groups_seen_by(request.user)), "form": form}
    return render(request, "people/groups.html", context, status=status)


@require_POST
@for_staff
def add(request: PersonRequest, pk: int) -> HttpResponse:
    name = request.POST.get("name", "")[:200]
    return _done(request, lambda who: change.add_member(pk, name, **who), _("Saved."))


@require_POST
@for_staff
def remove(request: PersonRequest, pk: int, member: int) -> HttpResponse:
    words = _("Saved. From now on they act only for bookings they made themselves.")
    return _done(request, lambda who: change.remove_member(pk, member, **who), words)


@require_POST
@for_staff
def dissolve(request: PersonRequest, pk: int) -> HttpResponse:
    words = _("The group is dissolved.")
    return _done(request, lambda who: change.remove_group(pk, **who), words)


def _done(request: PersonRequest, act: Callable[..., object], words: str) -> HttpResponse:
    try:
        act({"by": request.user, "at": timezone.now()})
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, words)
    return redirect("groups")
