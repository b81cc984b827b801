"""The desk's page of who decides on what, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from equipment.models import ResourceType
from labbooking.bookings.actions.approvers import name_approver, remove_approver
from labbooking.bookings.models import Approver
from labbooking.errors import DomainError
from residents.access import PersonRequest, for_staff
from residents.models import Role, User

RANKS = {
    "approver": gettext_lazy("decides"),
    "deputy": gettext_lazy("deputy, told when a request is overdue"),
}


class NamingForm(forms.Form):
    person = forms.ModelChoiceField(
        label=gettext_lazy("Who?"),
        empty_label=gettext_lazy("Choose somebody"),
        queryset=User.objects.filter(is_active=True, role=Role.STAFF).order_by("name"),
    )
    rank = forms.ChoiceField(label=gettext_lazy("As what?"), choices=list(RANKS.items()))


@dataclass(frozen=True, slots=True)
class ApproverRow:
    """A type with who is named for it; `form` names one more."""

    type: ResourceType
    approvers: list[Approver]
    form: NamingForm

    @property
    def decide(self) -> list[Approver]:
        return [each for each in self.approvers if not each.is_deputy]

    @property
    def stand_in(self) -> list[Approver]:
        return [each for each in self.approvers if each.is_deputy]

    @property
    def needs_a_yes(self) -> bool:
        return bool(self.type.rules and self.type.rules.needs_staff)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def approvers(request: PersonRequest) -> HttpResponse:
    """Everything that can be booked with who decides on it; POST names somebody for a type."""
    if request.method != "POST":
        return _page(request)
    slug = request.POST.get("type", "")
    form = NamingForm(request.POST, auto_id=f"id_{slug}_%s")
    if not form.is_valid():
        return _page(request, slug, form, status=422)
    person, is_deputy = form.cleaned_data["person"], form.cleaned_data["rank"] == "deputy"
    by, at = request.user, timezone.now()
    try:
        name_approver(slug, person, is_deputy=is_deputy, by=by, at=at)
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, slug, form, status=error.status)
    words = _("{name} is a deputy from now on.") if is_deputy else _("{name} decides from now on.")
    messages.success(request, words.format(name=person))
    return redirect(f"{reverse('approvers')}#{slug}")


@require_POST
@for_staff
def remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Somebody decides on a type no more."""
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise Http404(_("There is no such person."))
    try:
        remove_approver(slug, person, by=request.user, at=timezone.now())
    except DomainError as error:
        messages.warning(request, error.detail)
    else:
        messages.success(request, _("{name} is no longer on that list.").format(name=person))
    return redirect(f"{reverse('approvers')}#{slug}")


def _page(
    request: HttpRequest, slug: str = "", form: NamingForm | None = None, *, status: int = 200
) -> HttpResponse:
    people = [("", _("Choose somebody"))]
    people += [(str(each.pk), str(each)) for each in _staff()]
    named: dict[int, list[Approver]] = {}
    of_types = Approver.objects.filter(step=None).select_related("person")
    for each in of_types.order_by("person__name", "pk"):
        named.setdefault(each.type_id, []).append(each)
    lines = [
        ApproverRow(
            each, named.get(each.pk, []), _form(each, people, form if each.slug == slug else None)
        )
        for each in ResourceType.objects.select_related("rules")
    ]
    # What needs no yes asks for one only as an exception, so it stands last.
    lines.sort(key=lambda line: not line.needs_a_yes)
    return render(request, "desk/approvers.html", {"lines": lines}, status=status)


def _staff() -> list[User]:
    return list(NamingForm.base_fields["person"].queryset.all())  # type: ignore[attr-defined]


def _form(
    of_type: ResourceType, people: list[tuple[str, str]], typed: NamingForm | None
) -> NamingForm:
    """All forms of the page offer the same people, who are looked up once."""
    form = typed or NamingForm(auto_id=f"id_{of_type.slug}_%s", use_required_attribute=False)
    cast("forms.ModelChoiceField[User]", form.fields["person"]).choices = people
    return form
