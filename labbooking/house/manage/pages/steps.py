"""The steps in which requests for a kind of thing are decided on."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from equipment.forms.ordered import OrderedForms, in_order
from equipment.forms.saving import DONE, OVERTAKEN, REFUSED, attempt
from equipment.lab_file.schema import LONGEST_DEADLINE, MOST_STEPS
from equipment.models import ResourceType
from labbooking.bookings.actions.steps.describe import (
    StepSaid,
    said_of,
    set_steps,
    version_of,
)
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import count_requests, current_steps
from labbooking.bookings.states import State
from labbooking.lengths import LONGEST_LINE
from residents.access import PersonRequest, for_staff
from residents.models import Role, User

PREFIX = "step"


def _staff() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role=Role.STAFF).order_by("name", "pk")


def _people(label: Any, **options: Any) -> forms.ModelMultipleChoiceField[User]:
    boxes = forms.CheckboxSelectMultiple()
    return forms.ModelMultipleChoiceField(
        _staff(), label=label, required=False, widget=boxes, **options
    )


class StepForm(forms.Form):
    """One step; left empty it is none."""

    slug = forms.SlugField(required=False, widget=forms.HiddenInput)
    name_de = forms.CharField(label=gettext_lazy("Name in German"), max_length=LONGEST_LINE)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=LONGEST_LINE)
    hours = forms.IntegerField(
        label=gettext_lazy("Deadline in hours"), required=False,
        min_value=1, max_value=LONGEST_DEADLINE,
        help_text=gettext_lazy("Left empty, it is the one of the house rules."),
    )  # fmt: skip
    approvers = _people(
        gettext_lazy("Who decides"), help_text=gettext_lazy("Without anybody, all staff do.")
    )
    deputies = _people(
        gettext_lazy("Who stands in"),
        help_text=gettext_lazy("They may answer after the deadline, too."),
    )

    @property
    def said(self) -> StepSaid:
        typed = self.cleaned_data
        return StepSaid(
            typed["name_de"],
            typed["name_en"],
            typed["hours"],
            tuple(typed["approvers"]),
            tuple(typed["deputies"]),
            typed["slug"],
        )


class StepForms(OrderedForms):
    """All steps of a kind, and room for one more; they take the order of their numbers.

    What was typed stands for itself: where somebody else has changed the steps meanwhile, it is not
    compared with theirs.
    """

    takes_away = gettext_lazy("Take this step away")

    @cached_property
    def people(self) -> list[tuple[int, str]]:
        """Asked for once, however many steps offer them."""
        return [(each.pk, str(each)) for each in _staff()]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        for name in ("approvers", "deputies"):
            cast("forms.ModelMultipleChoiceField[User]", form.fields[name]).choices = self.people


_Forms = in_order(StepForm, StepForms, MOST_STEPS, room=1)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def steps(request: PersonRequest, slug: str) -> HttpResponse:
    """What was typed stays where somebody was quicker; saving again puts it in its place."""
    of_type = get_object_or_404(ResourceType.objects.select_related("rules"), slug=slug)
    if request.method != "POST":
        return _page(request, of_type, _forms(of_type), version_of(of_type))
    forms_, based_on = _forms(of_type, request.POST), request.POST.get("based_on", "")
    problems = forms.Form({})
    status = REFUSED
    if forms_.is_valid():
        status = attempt(problems, lambda: _save(request, slug, forms_, based_on))
    if status == DONE:
        messages.success(request, _saved(forms_))
        return redirect("approval_steps", slug)
    seen = version_of(of_type) if status == OVERTAKEN else based_on
    return _page(request, of_type, forms_, seen, problems, status)


def _saved(forms_: StepForms) -> str:
    if forms_.said:
        return _("Saved. New requests go through these steps.")
    return _("Saved. For new requests one yes is enough.")


def _save(request: PersonRequest, slug: str, forms_: StepForms, based_on: str) -> None:
    try:
        set_steps(slug, forms_.said, by=request.user, at=timezone.now(), based_on=based_on)
    except ResourceType.DoesNotExist as gone:
        raise Http404 from gone


def _forms(of_type: ResourceType, typed: Any = None) -> StepForms:
    options: dict[str, Any] = {"use_required_attribute": False}
    if typed is not None:
        return _Forms(typed, prefix=PREFIX, form_kwargs=options)
    initial = []
    for each in map(said_of, current_steps([of_type])):
        people = {
            name: [one.pk for one in getattr(each, name)] for name in ("approvers", "deputies")
        }
        names = {name: getattr(each, name) for name in ("slug", "name_de", "name_en", "hours")}
        initial.append(names | people)
    return _Forms(initial=initial, prefix=PREFIX, form_kwargs=options)


def _page(
    request: PersonRequest,
    of_type: ResourceType,
    forms_: StepForms,
    based_on: str,
    problems: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = Booking.objects.filter(
        state=State.REQUESTED, allocations__resource__type=of_type, allocations__whole=None
    )
    context = {
        "type": of_type,
        "forms": forms_,
        "based_on": based_on,
        "form": problems,
        "waiting": count_requests(waiting),
    }
    return render(request, "house/manage/steps.html", context, status=status)
