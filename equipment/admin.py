"""Things, for administrators. The lab's description (`load_lab`) says what there is; photos are
added here."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from equipment.actions import replace_photo
from equipment.actor import Actor
from equipment.models import HouseRules, Resource, ResourceType
from labbooking import pictures
from labbooking.admin_base import ReadOnlyAdmin

Thing = Resource | ResourceType


class AdminPhotoForm(forms.ModelForm):  # type: ignore[type-arg]
    new_photo = pictures.PictureField(label=_("New photo"), required=False)
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)


class PhotographedAdmin(ReadOnlyAdmin):
    form = AdminPhotoForm

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = [field.name for field in self.opts.fields if field.name not in {"id", "photo"}]
        return [*fields, *(field.name for field in self.opts.many_to_many), "photo_now"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.get_readonly_fields(request, obj), "new_photo", "remove_photo"]

    @admin.display(description=_("Photo"))
    def photo_now(self, thing: Thing) -> str:
        address = pictures.url(thing.photo, "small")
        return format_html('<img src="{}" alt="">', address) if address else "–"

    def save_model(self, request: HttpRequest, obj: Thing, form: Any, change: bool) -> None:
        picture, remove = form.cleaned_data["new_photo"], form.cleaned_data["remove_photo"]
        if picture or remove:
            replace_photo(obj, picture, by=cast("Actor", request.user), at=timezone.now())


@admin.register(Resource)
class ResourceAdmin(PhotographedAdmin):
    list_display = ("slug", "name_de", "name_en", "type", "is_bookable")
    list_filter = ("type", "is_bookable")
    list_select_related = ("type",)
    search_fields = ("slug", "name_de", "name_en")


@admin.register(ResourceType)
class ResourceTypeAdmin(PhotographedAdmin):
    list_display = ("slug", "name_de", "name_en", "kind")
    list_select_related = ("rules",)


@admin.register(HouseRules)
class HouseRulesAdmin(ReadOnlyAdmin):
    list_display = ("type", "version", "made_at", "approval", "induction")
    list_filter = ("type",)
    list_select_related = ("type",)
