"""Pages anybody may look at: the front page, the house, what is in it, and the small print."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from equipment.models import Resource

PAGES = frozenset({"imprint", "privacy", "accessibility"})


def front(request: HttpRequest) -> HttpResponse:
    return render(request, "front.html")


def house(request: HttpRequest) -> HttpResponse:
    return render(request, "house/house.html")


def resource(request: HttpRequest, slug: str) -> HttpResponse:
    thing = get_object_or_404(Resource.objects.select_related("type__rules"), slug=slug)
    return render(request, "house/resource.html", {"resource": thing})


def page(request: HttpRequest, slug: str) -> HttpResponse:
    if slug not in PAGES:
        raise Http404
    return render(request, f"about/{slug}.html")
