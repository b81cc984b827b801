"""The list of what is in a studio, on arrival and on departure, for both who go through it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.forms.confirming import READS_AND_ACTS
from equipment.forms.saving import DONE, REFUSED, attempt, version_seen
from labbooking.errors import DomainError, NotAllowed, NotThere
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.pictures import PictureField
from labbooking.residencies.stays.actions.scheduled import LIST_WITHIN
from labbooking.residencies.stays.checklists.actions import (
    Found,
    begin_list,
    confirm_list,
    fill_in,
)
from labbooking.residencies.stays.checklists.models import Answer, CheckKind, CheckList
from labbooking.residencies.stays.checklists.queries import Compared, compared, list_of
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.pages.views import found, person_of
from labbooking.residencies.stays.states import BEGUN
from residents.models import User


class ItemForm(forms.Form):
    """How one thing was found."""

    answer = forms.ChoiceField(
        label=gettext_lazy("How is it?"),
        choices=Answer.choices, required=False, widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Anything to say about it"),
        required=False, max_length=LONGEST_PARAGRAPH,
    )  # fmt: skip
    photo = PictureField(label=gettext_lazy("Photo"), required=False)

    def __init__(self, line: Compared, data: Any = None, files: Any = None) -> None:
        self.line = line
        initial = {"answer": line.now.answer, "words": line.now.words}
        super().__init__(data, files, prefix=f"item-{line.now.pk}", initial=initial)

    @property
    def found(self) -> Found:
        """Only when the form is valid."""
        said = self.cleaned_data
        return Found(said["answer"], said["words"], said["photo"])


@READS_AND_ACTS
@login_required
def check_list(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    person, at = person_of(request), timezone.now()
    stay = found(person, pk)
    if kind not in CheckKind.values:
        raise Http404
    if request.method != "POST":
        return _page(request, stay, kind, person)
    do = request.POST.get("do", "")
    if do == "begin":
        return _begin(request, stay, kind, person, at)
    checklist = list_of(stay, kind)
    if checklist is None:
        raise Http404
    based_on = version_seen(request.POST)
    items = [ItemForm(each, request.POST, request.FILES) for each in compared(checklist)]
    whole, status = forms.Form({}), REFUSED
    whole.is_valid()
    valid = [each.is_valid() for each in items]  # of all, so that each says what is wrong
    if all(valid):
        said = {each.line.now.pk: each.found for each in items}
        status = attempt(
            whole, lambda: _save(stay, kind, said, person, at, based_on, confirms=do == "confirm")
        )
    if status in {NotThere.status, NotAllowed.status}:
        raise Http404
    if status == DONE:
        confirmed = _("You have confirmed the list.")
        messages.success(request, confirmed if do == "confirm" else _("The list is saved."))
        return redirect("check_list", pk, kind)
    return _page(request, stay, kind, person, items=items, whole=whole, status=status)


def _save(
    stay: Stay,
    kind: str,
    said: dict[int, Found],
    by: User,
    at: datetime,
    based_on: int,
    *,
    confirms: bool,
) -> None:
    """Who confirms has said so of what they typed as well."""
    seen = fill_in(stay.pk, kind, said, by=by, at=at, based_on=based_on)
    if confirms:
        confirm_list(stay.pk, kind, by=by, at=at, based_on=seen)


def _begin(request: HttpRequest, stay: Stay, kind: str, person: User, at: datetime) -> HttpResponse:
    try:
        begin_list(stay.pk, kind, by=person, at=at)
    except DomainError as error:
        messages.warning(request, error.detail)
    return redirect("check_list", stay.pk, kind)


def _page(
    request: HttpRequest,
    stay: Stay,
    kind: str,
    person: User,
    *,
    items: list[ItemForm] | None = None,
    whole: forms.Form | None = None,
    status: int = DONE,
) -> HttpResponse:
    checklist = list_of(stay, kind)
    context = {
        "stay": stay,
        "kind": CheckKind(kind),
        "checklist": checklist,
        "items": items or _items(checklist),
        "whole": whole,
        "within": LIST_WITHIN,
        "is_departure": kind == CheckKind.DEPARTURE,
        "may_begin": stay.booking.state in BEGUN and not stay.is_closed,
        "open": not stay.is_closed,
        "mine_is_confirmed": checklist is not None and _seen(checklist, stay, person),
    }
    return render(request, "stays/list.html", context, status=status)


def _items(checklist: CheckList | None) -> list[ItemForm]:
    return [ItemForm(each) for each in compared(checklist)] if checklist else []


def _seen(checklist: CheckList, stay: Stay, person: User) -> bool:
    mine = person.pk == stay.booking.person_id
    return bool(checklist.seen_by_resident_at if mine else checklist.seen_by_staff_at)
