"""Which roles need a second factor, and whether strangers may ask for an account: for
administrators."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from labbooking.admin_base import HouseAdmin
from residents.models import User
from residents.signin.entries import tell
from residents.signin.fresh import ask_again
from residents.signin.models import AskingRule, SecondFactorRule, UniversityRole


class AskedAgainAdmin(HouseAdmin):
    """Before anything is changed here, whoever does it shows that it is still them."""

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.method == "POST":
            ask_again(request)
        response: HttpResponse = super().changeform_view(request, *args, **options)
        return response


@admin.register(SecondFactorRule)
class SecondFactorRuleAdmin(AskedAgainAdmin):
    list_display = ("role", "grace_days")
    ordering = ("role",)
    readonly_fields = ("role",)

    @transaction.atomic
    def save_model(
        self, request: HttpRequest, obj: SecondFactorRule, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        by = cast("User", request.user)
        tell("factor.rule_changed", None, by=by, at=timezone.now(), role=obj.role)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: SecondFactorRule | None = None
    ) -> bool:
        return False


@admin.register(UniversityRole)
class UniversityRoleAdmin(AskedAgainAdmin):
    list_display = ("claim", "value", "role", "order")
    ordering = ("order", "pk")

    def has_delete_permission(
        self, request: HttpRequest, obj: UniversityRole | None = None
    ) -> bool:
        return False

    @transaction.atomic
    def save_model(
        self, request: HttpRequest, obj: UniversityRole, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        by = cast("User", request.user)
        tell("university.rule_changed", None, by=by, at=timezone.now(), role=obj.role)


@admin.register(AskingRule)
class AskingRuleAdmin(AskedAgainAdmin):
    list_display = ("__str__", "is_open", "proof_days", "kept_days")

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: AskingRule, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        by = cast("User", request.user)
        tell("account.asking_changed", None, by=by, at=timezone.now(), open=obj.is_open)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AskingRule | None = None) -> bool:
        return False
