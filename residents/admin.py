"""People, for administrators. Inductions are the desk's to give and can only be read here."""

from __future__ import annotations

from typing import Any, cast

from allauth.core import context
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labbooking.admin_base import ReadOnlyAdmin
from labbooking.errors import DomainError
from residents.membership.roles import why_not_given
from residents.models import ApiToken, Induction, Role, User
from residents.signin.accounts import change_account, make_account
from residents.signin.admin import AskedAgainAdmin
from residents.signin.fresh import ask_again
from residents.signin.passwords import end_access, give_password


class NewPersonForm(AdminUserCreationForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("email", "name", "role", "language")

    def clean_role(self) -> str:
        role = str(self.cleaned_data["role"])
        if why := why_not_given(role, None):
            raise ValidationError(why, code="not_given")
        return role


class PersonForm(UserChangeForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = "__all__"


class GivenPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    def save(self, commit: bool = True) -> User:
        none = self.cleaned_data.get("set_usable_password") is False
        password = None if none else self.cleaned_data["password1"]
        person: User = self.user
        give_password(person, password, by=context.request.user, at=timezone.now())
        return person


@admin.register(User)
class PersonAdmin(AskedAgainAdmin, UserAdmin):  # type: ignore[type-arg]
    """Nobody is deleted here: whoever leaves may no longer sign in, and the records stay whole."""

    form = PersonForm
    change_password_form = GivenPasswordForm
    actions = ("end_access",)
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
        (_("Profile"), {"fields": ("about", "seeks", "offers", "language", "time_zone")}),
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
        act = change_account if change else make_account
        act(obj, by=cast("User", request.user), at=timezone.now())

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """What no door lets through is said, and nothing of the form is kept."""
        try:
            answer: HttpResponse = super().changeform_view(request, *args, **options)
        except DomainError as error:
            self.message_user(request, error.detail, messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
        return answer

    def user_change_password(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        ask_again(request)
        return super().user_change_password(request, *args, **options)

    @admin.action(description=_("End all sessions, API tokens and calendar addresses"))
    def end_access(self, request: HttpRequest, people: QuerySet[User]) -> None:
        ask_again(request)
        at = timezone.now()
        for person in people:
            end_access(person, by=cast("User", request.user), at=at)
        self.message_user(request, _("Everything that let them in has ended; passwords stay."))


@admin.register(Induction)
class InductionAdmin(ReadOnlyAdmin):
    list_display = ("person", "topic", "given_by", "given_at", "valid_until", "withdrawn_at")
    list_filter = ("topic",)
    list_select_related = ("person", "given_by")
    search_fields = ("person__name", "person__email")
    date_hierarchy = "given_at"


@admin.register(ApiToken)
class ApiTokenAdmin(ReadOnlyAdmin):
    list_display = (
        "name",
        "person",
        "scope",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_select_related = ("person",)
    search_fields = ("person__name", "person__email")
    fields = list_display
