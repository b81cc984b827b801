"""Staff take things out of use, which asks what becomes of bookings ahead, and bring them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from equipment.models import Resource, ResourceType
from labbooking import when as say
from labbooking.house.manage.pages.overview import back_to_list
from labbooking.house.manage.retire import Ahead, bookings_ahead, bring_back, retire
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_staff


class RetireForm(forms.Form):
    """What becomes of each booking ahead, and why, which who booked reads."""

    reason = forms.CharField(
        label=gettext_lazy("Why? Whoever loses a booking reads it."),
        max_length=LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, ahead: Sequence[Ahead], at: datetime
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.ahead = {each.booking.pk: each for each in ahead}
        for key, each in self.ahead.items():
            self.fields[f"fate_{key}"] = forms.ChoiceField(
                label=_told(each, at), choices=_fates(each), widget=forms.RadioSelect,
                initial=_fates(each)[0][0],
            )  # fmt: skip

    @property
    def each(self) -> list[tuple[forms.BoundField, str]]:
        """A question for each booking, and the address of its page."""
        return [(self[f"fate_{key}"], reverse("booking", args=[key])) for key in self.ahead]

    @property
    def fates(self) -> dict[int, Any]:
        """Only when the form is valid."""
        return {key: self.cleaned_data[f"fate_{key}"] for key in self.ahead}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cancels = any(cleaned.get(f"fate_{key}") == "cancel" for key in self.ahead)
        if cancels and not str(cleaned.get("reason", "")).strip():
            why = _("Say why, so that the person knows what to do next.")
            self.add_error("reason", why)
        return cleaned


def _told(each: Ahead, at: datetime) -> str:
    """By what was booked, which may be a whole that it is a part of, or more than it."""
    words = _("{name}, {when}: {person}")
    things = ", ".join(held.resource.name for held in each.booking.named)
    time = say.when(each.booking.period, lab_zone(), at=at)
    return words.format(name=things or each.unit.name, when=time, person=each.booking.person)


def _fates(each: Ahead) -> list[tuple[str, str]]:
    if each.is_settled_by_the_desk:
        return [("keep", _("is out just now: take it back at the desk"))]
    if each.ends_by_itself:
        return [("keep", _("is only held or offered so far: that ends by itself"))]
    swap = _("give {name} instead, at the same time")
    fates = [("swap", swap.format(name=each.equal.name))] if each.equal else []
    cancel = _("cancel it all, with the reason below") if _is_more(each) else _("cancel it")
    return [*fates, ("keep", _("keep it for now, and settle it at the desk")), ("cancel", cancel)]


def _is_more(each: Ahead) -> bool:
    return len(each.booking.named) > 1


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def retire_unit(request: PersonRequest, slug: str) -> HttpResponse:
    """GET asks what becomes of each booking ahead; POST does it."""
    unit = get_object_or_404(Resource.objects.select_related("type"), slug=slug)
    return _retire(request, unit, [unit], f"thing-{slug}", unit.type.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def retire_type(request: PersonRequest, slug: str) -> HttpResponse:
    """The same for all things of a kind."""
    of_type = get_object_or_404(ResourceType, slug=slug)
    units = list(of_type.resources.select_related("type"))
    return _retire(request, of_type, units, f"kind-{slug}", slug)


def _retire(
    request: PersonRequest,
    thing: Resource | ResourceType,
    units: Sequence[Resource],
    place: str,
    of_type: str,
) -> HttpResponse:
    at = timezone.now()
    posted = request.POST if request.method == "POST" else None
    form = RetireForm(posted, ahead=bookings_ahead(units, at), at=at)
    if not (form.is_bound and form.is_valid()):
        status = 422 if form.is_bound else 200
        context = {"thing": thing, "form": form, "is_kind": isinstance(thing, ResourceType)}
        return render(request, "house/manage/retire.html", context, status=status)
    reason = form.cleaned_data["reason"]
    left = retire(units, form.fates, reason, by=request.user, at=at)
    messages.success(request, _("Nobody can book it any more."))
    for each in left:
        why = _("Booking {number} is as it was: {why}")
        messages.warning(request, why.format(number=each.booking, why=each.why))
    return back_to_list(place, of_type)


@require_POST
@for_staff
def bring_unit_back(request: PersonRequest, slug: str) -> HttpResponse:
    unit = get_object_or_404(Resource.objects.select_related("type"), slug=slug)
    return _back(request, [unit], f"thing-{slug}", unit.type.slug)


@require_POST
@for_staff
def bring_type_back(request: PersonRequest, slug: str) -> HttpResponse:
    units = list(get_object_or_404(ResourceType, slug=slug).resources.all())
    return _back(request, units, f"kind-{slug}", slug)


def _back(
    request: PersonRequest, units: Sequence[Resource], place: str, of_type: str
) -> HttpResponse:
    bring_back(units, by=request.user, at=timezone.now())
    messages.success(request, _("It can be booked again."))
    return back_to_list(place, of_type)
