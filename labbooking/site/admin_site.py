"""The administrators' site: pages of the house alone, behind the house's own sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from labbooking.admin_base import is_of_the_house


class HouseAdminSite(admin.AdminSite):
    """What other packages would register here is left out: groups, second e-mail addresses, and
    calendars anybody may look up by any question."""

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[admin.ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        if is_of_the_house(admin_class):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The ordinary sign-in, with its limits; no second door beside it."""
        response: HttpResponse = _to_the_ordinary_door(request)
        return response

    def logout(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The house's own first, after which the browser is on no list of those signed in."""
        if request.method == "POST":
            get_adapter().logout(request)
        return super().logout(request, extra_context)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        return redirect("account_change_password")


@secure_admin_login  # type: ignore[untyped-decorator]
def _to_the_ordinary_door(_request: HttpRequest) -> HttpResponse:
    return redirect("admin:index")
