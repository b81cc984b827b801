"""Staff add a thing, and describe one anew."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from equipment.forms.saving import DONE, OVERTAKEN, REFUSED, attempt
from equipment.forms.things import NewUnitForm, UnitForm, words_of
from equipment.models import Resource, ResourceType
from labbooking.house.manage.changes import add_unit, change_unit
from labbooking.house.manage.pages.overview import back_to_list
from residents.access import PersonRequest, for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_unit(request: PersonRequest, slug: str) -> HttpResponse:
    """One more of a kind, named as the kind is until somebody says otherwise; `?like=seat-3` begins
    with what that thing says of itself."""
    of_type = get_object_or_404(ResourceType, slug=slug)
    context: dict[str, object] = {"type": of_type}
    if request.method != "POST":
        context["form"] = NewUnitForm(things=could_be_parts(), initial=_begun(request, of_type))
        return render(request, "house/manage/unit_new.html", context)
    form = NewUnitForm(request.POST, things=could_be_parts())
    made: list[Resource] = []
    status = attempt(form, lambda: made.append(_add(request, form))) if form.is_valid() else 422
    if made:
        messages.success(request, _("It has been added and can be booked."))
        return back_to_list(f"thing-{made[0].slug}", made[0].type.slug)
    return render(request, "house/manage/unit_new.html", context | {"form": form}, status=status)


def _begun(request: PersonRequest, of_type: ResourceType) -> dict[str, object]:
    """A number is on one thing alone, and no two stand in one place."""
    like = request.GET.get("like", "")
    unit = next((each for each in of_type.resources.all() if each.slug == like), None)
    if unit is None:
        return {"type": of_type.slug, "name_de": of_type.name_de, "name_en": of_type.name_en}
    own = {"inventory_number", "plan_x", "plan_y"}
    return {name: value for name, value in words_of(unit).items() if name not in own}


def _add(request: PersonRequest, form: NewUnitForm) -> Resource:
    parts, features = form.cleaned_data["parts"], form.cleaned_data["features"]
    return add_unit(form.said, parts, by=request.user, at=timezone.now(), features=features)


def could_be_parts() -> QuerySet[Resource]:
    """What has no parts itself."""
    return Resource.objects.filter(parts=None).select_related("type")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def change(request: PersonRequest, slug: str) -> HttpResponse:
    """What was typed stays where somebody was quicker; saving again puts it in its place."""
    unit = get_object_or_404(Resource.objects.select_related("type"), slug=slug)
    others = could_be_parts().exclude(slug=slug)
    if request.method != "POST":
        return _form(request, unit, UnitForm(things=others, initial=words_of(unit)), unit.version)
    form, based_on = UnitForm(request.POST, things=others), request.POST.get("based_on", "")
    status = _save(request, slug, form, based_on) if form.is_valid() else REFUSED
    if status == DONE:
        messages.success(request, _("The description has been saved."))
        return back_to_list(f"thing-{slug}", form.cleaned_data["type"].slug)
    now = get_object_or_404(Resource.objects.select_related("type"), slug=slug)
    seen = now.version if status == OVERTAKEN else based_on
    return _form(request, now, form, seen, status)


def _save(request: PersonRequest, slug: str, form: UnitForm, based_on: str) -> int:
    parts, by, at = form.cleaned_data["parts"], request.user, timezone.now()
    based = {"based_on": based_on, "features": form.cleaned_data["features"]}
    try:
        return attempt(form, lambda: change_unit(slug, form.said, parts, by=by, at=at, **based))
    except Resource.DoesNotExist as gone:
        raise Http404 from gone


def _form(
    request: PersonRequest, unit: Resource, form: UnitForm, based_on: str, status: int = 200
) -> HttpResponse:
    now = unit if status == OVERTAKEN else None
    context = {"unit": unit, "form": form, "based_on": based_on, "now": now}
    return render(request, "house/manage/unit.html", context, status=status)
