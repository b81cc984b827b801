"""Staff change the photos and manuals of a kind or of a thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from equipment import actions
from equipment.forms.photos import AltForm, ManualForm, NewPhotoForm
from equipment.forms.saving import attempt
from equipment.models import Manual, Photo, Resource, ResourceType
from labbooking import pictures
from labbooking.house.manage.pages.overview import way_of
from residents.access import PersonRequest, for_staff

Thing = Resource | ResourceType
Things = type[Resource] | type[ResourceType]


def _found(things: Things, slug: str) -> Thing:
    thing = things.objects.filter(slug=slug).first()
    if thing is None:
        raise Http404
    return thing


@require_safe
@for_staff
def files(request: PersonRequest, slug: str, things: Things) -> HttpResponse:
    return _page(request, _found(things, slug))


@require_POST
@for_staff
def add_photo(request: PersonRequest, slug: str, things: Things) -> HttpResponse:
    thing, form = _found(things, slug), NewPhotoForm(request.POST, request.FILES)
    by, at = request.user, timezone.now()

    def add() -> None:
        actions.add_photo(thing, form.cleaned_data["photo"], form.alts, by=by, at=at)

    status = attempt(form, add) if form.is_valid() else 422
    if status != 200:
        return _page(request, thing, photo_form=form, status=status)
    messages.success(request, _("The photo has been added."))
    return _back(thing)


@require_POST
@for_staff
def add_manual(request: PersonRequest, slug: str, things: Things) -> HttpResponse:
    thing, form = _found(things, slug), ManualForm(request.POST, request.FILES)
    by, at = request.user, timezone.now()

    def add() -> None:
        actions.add_manual(thing, form.said, form.cleaned_data["pdf"], by=by, at=at)

    status = attempt(form, add) if form.is_valid() else 422
    if status != 200:
        return _page(request, thing, manual_form=form, status=status)
    messages.success(request, _("The manual has been added."))
    return _back(thing)


@require_POST
@for_staff
def photo(request: PersonRequest, pk: int) -> HttpResponse:
    """`do` is `describe`, `remove`, or where it goes."""
    do, by, at = request.POST.get("do", ""), request.user, timezone.now()
    if do == "describe":
        form = AltForm(request.POST, auto_id=f"id_{pk}_%s")
        if not form.is_valid():
            return _page(request, _shown(pk), alts={pk: form}, status=422)
        alts = form.cleaned_data
        return _done(request, lambda: actions.describe_photo(pk, alts, by=by, at=at))
    if do == "remove":
        return _done(request, lambda: actions.remove_photo(pk, by=by, at=at))
    return _done(request, lambda: actions.order_photo(pk, way_of(do), by=by, at=at))


@require_POST
@for_staff
def manual(request: PersonRequest, pk: int) -> HttpResponse:
    """`do` is `remove`, or where it goes."""
    do, by, at = request.POST.get("do", ""), request.user, timezone.now()
    if do == "remove":
        return _done(request, lambda: actions.remove_manual(pk, by=by, at=at))
    return _done(request, lambda: actions.order_manual(pk, way_of(do), by=by, at=at))


def _shown(pk: int) -> Thing:
    return get_object_or_404(Photo.objects.select_related("unit", "type"), pk=pk).owner


def _done(request: PersonRequest, act: Callable[[], Photo | Manual]) -> HttpResponse:
    try:
        row = act()
    except (Photo.DoesNotExist, Manual.DoesNotExist) as gone:
        raise Http404 from gone
    messages.success(request, _("Done."))
    return _back(row.owner)


def _back(thing: Thing) -> HttpResponse:
    return redirect(
        "kind_files" if isinstance(thing, ResourceType) else "thing_files", slug=thing.slug
    )


def _page(
    request: PersonRequest,
    thing: Thing,
    *,
    photo_form: NewPhotoForm | None = None,
    manual_form: ManualForm | None = None,
    alts: Mapping[int, AltForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    is_kind = isinstance(thing, ResourceType)
    owner: dict[str, Any] = {"type" if is_kind else "unit": thing}
    photos, typed = Photo.objects.filter(**owner), alts or {}
    context = {
        "thing": thing,
        "is_kind": is_kind,
        "photos": [(one, pictures.url(one.key), typed.get(one.pk, _alts(one))) for one in photos],
        "manuals": Manual.objects.filter(**owner),
        "photo_form": photo_form or NewPhotoForm(auto_id="id_photo_%s"),
        "manual_form": manual_form or ManualForm(auto_id="id_manual_%s"),
    }
    return render(request, "house/manage/files.html", context, status=status)


def _alts(photo: Photo) -> AltForm:
    said = {"alt_de": photo.alt_de, "alt_en": photo.alt_en}
    return AltForm(initial=said, auto_id=f"id_{photo.pk}_%s")
