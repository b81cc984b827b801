"""What there is to book, by API. Anybody may look."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query

from equipment.models import Resource, ResourceType
from equipment.schemas import ResourceOut, ResourcePage, TypesOut, resource_out, types_out
from labbooking.wire.cursor import Keyset, Page, next_page
from labbooking.wire.problems import problems
from labbooking.wire.router import Router

router = Router(tags=["resources"])
ORDER = Keyset(("type__order", "order", "slug"))


@router.get("resources/", response={200: ResourcePage, **problems(400, 401, 429)})
def list_resources(request: HttpRequest, page: Query[Page]) -> ResourcePage:
    """Tells everything that can be booked, page by page, with the house rules it is booked by."""
    resources = Resource.objects.select_related("type__rules").prefetch_related("parts", "features")
    found, cursor = ORDER.page(resources, page.cursor, page.limit)
    return ResourcePage(
        items=[resource_out(each) for each in found], next=next_page(request, cursor)
    )


@router.get("resources/{slug:slug}", response={200: ResourceOut, **problems(401, 404, 429)})
def show_resource(request: HttpRequest, slug: str) -> ResourceOut:
    """Tells of one resource and the house rules it is booked by."""
    resource = Resource.objects.select_related("type__rules").filter(slug=slug).first()
    if resource is None:
        raise Http404(_("There is no resource “{slug}”.").format(slug=slug))
    return resource_out(resource)


@router.get("types/", response={200: TypesOut, **problems(401, 429)})
def list_types(request: HttpRequest) -> TypesOut:
    """Tells every kind of thing, the questions that booking one asks, and the terms to accept."""
    types = list(ResourceType.objects.order_by("order", "slug"))
    return types_out(types, timezone.now())
