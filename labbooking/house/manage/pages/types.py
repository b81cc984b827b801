"""Staff add a kind of thing, and describe one anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from equipment.forms.saving import DONE, OVERTAKEN, REFUSED, attempt
from equipment.forms.things import NewTypeForm, TypeForm, words_of
from equipment.models import ResourceType
from labbooking.house.manage.changes import add_type, change_type
from labbooking.house.manage.pages.overview import back_to_list
from residents.access import PersonRequest, for_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def new_type(request: PersonRequest) -> HttpResponse:
    """`?like=seat` begins with what that kind says of itself, and with its house rules."""
    form = NewTypeForm(request.POST) if request.method == "POST" else _begun(request)
    status = 200
    if form.is_bound:
        made: list[ResourceType] = []
        status = attempt(form, lambda: made.append(_add(request, form))) if form.is_valid() else 422
        if made:
            messages.success(request, _("It has been added. Have a look at its house rules next."))
            return redirect("manage_type", made[0].slug)
    return render(request, "house/manage/type_new.html", {"form": form}, status=status)


def _begun(request: PersonRequest) -> NewTypeForm:
    like = request.GET.get("like", "")
    # Compared here: what stands in an address may be nothing that a database takes.
    of_type = next((each for each in ResourceType.objects.all() if each.slug == like), None)
    if of_type is None:
        return NewTypeForm()
    return NewTypeForm(initial=words_of(of_type) | {"like": of_type.slug})


def _add(request: PersonRequest, form: NewTypeForm) -> ResourceType:
    units, like = form.cleaned_data["units"], form.cleaned_data["like"]
    return add_type(form.said, units=units, like=like, by=request.user, at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def change(request: PersonRequest, slug: str) -> HttpResponse:
    """What was typed stays where somebody was quicker; saving again puts it in its place."""
    of_type = get_object_or_404(ResourceType, slug=slug)
    if request.method != "POST":
        form = TypeForm(initial=words_of(of_type) | {"units": _usable(of_type)})
        return _form(request, of_type, form, of_type.version)
    form, based_on = TypeForm(request.POST), request.POST.get("based_on", "")
    status = _save(request, slug, form, based_on) if form.is_valid() else REFUSED
    if status == DONE:
        messages.success(request, _("The description has been saved."))
        return back_to_list(f"kind-{slug}", slug)
    now = get_object_or_404(ResourceType, slug=slug)
    seen = now.version if status == OVERTAKEN else based_on
    return _form(request, now, form, seen, status)


def _save(request: PersonRequest, slug: str, form: TypeForm, based_on: str) -> int:
    said, by, at, units = form.said, request.user, timezone.now(), form.cleaned_data["units"]
    if str(units) == request.POST.get("had"):
        units = None  # Nobody has typed another number, and by now there may be more or fewer.
    try:
        return attempt(
            form,
            lambda: change_type(slug, said, units=units, by=by, at=at, based_on=based_on),
        )
    except ResourceType.DoesNotExist as gone:
        raise Http404 from gone


def _usable(of_type: ResourceType) -> int:
    return of_type.resources.filter(is_bookable=True).count()


def _form(
    request: PersonRequest, of_type: ResourceType, form: TypeForm, based_on: str, status: int = 200
) -> HttpResponse:
    now = of_type if status == OVERTAKEN else None
    context = {"type": of_type, "form": form, "based_on": based_on, "now": now}
    usable = _usable(of_type)
    context["in_use"] = usable > 0
    context["had"] = request.POST.get("had", str(usable))
    return render(request, "house/manage/type.html", context, status=status)
