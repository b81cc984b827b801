"""People, for administrators. Inductions are the desk's to give and can only be read here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from labbooking.admin_base import HouseAdmin
from labbooking.readonly import ReadOnlyAdmin
from residents.models import Induction, Role, User


class NewPersonForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email", "name", "role", "language")


class PersonForm(UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(HouseAdmin, UserAdmin):  # type: ignore[type-arg]
    """Nobody is deleted here: whoever leaves may no longer sign in, and the records stay whole."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ("name", "email", "role", "is_active", "joined_at")
    list_filter = ("role", "is_active")
    search_fields = ("name", "email")
    ordering = ("name",)
    filter_horizontal = ()
    readonly_fields = ("joined_at", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("In the house"), {"fields": ("role", "is_active")}),
        (_("Profile"), {"fields": ("about", "language", "time_zone")}),
        (_("Dates"), {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "role", "language")}),
        (_("Password"), {"fields": ("usable_password", "password1", "password2")}),
    )

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Administrators, and nobody else, open this site."""
        obj.is_superuser = obj.role == Role.ADMIN
        super().save_model(request, obj, form, change)


@admin.register(Induction)
class InductionAdmin(ReadOnlyAdmin):
    list_display = ("person", "topic", "given_by", "given_at", "valid_until", "withdrawn_at")
    list_filter = ("topic",)
    list_select_related = ("person", "given_by")
    search_fields = ("person__name", "person__email")
    date_hierarchy = "given_at"
