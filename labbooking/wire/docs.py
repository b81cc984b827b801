"""The page that shows the API and lets people try it, in the house's own look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja.openapi.docs import DocsBase

if TYPE_CHECKING:
    from ninja import NinjaAPI


class DocsPage(DocsBase):
    """Made on the server from the API's own description: nothing from elsewhere, no inline
    script, and it can be read without any."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        return render(request, "api/docs.html", {"schema": api.get_openapi_schema()})
